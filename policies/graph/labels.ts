import { residencyTerms } from "@hybrid-ai-fabric/locality";
import type { CatalogueRow } from "./catalogue";
import { matchesGlob } from "./glob";
import { type Container, containersOf, over } from "./label-containers";
import type { PlannedResource } from "./resource";
import type { LabelRule } from "./settings";
import { isRecord, isSecret, isUnknown, type Value } from "./value";

/** Labels as one source declares them: each list joined with the others, never lowered. */
export interface Labels {
  datasets: string[];
  classification?: string;
  kinds: string[];
  residency: string[];
  approvals: string[];
}

/** Labels of a resource with where they stand, or why they cannot be read yet. */
export interface LabelReading {
  labels: Labels;
  /** Property that declares them, for the path of a finding. */
  property: string;
  unreadable: string[];
  /** Keys that look like labels and are none. */
  misspelt: { path: string; key: string }[];
}

export const noLabels: Labels = { datasets: [], kinds: [], residency: [], approvals: [] };

/**
 * Labels that stand on the resource itself, in the properties that its type keeps them in, or on everything of its
 * provider.
 */
export function labelsOnResource(
  resource: PlannedResource,
  row: CatalogueRow | undefined,
  provider?: PlannedResource,
): LabelReading {
  const { main, others, prefix } = containersOf(resource, row, provider);
  const reading = readLabels(main.value, main.path, prefix);
  const misspelt = misspeltIn(main, prefix);
  if (others.length === 0) return { ...reading, misspelt };
  const more = others.map(({ path, value }) => readLabels(value, path, prefix));
  const labelled = [reading, ...more].find(({ labels }) => isLabelled(labels)) ?? reading;
  return {
    labels: joinLabels([reading, ...more].map(({ labels }) => labels)),
    property: labelled.property,
    unreadable: [reading, ...more].flatMap(({ unreadable }) => unreadable),
    misspelt: [...misspelt, ...others.flatMap((other) => misspeltIn(other, prefix))],
  };
}

/** Keys that a person would take for labels and no rule does: another case, another mark, a word too much. */
function misspeltIn({ path, value }: Container, prefix: string): { path: string; key: string }[] {
  if (!isRecord(value)) return [];
  return Object.keys(value)
    .filter((key) => looksLikeLabel.test(key) && !words.some((word) => key === `${prefix}${word}`))
    .map((key) => ({ path, key }));
}

const words = ["dataset", "classification", "kinds", "residency", "approval"];
const looksLikeLabel = new RegExp(`^\\W*hybrid[\\W_]*ai[\\W_]*(?:${words.join("|")}|kind)(?:e?s)?\\W*$`, "i");

/** Every tag that is in force on a resource, for what selects by tags. */
export function tagsInForce(
  resource: PlannedResource,
  provider: PlannedResource | undefined,
): Value | undefined {
  const { main, others } = containersOf(resource, undefined, provider);
  const all = others.find(({ path }) => path === "tagsAll")?.value;
  return all === undefined ? main.value : over(all, main.value);
}

/** Labels that a component registered as its output `labels`, with the same value syntax as tags. */
export function labelsOfComponent(component: PlannedResource): LabelReading {
  const registered = component.outputs.labels ?? component.inputs.labels;
  return readLabels(registered, "labels", "");
}

/** Labels that the settings give to resources that cannot carry them. */
export function labelsOfRules(rules: readonly LabelRule[]): Labels {
  return joinLabels(rules.map((rule) => ({ ...noLabels, datasets: rule.dataset ?? [] })));
}

export function matchesRule(rule: LabelRule, resource: PlannedResource): boolean {
  if (!rule.urn && !rule.type && !rule.name) return false;
  return (
    (!rule.urn || matchesGlob(rule.urn, resource.urn)) &&
    (!rule.type || matchesGlob(rule.type, resource.type)) &&
    (!rule.name || matchesGlob(rule.name, resource.name))
  );
}

export function joinLabels(all: readonly Labels[]): Labels {
  const union = (pick: (labels: Labels) => string[]) => [...new Set(all.flatMap(pick))].sort();
  const classification = all.map((labels) => labels.classification).find((value) => value !== undefined);
  return {
    datasets: union((labels) => labels.datasets),
    kinds: union((labels) => labels.kinds),
    residency: union((labels) => labels.residency),
    approvals: union((labels) => labels.approvals),
    ...(classification === undefined ? {} : { classification }),
  };
}

export function isLabelled(labels: Labels): boolean {
  return labels.datasets.length > 0 || labels.residency.length > 0;
}

function readLabels(container: Value | undefined, property: string, prefix: string): LabelReading {
  const reading: LabelReading = { labels: { ...noLabels }, property, unreadable: [], misspelt: [] };
  if (container === undefined || container === null) return reading;
  if (isUnknown(container) || isSecret(container)) return { ...reading, unreadable: [property] };
  if (!isRecord(container)) return reading;
  const wordsOf = (key: string): string[] => {
    const value = container[`${prefix}${key}`];
    if (value === undefined || value === null) return [];
    if (typeof value === "string") return residencyTerms(value);
    reading.unreadable.push(`${property}["${prefix}${key}"]`);
    return [];
  };
  const [classification] = wordsOf("classification");
  reading.labels = {
    datasets: wordsOf("dataset"),
    kinds: wordsOf("kinds"),
    residency: wordsOf("residency"),
    approvals: wordsOf("approval"),
    ...(classification === undefined ? {} : { classification }),
  };
  return reading;
}
