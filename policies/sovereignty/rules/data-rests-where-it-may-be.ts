import type { Rule } from "@hybrid-ai-fabric/graph";
import { judgePlaces, presencesIn } from "./arrivals";

export const dataRests: Rule = {
  id: "data-rests-where-it-may-be",
  pack: "sovereignty",
  severity: "critical",
  level: "mandatory",
  description: "A store that is labelled with a dataset stands where that dataset may rest.",
  remediation: "Put the store into a place that the residency allows, or correct the label.",
  evaluate: (view) =>
    presencesIn(view, "store")
      .filter(({ arrival }) => arrival.over === undefined)
      .flatMap((presence) => judgePlaces(view, presence, "store", "rests in")),
};
