import { type Rule, shortName } from "@hybrid-ai-fabric/graph";
import { isUnlimited } from "@hybrid-ai-fabric/locality";
import { describePath, presences } from "./arrivals";

export const codeDeclaresFlows: Rule = {
  id: "code-declares-what-it-reads-and-writes",
  pack: "sovereignty",
  severity: "medium",
  level: "mandatory",
  description:
    "What creates resources or runs commands that no plan shows says in the settings what it reads and writes; code in a service says so too in strict mode.",
  remediation:
    "Name its `reads` and `writes` in settings.labels ([] where there are none), approved by whoever keeps the settings.",
  evaluate: (view) => {
    const declared = view.settings.labels.filter(({ reads, writes }) => reads || writes);
    return presences(view).flatMap((presence) => {
      const { arrival, dataset } = presence;
      const { row, resource, urn } = arrival.node;
      if (!row || !resource || (!row.opaque && !row.code) || isUnlimited(dataset.residency, "process"))
        return [];
      if (declared.some((rule) => view.graph.matches(rule, resource))) return [];
      const { path } = presence;
      const hidden = row.opaque ? "creates or runs what no plan shows" : "runs code that no plan shows";
      return [
        {
          verdict: "cannotBeShown" as const,
          urn,
          dataset: dataset.name,
          level: row.opaque || view.settings.strict ? ("mandatory" as const) : ("advisory" as const),
          message: `${shortName(urn)} holds dataset "${dataset.name}" and ${hidden}. Path: ${describePath(path)}.`,
          path,
        },
      ];
    });
  },
};
