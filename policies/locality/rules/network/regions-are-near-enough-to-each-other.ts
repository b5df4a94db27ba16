import type { PlannedResource, Rule, View } from "@hybrid-ai-fabric/graph";
import { asked, hiddenBecause, interconnectOf, textAt } from "@hybrid-ai-fabric/graph/interconnect";
import { placeOfAwsRegion } from "@hybrid-ai-fabric/locality";
import { judgePath, type NetworkPath, type PathEnd, readBudgets } from "./round-trip-budgets";

/** Round trips: cloudping.co medians of 2025 (locality/data/round-trips.json), else the distance. */
export const regionsAreNearEachOther: Rule = {
  id: "regions-are-near-enough-to-each-other",
  pack: "locality",
  severity: "medium",
  level: "mandatory",
  description:
    "The round trip between two regions that a peering, or one Cloud WAN attachment, joins stays within the budget.",
  remediation:
    "Keep what talks all the time in one region, peer nearer regions, or widen settings.budgets.roundTripMs.",
  evaluate: (view) => {
    const budgets = readBudgets(view);
    if (budgets.length === 0) return [];
    return [...peerings(view), ...cloudWan(view)].flatMap((path) => judgePath(path, budgets));
  },
};

const VPC_PEERING = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";

function peerings(view: View): NetworkPath[] {
  const vpcs = view.graph.resources.filter(({ type }) => type === VPC_PEERING);
  return [...interconnectOf(view).all("peering"), ...vpcs].flatMap((peering) => {
    const peer = textAt(peering, "peerRegion");
    if (peer.state === "absent") return [];
    const to = peer.state === "known" ? regionEnd(peer.value) : { unknown: `peerRegion: ${peer.why}` };
    return [{ by: peering, property: "peerRegion", from: ownRegion(view, peering), to }];
  });
}

/** Edges of one attachment reach each other over the core network; each pair once. */
function cloudWan(view: View): NetworkPath[] {
  return interconnectOf(view)
    .all("cloudWanAttachment")
    .flatMap((attachment) => {
      const ends = asked(attachment, "edgeLocations").map(({ path, value }) => ({
        property: path,
        end:
          typeof value === "string"
            ? regionEnd(value)
            : { unknown: hiddenBecause(value) ?? "it is no region" },
      }));
      return ends.flatMap((one, index) =>
        ends
          .slice(index + 1)
          .map((other) => ({ by: attachment, property: other.property, from: one.end, to: other.end })),
      );
    });
}

function ownRegion(view: View, resource: PlannedResource): PathEnd {
  const location = view.graph.nodes.get(resource.urn)?.location;
  const own = textAt(resource, "region");
  if (own.state === "known") return regionEnd(own.value);
  const place =
    own.state === "absent" ? location?.places.find(({ place }) => place.region)?.place : undefined;
  return place
    ? { place }
    : { unknown: own.state === "hidden" ? own.why : "neither it nor its provider names a region" };
}

function regionEnd(region: string): PathEnd {
  const place = placeOfAwsRegion(region);
  return place ? { place } : { unknown: `${region} is a region that no table holds` };
}
