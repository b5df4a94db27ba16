package main

# What a team would write by hand: every region, and every region inside an ARN, is on a list; an unknown region is refused.
home := {"ap-northeast-1", "ap-northeast-3"}

# Properties that name a region, wherever they stand.
regions := {"region", "region_name", "peer_region"}

deny contains msg if {
	some change in input.resource_changes
	[path, value] := walk(change.change.after)
	path[count(path) - 1] in regions
	not value in home
	msg := sprintf("%s %v is in %s", [change.address, path, value])
}

deny contains msg if {
	some change in input.resource_changes
	[path, value] := walk(change.change.after_unknown)
	path[count(path) - 1] in regions
	value == true
	msg := sprintf("%s %v: its region is unknown", [change.address, path])
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

# A profile of Bedrock sends to every region of the geography that its name begins with, whatever region its ARN says.
deny contains msg if {
	some change in input.resource_changes
	[path, value] := walk(change.change.after)
	is_string(value)
	contains(value, ":inference-profile/")
	not contains(value, ":inference-profile/jp.")
	msg := sprintf("%s %v names a profile that leaves Japan", [change.address, path])
}
