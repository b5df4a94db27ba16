import type { Rule } from "@hybrid-ai-fabric/graph";
import { judgePlaces, presencesIn } from "./arrivals";

export const copiesStay: Rule = {
  id: "copies-stay-where-their-source-may-be",
  pack: "sovereignty",
  severity: "critical",
  level: "mandatory",
  description: "Whatever a store receives by replication, transfer, logging or export may rest there.",
  remediation: "Send the data to a store in an allowed place, or stop the flow.",
  evaluate: (view) =>
    presencesIn(view, "store")
      .filter(({ arrival }) => arrival.over !== undefined)
      .flatMap((presence) => judgePlaces(view, presence, "store", "is copied to")),
};
