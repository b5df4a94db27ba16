import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { interconnectOf, textAt } from "@hybrid-ai-fabric/graph/interconnect";
import { circuitQuotas } from "@hybrid-ai-fabric/locality";

const most = circuitQuotas.fabricNameLength;

/** 1 to 24 characters: Equinix provider 5.1.0, seen at preview. Pulumi adds 7 random characters to a name that is left out. */
export const fabricNamesAreShort: Rule = {
  id: "fabric-names-are-given-and-short",
  pack: "fabric",
  severity: "medium",
  level: "mandatory",
  description: `Connections, routers, networks and time services at Equinix have names of up to ${most} characters that the program gives: longer ones are refused, and random ones change with every replacement.`,
  remediation: `Set \`name\` to a stable text of 1 to ${most} characters.`,
  evaluate: (view) =>
    interconnectOf(view)
      .all("fabricConnection", "fabricRouter", "fabricNetwork", "precisionTime")
      .flatMap(judge),
};

function judge(resource: PlannedResource): Finding[] {
  const name = textAt(resource, "name");
  if (name.state === "hidden") {
    return [notShown(resource, "name", `Nothing shows that the name of ${resource.name} fits: ${name.why}.`)];
  }
  if (name.state === "absent") {
    return [broken(resource, "name", `${resource.name} has no name of its own, so Pulumi makes one up.`)];
  }
  if (name.value.length <= most) return [];
  const message = `The name "${name.value}" has ${name.value.length} characters; Equinix takes ${most}.`;
  return [broken(resource, "name", message)];
}
