import { compare, type DataNode, type Finding, type Rule, type View } from "@hybrid-ai-fabric/graph";
import { nearest, parseResidency } from "@hybrid-ai-fabric/locality";

export const labelsNameRegistered: Rule = {
  id: "labels-name-registered-datasets",
  pack: "sovereignty",
  severity: "high",
  level: "mandatory",
  description:
    "Labels name datasets and residencies that exist, and agree with the registry: who writes the program does not decide what its data is.",
  remediation: "Correct the label, or have the dataset registered in settings.datasets.",
  evaluate: (view) => {
    const nodes = [...view.graph.nodes.values()].sort((a, b) => compare(a.id, b.id));
    return [
      ...nodes.flatMap((node) => [
        ...unregistered(view, node),
        ...contradicting(view, node),
        ...unreadable(node),
        ...misspelt(node),
      ]),
      ...withoutResidency(view, nodes),
    ];
  },
};

/** Where there is no registry the tags say where data may be. A dataset of which they say nothing may be anything. */
function withoutResidency({ settings, datasets }: View, nodes: readonly DataNode[]): Finding[] {
  if (settings.datasets) return [];
  return [...datasets.values()]
    .filter(({ residency }) => residency.length === 0)
    .flatMap(({ name }) => {
      const labelled = nodes.filter(({ labels }) => labels.datasets.includes(name));
      const [first] = labelled.filter(({ labels }) => labels.classification !== "public");
      const text = `is labelled with dataset "${name}", and neither a tag nor settings.datasets says where that may be; say hybrid-ai:residency ("any" where it may be anywhere).`;
      return first ? [{ ...finding(first, text, name), verdict: "cannotBeShown" as const }] : [];
    });
}

function unregistered(view: View, node: DataNode): Finding[] {
  const registry = view.settings.datasets;
  if (!registry) return [];
  return node.labels.datasets
    .filter((name) => !(name in registry))
    .map((name) => {
      const close = nearest(name, Object.keys(registry)).join(", ") || "none is registered";
      return finding(
        node,
        `is labelled with dataset "${name}", which settings.datasets does not hold (nearest: ${close}).`,
        name,
      );
    });
}

function contradicting(view: View, node: DataNode): Finding[] {
  const registered = node.labels.datasets.flatMap((name) => view.settings.datasets?.[name] ?? []);
  if (registered.length === 0 || registered.length < node.labels.datasets.length) return [];
  const terms = new Set(registered.flatMap((entry) => entry.residency));
  const differs = node.labels.residency.length > 0 && !sameTerms(terms, new Set(node.labels.residency));
  if (!differs) return [];
  const text = `says residency "${node.labels.residency.join(" ")}", but the registry says "${[...terms].sort().join(" ")}".`;
  return [finding(node, text, node.labels.datasets.join(" "))];
}

function unreadable(node: DataNode): Finding[] {
  return node.labels.residency.flatMap((term) => {
    const parsed = parseResidency(term);
    return "problem" in parsed
      ? [finding(node, `has a residency that cannot be read: ${parsed.problem}.`)]
      : [];
  });
}

/** A label that nobody reads protects nothing, and whoever wrote it believes that it does. */
function misspelt({ resource, urn, misspeltLabels = [] }: DataNode): Finding[] {
  const prefix = resource?.type.startsWith("kubernetes:") ? "hybrid-ai/" : "hybrid-ai:";
  return misspeltLabels.map(({ path, key }) => ({
    verdict: "broken",
    urn,
    message: `Its ${path} hold ${JSON.stringify(key)}, which no rule reads as a label; labels begin with ${prefix}.`,
    path: [{ urn, property: path }],
  }));
}

function finding(node: DataNode, text: string, dataset?: string): Finding {
  return {
    verdict: "broken",
    urn: node.urn,
    message: `It ${text}`,
    path: [{ urn: node.urn, property: node.labelledBy }],
    ...(dataset === undefined ? {} : { dataset }),
  };
}

function sameTerms(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((term) => b.has(term));
}
