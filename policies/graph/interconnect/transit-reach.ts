import { leavesAt } from "../path";
import type { PlannedResource } from "../resource";
import type { View } from "../rule";
import { append, byEnd } from "./groups";
import { type Interconnect, interconnectOf } from "./plan-index";
import { type ReachedRegion, regionOf } from "./reached-region";
import { textAt } from "./reading";

/** A step out of a transit gateway: the region that it leads to, and the gateway there when it is in this plan. */
interface Step {
  region: ReachedRegion;
  to?: PlannedResource;
}

/**
 * Regions that a transit gateway leads on to: over peerings, whichever side asked for them and over several in a row,
 * and over its peering with a core network to every edge of that. Routes may close what is open here; no rule counts on it.
 */
export function transitReach(view: View): (transit: PlannedResource) => ReachedRegion[] {
  const steps = stepsFrom(view);
  const known = new Map<PlannedResource, ReachedRegion[]>();
  return (transit) => {
    const found = known.get(transit) ?? walk(transit, steps);
    known.set(transit, found);
    return found;
  };
}

function walk(from: PlannedResource, steps: ReadonlyMap<PlannedResource, Step[]>): ReachedRegion[] {
  const seen = new Set([from]);
  const reached: ReachedRegion[] = [];
  for (const at of seen) {
    for (const { region, to } of steps.get(at) ?? []) {
      if (to && seen.has(to)) continue;
      reached.push(region);
      if (to) seen.add(to);
    }
  }
  return reached;
}

function stepsFrom(view: View): ReadonlyMap<PlannedResource, Step[]> {
  const interconnect = interconnectOf(view);
  const { all, named } = interconnect;
  const steps = new Map<PlannedResource, Step[]>();
  for (const peering of all("peering")) {
    const [near] = named(peering, "transitGatewayId", "transitGateway").resources;
    const [far] = named(peering, "peerTransitGatewayId", "transitGateway").resources;
    if (near) append(steps, near, { region: peerRegion(peering), ...(far ? { to: far } : {}) });
    if (!far) continue;
    const region = regionOf(view, peering, "transitGatewayId", near);
    append(steps, far, { region, ...(near ? { to: near } : {}) });
  }
  const edgesOf = coreNetworkEdges(interconnect);
  for (const peering of all("coreNetworkPeering")) {
    for (const near of named(peering, "transitGatewayArn", "transitGateway").resources) {
      for (const region of edgesOf(peering)) append(steps, near, { region });
    }
  }
  return steps;
}

function peerRegion(peering: PlannedResource): ReachedRegion {
  const [by, property] = [peering, "peerRegion"];
  const region = textAt(peering, property);
  if (region.state === "known") return { by, property, region: region.value };
  return { by, property, why: region.state === "hidden" ? region.why : "it is not given" };
}

/** Edges of the core network that a transit gateway peers with: those of its policy, or of the base policy before it has one. */
function coreNetworkEdges(interconnect: Interconnect): (peering: PlannedResource) => ReachedRegion[] {
  const { all, named } = interconnect;
  const policies = byEnd(interconnect, all("coreNetworkPolicy"), "coreNetworkId", "coreNetwork");
  return (by) => {
    const property = "coreNetworkId";
    const [core] = named(by, property, "coreNetwork").resources;
    const regions = core
      ? [
          ...leavesAt(core.inputs, "basePolicyRegions[]").map(({ value }) => value),
          ...edgesIn(core, "basePolicyDocument"),
          ...(policies.get(core) ?? []).flatMap((policy) => edgesIn(policy, "policyDocument")),
        ]
      : [];
    const known = regions.filter((region) => typeof region === "string");
    if (known.length > 0) return [...new Set(known)].map((region) => ({ by, property, region }));
    return [{ by, property, why: "nothing shows the edges of the core network" }];
  };
}

/** `core-network-configuration.edge-locations` of a policy, as the Cloud WAN user guide writes it. */
function edgesIn(resource: PlannedResource, property: string): string[] {
  const document = textAt(resource, property);
  if (document.state !== "known") return [];
  try {
    const parsed = JSON.parse(document.value) as {
      "core-network-configuration"?: { "edge-locations"?: { location?: unknown }[] };
    };
    const edges = parsed["core-network-configuration"]?.["edge-locations"] ?? [];
    return edges.flatMap(({ location }) => (typeof location === "string" ? [location] : []));
  } catch {
    return [];
  }
}
