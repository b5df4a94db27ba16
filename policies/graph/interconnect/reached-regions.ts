import type { PlannedResource } from "../resource";
import type { View } from "../rule";
import { hiddenBecause } from "../value";
import { byEnd } from "./groups";
import { interconnectOf } from "./plan-index";
import { type ReachedRegion, regionOf } from "./reached-region";
import { asked } from "./reading";
import { transitReach } from "./transit-reach";

/**
 * Regions behind each gateway: those of the gateways associated with it, also by a proposal to another account, of the
 * transit gateways that peer with these, and the edges of Cloud WAN. A gateway is global, so its own location says nothing.
 */
export function reachedRegions(view: View): (gateway: PlannedResource) => ReachedRegion[] {
  const interconnect = interconnectOf(view);
  const { all, named } = interconnect;
  const associations = byEnd(
    interconnect,
    all("association", "associationProposal"),
    "dxGatewayId",
    "gateway",
  );
  const cloudWan = byEnd(interconnect, all("cloudWanAttachment"), "directConnectGatewayArn", "gateway");
  const beyond = transitReach(view);
  return (gateway) => [
    ...(associations.get(gateway) ?? []).flatMap((association) => {
      const behind = named(association, "associatedGatewayId", "transitGateway", "vpnGateway").resources;
      return [regionOf(view, association, "associatedGatewayId", behind[0]), ...behind.flatMap(beyond)];
    }),
    ...(cloudWan.get(gateway) ?? []).flatMap(edges),
  ];
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
