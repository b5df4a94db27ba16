import {
  broken,
  type Finding,
  notShown,
  type PlannedResource,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import {
  connectionOf,
  type Interconnect,
  interconnectOf,
  nounOf,
  textAt,
} from "@hybrid-ai-fabric/graph/interconnect";

/** A hosted connection lives in the region that the carrier ordered it in, and is found in no other (AWS user guide). */
export const acceptedWhereSold: Rule = {
  id: "connections-are-accepted-where-they-were-sold",
  pack: "fabric",
  severity: "high",
  level: "mandatory",
  description:
    "Whoever accepts a hosted connection, or puts an interface on it, does so in the region that the carrier sold it for: elsewhere the update waits for a connection that never comes.",
  remediation: "Give the confirmation and the virtual interface the region of sellerRegion.",
  evaluate: (view) => {
    const interconnect = interconnectOf(view);
    return interconnect
      .all("confirmation", "privateInterface", "transitInterface", "publicInterface")
      .flatMap((resource) => judge(view, resource, interconnect));
  },
};

function judge(view: View, resource: PlannedResource, interconnect: Interconnect): Finding[] {
  const { connection } = connectionOf(resource, interconnect);
  if (!connection) return [];
  const sold = soldFor(connection, interconnect);
  if (!sold) return [];
  const region = regionOf(view, resource);
  const via = [{ urn: connection.urn, property: sold.property }];
  if (region === undefined || sold.region === undefined) {
    const message = `Nothing shows that ${resource.name} is in the region that ${connection.name} was sold for.`;
    return [notShown(resource, "region", message, { via })];
  }
  if (region === sold.region) return [];
  const message = `${resource.name} is in ${region}, but ${connection.name} was sold for ${sold.region}.`;
  return [broken(resource, "region", message, { via })];
}

/** Equinix orders name the region; a Megaport order names a port, so only its component can say the region. */
function soldFor(
  connection: PlannedResource,
  interconnect: Interconnect,
): { property: string; region?: string } | undefined {
  switch (nounOf(connection.type)) {
    case "fabricConnection": {
      const property = "zSide.accessPoint.sellerRegion";
      const seller = textAt(connection, property);
      if (seller.state === "absent") return undefined;
      return { property, ...(seller.state === "known" ? { region: seller.value } : {}) };
    }
    case "hostedConnection":
    case "vxc": {
      const declared = interconnect
        .componentsOf(connection)
        .map(({ inputs, outputs }) => inputs.sellerRegion ?? outputs.sellerRegion)
        .find((region) => typeof region === "string");
      return typeof declared === "string" ? { property: "bEnd", region: declared } : undefined;
    }
    default:
      return undefined;
  }
}

function regionOf(view: View, resource: PlannedResource): string | undefined {
  const own = textAt(resource, "region");
  if (own.state === "known") return own.value;
  if (own.state === "hidden" || resource.provider === undefined) return undefined;
  const provider = interconnectOf(view).byUrn(resource.provider);
  const region = provider?.inputs.region ?? provider?.outputs.region;
  return typeof region === "string" ? region : undefined;
}
