import type { Rule } from "@hybrid-ai-fabric/graph";

export const labelsAreReadable: Rule = {
  id: "labels-are-known-before-creation",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description: "A label that is itself computed from something unborn protects nothing at preview.",
  remediation: "Write hybrid-ai tags as literal values; keep computed tags out of the same Output.",
  evaluate: (view) =>
    [...view.graph.nodes.values()].flatMap((node) =>
      node.unreadableLabels.map((property) => ({
        verdict: "cannotBeShown" as const,
        urn: node.urn,
        message: `${property} is not known before creation, so no rule can tell which dataset this holds.`,
        path: [{ urn: node.urn, property }],
      })),
    ),
};
