import { compare, type PathStep, type View, type Violation } from "@hybrid-ai-fabric/graph";
import { allowedPlacesText } from "@hybrid-ai-fabric/locality";
import { fingerprints, type JudgedPlan, survey } from "@hybrid-ai-fabric/report";
import { withFigures } from "./carried-figures";
import { findLinks, type Link, placesOfChannels } from "./links";
import { findStops, type Stop, stopsOf } from "./stops";

/** A judged plan as a map: everything that the page shows, computed from the plan alone. */
export interface Picture {
  environment: string;
  today: string;
  stops: Stop[];
  /** Places that have no data and no link, and may have one of a resource's several ends: named, not drawn. */
  asides: string[];
  links: Link[];
  datasets: DatasetRow[];
  findings: FindingRow[];
}

export interface DatasetRow {
  name: string;
  residency: string;
  mayRestIn: string;
  restsIn: string[];
  /** Links that it travels. */
  links: string[];
  verdict: Verdict;
}

export type Verdict = "holds" | "advisory" | "refused";

/** A finding with what it touches on the map. */
export interface FindingRow extends Violation {
  id: string;
  stops: string[];
  links: string[];
}

export function pictureOf(
  plan: JudgedPlan,
  view: View = survey(plan.resources, plan.settings, plan.today),
): Picture {
  const links = withFigures(findLinks(view), plan.summary.predictions, view);
  const all = findStops(view, placesOfChannels(view));
  const stops = all.filter((stop) => belongsOnMap(stop, links));
  return {
    environment: plan.environment,
    today: plan.today,
    stops,
    asides: all.filter((stop) => !stops.includes(stop)).map(({ id }) => id),
    links,
    datasets: [...view.datasets.values()]
      .map(({ name, residency }) => ({
        name,
        residency: residency.join(" ") || "no residency",
        mayRestIn: allowedPlacesText(residency, "store"),
        restsIn: stops
          .filter(({ rests }) => rests.some(({ dataset }) => dataset === name))
          .map(({ id }) => id),
        links: links.filter(({ datasets }) => datasets.includes(name)).map(({ id }) => id),
        verdict: verdictOn(plan.violations.filter(({ dataset }) => dataset === name)),
      }))
      .sort((a, b) => compare(a.name, b.name)),
    findings: findingRows(plan.violations, links, view),
  };
}

function belongsOnMap({ id, resources, rests }: Stop, links: readonly Link[]): boolean {
  return resources + rests.length > 0 || links.some(({ from, to }) => from === id || to === id);
}

export function verdictOn(violations: readonly Violation[]): Verdict {
  if (violations.some(({ level }) => level === "mandatory")) return "refused";
  return violations.length > 0 ? "advisory" : "holds";
}

function findingRows(violations: readonly Violation[], links: readonly Link[], view: View): FindingRow[] {
  const stopsByUrn = new Map<string, string[]>();
  for (const node of view.graph.nodes.values()) {
    stopsByUrn.set(node.urn, [...(stopsByUrn.get(node.urn) ?? []), ...stopsOf(node)]);
  }
  const names = fingerprints(violations);
  const rows = violations.map((violation, index) => {
    const urns = urnsOf(violation);
    return {
      ...violation,
      id: `finding-${(names[index] ?? "").replace(":", "-")}`,
      stops: [...new Set(urns.flatMap((urn) => stopsByUrn.get(urn) ?? []))].sort(compare),
      links: links.filter((link) => isOnWay(link, urns)).map(({ id }) => id),
    };
  });
  return rows.sort((a, b) => rank(a) - rank(b));
}

function urnsOf({ urn, path }: { urn: string; path: readonly PathStep[] }): string[] {
  return [...new Set([...path.map((step) => step.urn), urn])];
}

function isOnWay({ carriers }: Link, urns: readonly string[]): boolean {
  return carriers.some((carrier) => carrier.urns.some((urn) => urns.includes(urn)));
}

/** What refuses the plan comes first; the order of the packs decides among equals. */
function rank({ level }: Violation): number {
  return level === "mandatory" ? 0 : 1;
}
