import {
  broken,
  type Finding,
  leavesAt,
  notShown,
  type PlannedResource,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import { interconnectOf, type ReachedRegion, reachedRegions } from "@hybrid-ai-fabric/graph/interconnect";
import { allowedPlacesText, mayBeIn, placeOfAwsRegion } from "@hybrid-ai-fabric/locality";
import { announcedText } from "./announced-networks";
import { datasetsAt } from "./labelled";

/**
 * A gateway is global: from any location it reaches whatever is associated with it, in every commercial region (AWS user
 * guide, Direct Connect gateways). Associations, Cloud WAN edges and transit gateway peerings say which regions those are.
 */
export const gatewaysReachDeclaredRegions: Rule = {
  id: "gateways-reach-only-declared-regions",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "A Direct Connect gateway that labelled data crosses reaches the regions that its component declares, or that the residency of the data allows, and no other.",
  remediation:
    "Remove the association, or declare the region: in `regions` of the component, or in the residency of the data.",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    const reached = reachedRegions(view);
    const announced = announcedText(view);
    return interconnect
      .all("gateway")
      .filter((gateway) => datasetsAt(view, gateway).length > 0)
      .flatMap((gateway) => reached(gateway).flatMap((end) => judge(view, gateway, end, announced)));
  },
};

function judge(
  view: View,
  gateway: PlannedResource,
  end: ReachedRegion,
  announced: ReturnType<typeof announcedText>,
): Finding[] {
  const datasets = datasetsAt(view, gateway);
  const via = [{ urn: gateway.urn, property: "tags" }];
  if (end.region === undefined) {
    const message = `Nothing shows which region ${gateway.name} reaches over ${end.by.name}, and it carries ${datasets.join(", ")}: ${end.why}.`;
    return [notShown(end.by, end.property, message, { via })];
  }
  const declared = declaredRegions(view, gateway);
  if (declared) {
    // A peering that the program declares as one of regions leads where it says.
    if (declaredRegions(view, end.by)?.includes(end.region)) return [];
    if (declared.includes(end.region)) return [];
    const message = `${gateway.name} carries ${datasets.join(", ")} and reaches ${end.region}, which its component does not declare (${declared.join(", ")}).${announced(gateway, end.region)}`;
    return [broken(end.by, end.property, message, { via })];
  }
  return datasets.flatMap((name) =>
    allows(view, name, gateway, end, via, announced(gateway, end.region ?? "")),
  );
}

/** What the nearest component registered as `regions`, as names or as objects with a `region`. */
function declaredRegions(view: View, gateway: PlannedResource): string[] | undefined {
  for (const component of interconnectOf(view).componentsOf(gateway)) {
    const regions = [
      ...leavesAt(component.outputs, "regions[]"),
      ...leavesAt(component.outputs, "regions[].region"),
    ].flatMap(({ value }) => (typeof value === "string" ? [value] : []));
    if (regions.length > 0) return [...new Set(regions)];
  }
  return undefined;
}

function allows(
  view: View,
  name: string,
  gateway: PlannedResource,
  end: ReachedRegion,
  via: Finding["path"],
  announced: string,
): Finding[] {
  const dataset = view.datasets.get(name);
  const place = placeOfAwsRegion(end.region ?? "");
  if (!dataset) return [];
  if (!place) {
    const message = `${gateway.name} carries ${name} and reaches ${end.region}, a region that no table holds.`;
    return [notShown(end.by, end.property, message, { dataset: name, via })];
  }
  const { verdict } = mayBeIn(dataset.residency, "process", place, { kinds: dataset.kinds });
  if (verdict === "holds") return [];
  const may = allowedPlacesText(dataset.residency, "process");
  const message = `${gateway.name} carries ${name} and reaches ${end.region}, which nobody declared: the data may be in ${may}.${announced}`;
  return [(verdict === "broken" ? broken : notShown)(end.by, end.property, message, { dataset: name, via })];
}
