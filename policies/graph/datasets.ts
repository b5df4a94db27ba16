import type { Graph } from "./flow/node";
import { compare } from "./resource";

/** A dataset as the rules judge it: from the registry of the settings, else from what the tags declare. */
export interface DatasetTerms {
  name: string;
  residency: string[];
  /** Kinds that some residency treats apart. */
  kinds: string[];
  registered: boolean;
}

/**
 * The datasets of a plan. With a registry it decides; a name that it does not hold keeps the residency of its
 * tags, so that a wrong label never frees the data. Without one the tags are the declaration, and a residency
 * without a dataset protects what carries it under a name of its own.
 */
export function datasetsOf(graph: Graph): Map<string, DatasetTerms> {
  const datasets = new Map<string, DatasetTerms>();
  const registry = graph.settings.datasets;
  for (const [name, entry] of Object.entries(registry ?? {})) {
    datasets.set(name, {
      name,
      residency: [...entry.residency].sort(),
      kinds: [...entry.kinds].sort(),
      registered: true,
    });
  }
  for (const node of graph.nodes.values()) {
    for (const name of datasetsOn(node.labels)) {
      const known = datasets.get(name);
      if (known?.registered) continue;
      const residency = [...new Set([...(known?.residency ?? []), ...node.labels.residency])].sort();
      const kinds = [...new Set([...(known?.kinds ?? []), ...node.labels.kinds])].sort();
      datasets.set(name, { name, residency, kinds, registered: false });
    }
  }
  return new Map([...datasets].sort(([a], [b]) => compare(a, b)));
}

/** Dataset names on a node; a residency alone stands for the unnamed data that it protects. */
export function datasetsOn(labels: { datasets: string[]; residency: string[] }): string[] {
  if (labels.datasets.length > 0) return labels.datasets;
  return labels.residency.length > 0 ? [`(${labels.residency.join(" ")})`] : [];
}
