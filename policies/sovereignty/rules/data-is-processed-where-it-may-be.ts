import type { Rule } from "@hybrid-ai-fabric/graph";
import { judgePlaces, presencesIn } from "./arrivals";
import { isFailover } from "./failover";

export const dataIsProcessed: Rule = {
  id: "data-is-processed-where-it-may-be",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description: "Whatever reads or moves a dataset runs where that dataset may be processed.",
  remediation: "Run it in an allowed place.",
  evaluate: (view) =>
    presencesIn(view, "process")
      .filter(({ arrival }) => !isFailover(arrival.node))
      .flatMap((presence) => judgePlaces(view, presence, "process", "is processed in")),
};
