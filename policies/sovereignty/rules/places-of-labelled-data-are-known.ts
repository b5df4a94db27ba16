import type { Rule } from "@hybrid-ai-fabric/graph";
import { describePath, dimensionOf, presences } from "./arrivals";
import { evidenceOfTransit } from "./evidence-of-transit";

export const placesAreKnown: Rule = {
  id: "places-of-labelled-data-are-known",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description: "Everything that a dataset reaches says before creation where it will be.",
  remediation:
    "Give it a literal region or metro, or declare its place in settings.labels or settings.externalStores.",
  evaluate: (view) =>
    presences(view)
      .filter(({ arrival }) => arrival.node.kind !== "unresolved" && dimensionOf(arrival) !== undefined)
      .filter(({ dataset }) => dataset.residency.length > 0)
      .filter((presence) => presence.arrival.node.location.unresolved.length > 0)
      .filter((presence) => !evidenceOfTransit(view, presence).covers)
      .flatMap(({ arrival, dataset, path }) =>
        arrival.node.location.unresolved.map((reason) => ({
          verdict: "cannotBeShown" as const,
          urn: arrival.node.urn,
          dataset: dataset.name,
          message: `Nothing shows where dataset "${dataset.name}" would be: ${reason}. Path: ${describePath(path)}.`,
          path,
        })),
      ),
};
