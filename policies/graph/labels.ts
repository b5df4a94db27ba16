import { residencyTerms } from "@hybrid-ai-fabric/locality";
import type { CatalogueRow } from "./catalogue";
import { matchesGlob } from "./glob";
import { declaredProperties, type PlannedResource } from "./resource";
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
}

export const noLabels: Labels = { datasets: [], kinds: [], residency: [], approvals: [] };

/** Labels that stand on the resource itself, in the property that its type keeps them in. */
export function labelsOnResource(resource: PlannedResource, row: CatalogueRow | undefined): LabelReading {
  const properties = declaredProperties(resource);
  if (resource.type.startsWith("kubernetes:")) {
    const metadata = properties.metadata;
    const annotations = isRecord(metadata) && !isUnknown(metadata) ? metadata.annotations : metadata;
    return readLabels(annotations, "metadata.annotations", "hybrid-ai/");
  }
  const property = row?.tags ?? "tags";
  const reading = readLabels(properties[property], property, "hybrid-ai:");
  if (property === "tags" || properties.tags === undefined) return reading;
  const plain = readLabels(properties.tags, "tags", "hybrid-ai:");
  return {
    labels: joinLabels([reading.labels, plain.labels]),
    property: isLabelled(reading.labels) ? property : "tags",
    unreadable: [...reading.unreadable, ...plain.unreadable],
  };
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
  const reading: LabelReading = { labels: { ...noLabels }, property, unreadable: [] };
  if (container === undefined || container === null) return reading;
  if (isUnknown(container) || isSecret(container)) return { ...reading, unreadable: [property] };
  if (!isRecord(container)) return reading;
  const words = (key: string): string[] => {
    const value = container[`${prefix}${key}`];
    if (value === undefined || value === null) return [];
    if (typeof value === "string") return residencyTerms(value);
    reading.unreadable.push(`${property}["${prefix}${key}"]`);
    return [];
  };
  const [classification] = words("classification");
  reading.labels = {
    datasets: words("dataset"),
    kinds: words("kinds"),
    residency: words("residency"),
    approvals: words("approval"),
    ...(classification === undefined ? {} : { classification }),
  };
  return reading;
}
