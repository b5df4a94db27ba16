package main

# What a team would write by hand: every region, and every region inside an ARN, is on a list; an unknown region is refused.
home := {"ap-northeast-1", "ap-northeast-3"}

deny contains msg if {
	some change in input.resource_changes
	region := change.change.after.region
	not region in home
	msg := sprintf("%s is in %s", [change.address, region])
}

deny contains msg if {
	some change in input.resource_changes
	change.change.after_unknown.region == true
	msg := sprintf("%s: its region is unknown", [change.address])
}

deny contains msg if {
	some change in input.resource_changes
	[path, value] := walk(change.change.after)
	is_string(value)
	parts := split(value, ":")
	parts[0] == "arn"
	parts[3] != ""
	not parts[3] in home
	msg := sprintf("%s %v names something in %s", [change.address, path, parts[3]])
}
