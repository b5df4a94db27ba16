import type { DataNode, DatasetTerms, Rule } from "@hybrid-ai-fabric/graph";
import { isUnlimited } from "@hybrid-ai-fabric/locality";
import { describePath, presences } from "./arrivals";
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
      .filter(({ arrival: { node } }) => node.location.unresolved.length > 0 && node.kind !== "unresolved")
      .filter(({ arrival: { node }, dataset }) => asksForAPlace(node, dataset))
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

/** A dataset that may be anywhere in every way that a node has of holding it needs no place. */
function asksForAPlace({ dimensions }: DataNode, { residency }: DatasetTerms): boolean {
  return dimensions.some((dimension) => !isUnlimited(residency, dimension));
}
