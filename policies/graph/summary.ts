import { allowedPlacesText, describePlace } from "@hybrid-ai-fabric/locality";
import type { Arrival } from "./flow/propagate";
import { type Predictions, predictionsOf } from "./predictions";
import { compare, shortName } from "./resource";
import type { Rule, View, Violation } from "./rule";

/** What a person wants to know of a plan on one screen. */
export interface Summary {
  resources: number;
  places: { place: string; resources: number }[];
  datasets: DatasetSummary[];
  packs: { pack: string; rules: number; verdict: "holds" | "refused"; mandatory: number; advisory: number }[];
  /** Figures that components predict, and those of them that could not be read. */
  predictions: Predictions["predictions"];
  unreadPredictions: Predictions["unread"];
  /** Approvals, attestations and exemptions that the verdict rests on. */
  used: string[];
}

export interface DatasetSummary {
  dataset: string;
  residency: string[];
  /** Where it may rest, as the residency says it. */
  mayLive: string;
  /** Where it rests, with the stores that hold it. */
  lives: { place: string; resources: string[] }[];
}

export function summarise(
  view: View,
  rules: readonly Rule[],
  violations: readonly Violation[],
  used: string[],
): Summary {
  const nodes = [...view.graph.nodes.values()].filter((node) => node.kind === "resource");
  const places = countBy(
    nodes.flatMap((node) => {
      const known = node.location.places.map(({ place }) => describePlace(place));
      return node.location.unresolved.length > 0 ? [...known, "unknown"] : known;
    }),
  );
  const { predictions, unread } = predictionsOf(view.graph.resources);
  return {
    resources: view.graph.resources.length,
    places: places.map(([place, resources]) => ({ place, resources })),
    datasets: [...view.datasets.values()].map((dataset) => ({
      dataset: dataset.name,
      residency: dataset.residency,
      mayLive: allowedPlacesText(dataset.residency, "store"),
      lives: whereItRests([...(view.reach.get(dataset.name)?.values() ?? [])]),
    })),
    packs: [...new Set(rules.map((rule) => rule.pack))].map((pack) => packVerdict(pack, rules, violations)),
    predictions,
    unreadPredictions: unread,
    used,
  };
}

function packVerdict(
  pack: string,
  rules: readonly Rule[],
  violations: readonly Violation[],
): Summary["packs"][number] {
  const own = violations.filter((violation) => violation.pack === pack);
  const mandatory = own.filter((violation) => violation.level === "mandatory").length;
  return {
    pack,
    rules: rules.filter((rule) => rule.pack === pack).length,
    verdict: mandatory > 0 ? "refused" : "holds",
    mandatory,
    advisory: own.length - mandatory,
  };
}

function whereItRests(arrivals: readonly Arrival[]): DatasetSummary["lives"] {
  const byPlace = new Map<string, Set<string>>();
  for (const { node } of arrivals) {
    if (node.kind === "resource" && node.row?.role !== "store") continue;
    const places = node.location.places.map(({ place }) => describePlace(place));
    if (node.location.unresolved.length > 0) places.push("unknown");
    const name = node.kind === "resource" ? shortName(node.urn) : node.id;
    for (const place of places) byPlace.set(place, (byPlace.get(place) ?? new Set()).add(name));
  }
  return [...byPlace]
    .sort(([a], [b]) => compare(a, b))
    .map(([place, resources]) => ({ place, resources: [...resources].sort(compare) }));
}

function countBy(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => compare(a, b));
}
