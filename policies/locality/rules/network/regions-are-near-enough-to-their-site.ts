import type { Rule, View } from "@hybrid-ai-fabric/graph";
import {
  circuitsOf,
  interconnectOf,
  type ReachedRegion,
  reachedRegions,
  siteFinder,
} from "@hybrid-ai-fabric/graph/interconnect";
import { placeOfAwsRegion } from "@hybrid-ai-fabric/locality";
import { judgePath, type NetworkPath, type PathEnd, readBudgets } from "./round-trip-budgets";

/** Round trips: cloudping.co medians of 2025 between regions, else the distance of metros (locality/data/round-trips.json). */
export const regionsAreNearTheirSite: Rule = {
  id: "regions-are-near-enough-to-their-site",
  pack: "locality",
  severity: "high",
  level: "mandatory",
  description:
    "The round trip from a site to every region that its private path reaches stays within the budget: a GPU that waits for its data is paid for all the same.",
  remediation:
    "Reach a nearer region, move the work to the site's own region, or widen settings.budgets.roundTripMs.",
  evaluate: (view) => {
    const budgets = readBudgets(view);
    return budgets.length === 0 ? [] : pathsOf(view).flatMap((path) => judgePath(path, budgets));
  },
};

/** Every site in front of a gateway with every region behind it, each pair of places once. */
function pathsOf(view: View): NetworkPath[] {
  const siteOf = siteFinder(view);
  const reached = reachedRegions(view);
  const sites = new Map<string, Map<string, { end: PathEnd; property: string; urn: string }>>();
  for (const circuit of circuitsOf(view)) {
    if (!circuit.gateway) continue;
    const end = siteOf(circuit);
    const key = "place" in end ? JSON.stringify(end.place) : end.unknown;
    const known = sites.get(circuit.gateway.urn) ?? new Map();
    sites.set(circuit.gateway.urn, known);
    const { connection, attachment } = circuit;
    if (!known.has(key)) known.set(key, { end, property: end.property, urn: (connection ?? attachment).urn });
  }
  return interconnectOf(view)
    .all("gateway")
    .flatMap((gateway) =>
      [...(sites.get(gateway.urn)?.values() ?? [])].flatMap(({ end, property, urn }) =>
        once(reached(gateway)).map((region) => ({
          by: region.by,
          property: region.property,
          via: [
            { urn: gateway.urn, property: "" },
            { urn, property },
          ],
          from: end,
          to: regionEnd(region.region, region.why),
        })),
      ),
    );
}

/** A region that is associated and peered as well is one region; one whose name nothing shows stays for itself. */
function once(regions: readonly ReachedRegion[]): ReachedRegion[] {
  return [...new Map(regions.map((reached) => [reached.region ?? reached, reached])).values()];
}

function regionEnd(region: string | undefined, why: string | undefined): PathEnd {
  if (region === undefined) return { unknown: why ?? "its region is not known" };
  const place = placeOfAwsRegion(region);
  return place ? { place } : { unknown: `${region} is a region that no table holds` };
}
