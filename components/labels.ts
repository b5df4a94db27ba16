/** What data a resource holds or carries. Policies read it from tags, or from what a component registered. */
export interface DatasetLabels {
  /** Name of the dataset; several are separated by a space. */
  dataset: string;
  /** public, internal, confidential or restricted. */
  classification: string;
  /** Kinds of data that a law treats apart. */
  kinds: string[];
  /** Profile ids or jurisdictions; all must hold. */
  residency: string[];
}

/** Labels as tags, for resource types that have them. */
export function labelTags(labels: DatasetLabels): { [tag: string]: string } {
  return Object.fromEntries(
    Object.entries(registeredLabels(labels)).map(([key, value]) => [`hybrid-ai:${key}`, value]),
  );
}

/** Labels as annotations, for objects of Kubernetes. */
export function labelAnnotations(labels: DatasetLabels): { [annotation: string]: string } {
  return Object.fromEntries(
    Object.entries(registeredLabels(labels)).map(([key, value]) => [`hybrid-ai/${key}`, value]),
  );
}

/** Labels as a component registers them, for children whose types have no tags. */
export function registeredLabels(labels: DatasetLabels): { [key: string]: string } {
  const { dataset, classification, kinds, residency } = labels;
  return {
    dataset,
    classification,
    ...(kinds.length > 0 ? { kinds: kinds.join(" ") } : {}),
    residency: residency.join(" "),
  };
}

/** Labels of several datasets that use one thing: joined, never lowered. */
export function joinedLabels(all: readonly DatasetLabels[]): DatasetLabels | undefined {
  const ranks = ["public", "internal", "confidential", "restricted"];
  const [first] = all;
  if (!first) return undefined;
  const union = (values: string[][]) => [...new Set(values.flat())].sort();
  const strictest = Math.max(...all.map(({ classification }) => ranks.indexOf(classification)));
  return {
    dataset: union(all.map(({ dataset }) => dataset.split(" "))).join(" "),
    classification: ranks[strictest] ?? first.classification,
    kinds: union(all.map(({ kinds }) => kinds)),
    residency: union(all.map(({ residency }) => residency)),
  };
}
