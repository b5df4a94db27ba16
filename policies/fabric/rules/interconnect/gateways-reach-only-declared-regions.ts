import { type Finding, leavesAt, type PlannedResource, type Rule, type View } from "@hybrid-ai-fabric/graph";
import { allowedPlacesText, mayBeIn, placeOfAwsRegion } from "@hybrid-ai-fabric/locality";
import { broken, notShown } from "./findings";
import { byEnd } from "./groups";
import { interconnectOf } from "./interconnect";
import { datasetsAt } from "./labelled";
import { asked, hiddenBecause, textAt } from "./reading";

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
    const leads: Leads = {
      peerings: byEnd(interconnect, interconnect.all("peering"), "transitGatewayId", "transitGateway"),
      associations: byEnd(interconnect, interconnect.all("association"), "dxGatewayId", "gateway"),
      cloudWan: byEnd(
        interconnect,
        interconnect.all("cloudWanAttachment"),
        "directConnectGatewayArn",
        "gateway",
      ),
    };
    return interconnect
      .all("gateway")
      .filter((gateway) => datasetsAt(view, gateway).length > 0)
      .flatMap((gateway) => reached(view, gateway, leads).flatMap((end) => judge(view, gateway, end)));
  },
};

/** What leads on from a gateway, and from the transit gateways behind it. */
interface Leads {
  associations: ReadonlyMap<PlannedResource, PlannedResource[]>;
  cloudWan: ReadonlyMap<PlannedResource, PlannedResource[]>;
  peerings: ReadonlyMap<PlannedResource, PlannedResource[]>;
}

/** A region that a gateway leads to, with the resource that says so; or why its region cannot be told. */
interface ReachedEnd {
  by: PlannedResource;
  property: string;
  region?: string;
  why?: string;
}

function reached(
  view: View,
  gateway: PlannedResource,
  { associations, cloudWan, peerings }: Leads,
): ReachedEnd[] {
  const interconnect = interconnectOf(view);
  return [
    ...(associations.get(gateway) ?? []).flatMap((association) => {
      const { resources } = interconnect.named(
        association,
        "associatedGatewayId",
        "transitGateway",
        "vpnGateway",
      );
      const peered = resources.flatMap((transit) => peerings.get(transit) ?? []);
      return [
        associatedRegion(view, association, resources[0]),
        ...peered.map((peering) => regionIn(peering, "peerRegion")),
      ];
    }),
    ...(cloudWan.get(gateway) ?? []).flatMap((attachment) => edges(attachment)),
  ];
}

/** The region of the gateway behind the association; one that is not in this plan stands where the association is made. */
function associatedRegion(
  view: View,
  association: PlannedResource,
  behind: PlannedResource | undefined,
): ReachedEnd {
  const property = "associatedGatewayId";
  const end = behind ?? association;
  const location = view.graph.nodes.get(end.urn)?.location;
  const region = location?.places.map(({ place }) => place.region).find((id) => id !== undefined);
  if (region !== undefined) return { by: association, property, region };
  const own = textAt(end, "region");
  if (own.state === "known") return { by: association, property, region: own.value };
  return { by: association, property, why: location?.unresolved[0] ?? "no region is given" };
}

function regionIn(resource: PlannedResource, property: string): ReachedEnd {
  const region = textAt(resource, property);
  if (region.state === "known") return { by: resource, property, region: region.value };
  return { by: resource, property, why: region.state === "hidden" ? region.why : "it is not given" };
}

function edges(attachment: PlannedResource): ReachedEnd[] {
  const leaves = asked(attachment, "edgeLocations");
  if (leaves.length === 0) return [{ by: attachment, property: "edgeLocations", why: "it is not given" }];
  return leaves.map(({ path, value }) =>
    typeof value === "string"
      ? { by: attachment, property: path, region: value }
      : { by: attachment, property: path, why: hiddenBecause(value) ?? "it is no region" },
  );
}

function judge(view: View, gateway: PlannedResource, end: ReachedEnd): Finding[] {
  const datasets = datasetsAt(view, gateway);
  const via = [{ urn: gateway.urn, property: "tags" }];
  if (end.region === undefined) {
    const message = `Nothing shows which region ${gateway.name} reaches over ${end.by.name}, and it carries ${datasets.join(", ")}: ${end.why}.`;
    return [notShown(end.by, end.property, message, { via })];
  }
  const declared = declaredRegions(view, gateway);
  if (declared) {
    if (declared.includes(end.region)) return [];
    const message = `${gateway.name} carries ${datasets.join(", ")} and reaches ${end.region}, which its component does not declare (${declared.join(", ")}).`;
    return [broken(end.by, end.property, message, { via })];
  }
  return datasets.flatMap((name) => allows(view, name, gateway, end, via));
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
  end: ReachedEnd,
  via: Finding["path"],
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
  const message = `${gateway.name} carries ${name} and reaches ${end.region}, which nobody declared: the data may be in ${may}.`;
  return [(verdict === "broken" ? broken : notShown)(end.by, end.property, message, { dataset: name, via })];
}
