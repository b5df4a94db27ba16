import type { Rule } from "@hybrid-ai-fabric/graph";
import { judgePlaces, presencesIn } from "./arrivals";

export const keysStay: Rule = {
  id: "keys-stay-where-the-data-may-be",
  pack: "sovereignty",
  severity: "critical",
  level: "mandatory",
  description:
    "The key that encrypts a dataset, and every replica of it, is held where its keys may be: who holds the key holds the data.",
  remediation: "Use a key in a place that the residency allows for keys.",
  evaluate: (view) =>
    presencesIn(view, "key").flatMap((presence) =>
      judgePlaces(view, presence, "key", "is encrypted by a key in"),
    ),
};
