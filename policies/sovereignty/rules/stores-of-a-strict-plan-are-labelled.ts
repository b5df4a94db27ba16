import { datasetsOn, type Rule, shortName } from "@hybrid-ai-fabric/graph";

export const strictStoresAreLabelled: Rule = {
  id: "stores-of-a-strict-plan-are-labelled",
  pack: "sovereignty",
  severity: "medium",
  level: "mandatory",
  description:
    "In strict mode a store says what it holds: what nobody labelled could be anything, and is never taken for public.",
  remediation: "Tag it with hybrid-ai:dataset, or name its datasets in settings.labels.",
  evaluate: (view) => {
    if (!view.settings.strict) return [];
    const reached = new Set([...view.reach.values()].flatMap((arrivals) => [...arrivals.keys()]));
    return [...view.graph.nodes.values()]
      .filter(({ kind, row, closed }) => kind === "resource" && row?.role === "store" && !closed)
      .filter(({ id, labels }) => datasetsOn(labels).length === 0 && !reached.has(id))
      .map(({ urn }) => ({
        verdict: "cannotBeShown" as const,
        urn,
        message: `${shortName(urn)} carries no label, so nothing shows which data it holds.`,
        path: [{ urn, property: "tags" }],
      }));
  },
};
