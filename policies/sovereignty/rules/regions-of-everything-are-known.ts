import { type Rule, shortName } from "@hybrid-ai-fabric/graph";

export const regionsAreKnown: Rule = {
  id: "regions-of-everything-are-known",
  pack: "sovereignty",
  severity: "low",
  level: "advisory",
  description:
    "Every store and processor says before creation where it will be, labelled or not: a region that only the shell knows differs between two machines.",
  remediation: "Set `region` on the resource or in the configuration of its provider (aws:region).",
  evaluate: (view) => {
    const reached = new Set([...view.reach.values()].flatMap((arrivals) => [...arrivals.keys()]));
    return [...view.graph.nodes.values()]
      .filter(({ kind, row }) => kind === "resource" && (row?.role === "store" || row?.role === "processor"))
      .filter(({ id, location }) => location.unresolved.length > 0 && !reached.has(id))
      .map(({ urn, location }) => ({
        verdict: "cannotBeShown" as const,
        urn,
        level: view.settings.strict ? ("mandatory" as const) : ("advisory" as const),
        message: `Nothing shows where ${shortName(urn)} would be: ${location.unresolved[0] ?? ""}.`,
        path: [{ urn, property: "region" }],
      }));
  },
};
