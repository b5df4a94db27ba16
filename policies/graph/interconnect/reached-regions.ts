import type { PlannedResource } from "../resource";
import type { View } from "../rule";
import { byEnd } from "./groups";
import { interconnectOf } from "./plan-index";
import { asked, hiddenBecause, textAt } from "./reading";

/** A region that a Direct Connect gateway leads to, with the resource that says so; or why its region cannot be told. */
export interface ReachedRegion {
  by: PlannedResource;
  property: string;
  region?: string;
  why?: string;
}

/**
 * Regions behind each gateway: those of the gateways associated with it, of the transit gateways peered with these, and
 * the edges of Cloud WAN. A gateway is global, so its own location says nothing.
 */
export function reachedRegions(view: View): (gateway: PlannedResource) => ReachedRegion[] {
  const interconnect = interconnectOf(view);
  const { all, named } = interconnect;
  const associations = byEnd(interconnect, all("association"), "dxGatewayId", "gateway");
  const cloudWan = byEnd(interconnect, all("cloudWanAttachment"), "directConnectGatewayArn", "gateway");
  const peerings = byEnd(interconnect, all("peering"), "transitGatewayId", "transitGateway");
  return (gateway) => [
    ...(associations.get(gateway) ?? []).flatMap((association) => {
      const behind = named(association, "associatedGatewayId", "transitGateway", "vpnGateway").resources;
      const peered = behind.flatMap((transit) => peerings.get(transit) ?? []);
      return [
        associatedRegion(view, association, behind[0]),
        ...peered.map((peering) => regionIn(peering, "peerRegion")),
      ];
    }),
    ...(cloudWan.get(gateway) ?? []).flatMap(edges),
  ];
}

/** The region of the gateway behind the association; one that is not in this plan stands where the association is made. */
function associatedRegion(
  view: View,
  association: PlannedResource,
  behind: PlannedResource | undefined,
): ReachedRegion {
  const property = "associatedGatewayId";
  const end = behind ?? association;
  const location = view.graph.nodes.get(end.urn)?.location;
  const region = location?.places.map(({ place }) => place.region).find((id) => id !== undefined);
  if (region !== undefined) return { by: association, property, region };
  const own = textAt(end, "region");
  if (own.state === "known") return { by: association, property, region: own.value };
  return { by: association, property, why: location?.unresolved[0] ?? "no region is given" };
}

function regionIn(resource: PlannedResource, property: string): ReachedRegion {
  const region = textAt(resource, property);
  if (region.state === "known") return { by: resource, property, region: region.value };
  return { by: resource, property, why: region.state === "hidden" ? region.why : "it is not given" };
}

/** Edges of a Cloud WAN attachment: every one of them is a region that the gateway reaches. */
export function edges(attachment: PlannedResource): ReachedRegion[] {
  const leaves = asked(attachment, "edgeLocations");
  if (leaves.length === 0) return [{ by: attachment, property: "edgeLocations", why: "it is not given" }];
  return leaves.map(({ path, value }) =>
    typeof value === "string"
      ? { by: attachment, property: path, region: value }
      : { by: attachment, property: path, why: hiddenBecause(value) ?? "it is no region" },
  );
}
