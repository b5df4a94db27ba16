import type { Rule } from "@hybrid-ai-fabric/graph";
import { dimensionOf, judgePlaces, presences } from "./arrivals";

export const dataIsProcessed: Rule = {
  id: "data-is-processed-where-it-may-be",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description: "Whatever reads or moves a dataset runs where that dataset may be processed.",
  remediation: "Run it in an allowed place.",
  evaluate: (view) =>
    presences(view)
      .filter(({ arrival }) => dimensionOf(arrival) === "process")
      .flatMap((presence) => judgePlaces(view, presence, "process", "is processed in")),
};
