import { carriesNoData, catalogueRow } from "../catalogue";
import {
  isLabelled,
  joinLabels,
  type Labels,
  labelsOfComponent,
  labelsOfRules,
  labelsOnResource,
} from "../labels";
import { nowhere } from "../places";
import { type PlannedResource, providerOf } from "../resource";
import type { DataNode } from "./node";
import type { PlanIndex } from "./plan-index";

/** What a resource of the plan is to the flow of data: its place, its questions and its labels. */
export function nodeOf(resource: PlannedResource, index: PlanIndex): DataNode {
  const row = catalogueRow(resource.type);
  const own = labelsOnResource(resource, row, providerOf(resource, index.byUrn));
  const rules = index.rulesOf(resource);
  const neutral = row?.role === "control" || (row === undefined && carriesNoData(resource.type));
  const above = neutral ? undefined : labellingAncestor(resource, index);
  const inherited =
    above && isLabelled(above.labels) && !isPartOf(own.labels, above.labels) ? above : undefined;
  const bare = inherited !== undefined && !isLabelled(own.labels);
  const interconnect = row?.carrier && index.ancestorWith(resource, "interconnect")?.outputs.interconnect;
  const closed = rules.some(({ dataset }) => dataset?.length === 0);
  return {
    id: resource.urn,
    urn: resource.urn,
    kind: "resource",
    resource,
    ...(row ? { row } : {}),
    dimensions: row?.dimensions ?? [],
    location: row ? index.locate(resource, 0) : nowhere,
    labels: joinLabels([own.labels, labelsOfRules(rules), ...(inherited ? [inherited.labels] : [])]),
    labelledBy: bare ? `labels of ${inherited.component.name}` : own.property,
    ...(bare ? { inheritedFrom: inherited.component.name } : {}),
    ...(typeof interconnect === "string" ? { interconnect } : {}),
    ...(closed ? { closed } : {}),
    ...(own.misspelt.length > 0 ? { misspeltLabels: own.misspelt } : {}),
    unreadableLabels: neutral ? [] : [...own.unreadable, ...(above?.unreadable ?? [])],
  };
}

/** A child may say which of its component's data it holds; saying something else instead does not take that data away. */
function isPartOf(own: Labels, above: Labels): boolean {
  if (!isLabelled(own)) return false;
  return own.datasets.length > 0
    ? own.datasets.every((name) => above.datasets.includes(name))
    : own.residency.every((term) => above.residency.includes(term));
}

/** What says nothing of its own takes the labels that the nearest component above it registered, or will register. */
function labellingAncestor(
  resource: PlannedResource,
  index: PlanIndex,
): { component: PlannedResource; labels: Labels; unreadable: string[] } | undefined {
  let urn = resource.parent;
  while (urn !== undefined) {
    const component = index.byUrn(urn);
    if (!component) return undefined;
    const { labels, unreadable } = labelsOfComponent(component);
    if (isLabelled(labels) || unreadable.length > 0) {
      return { component, labels, unreadable: unreadable.map((path) => `${path} of ${component.name}`) };
    }
    urn = component.parent;
  }
  return undefined;
}
