import type { Rule } from "@hybrid-ai-fabric/graph";
import { isUnlimited } from "@hybrid-ai-fabric/locality";
import { describePath, presences } from "./arrivals";

export const destinationsAreKnown: Rule = {
  id: "destinations-of-labelled-data-are-known",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description: "Every flow of a dataset says before creation where it leads.",
  remediation:
    "Name the destination by a resource of this program or a literal, or declare it in settings.externalStores.",
  evaluate: (view) =>
    presences(view)
      .filter(({ arrival }) => arrival.node.kind === "unresolved")
      .filter(
        ({ arrival: { node }, dataset }) => !node.dimensions.every((d) => isUnlimited(dataset.residency, d)),
      )
      .flatMap(({ arrival, dataset, path }) =>
        arrival.node.location.unresolved.map((reason) => ({
          verdict: "cannotBeShown" as const,
          urn: arrival.node.urn,
          dataset: dataset.name,
          message: `Nothing shows where dataset "${dataset.name}" goes: ${reason}. Path: ${describePath(path)}.`,
          path,
        })),
      ),
};
