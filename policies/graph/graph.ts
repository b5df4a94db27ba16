import { type CatalogueRow, carriesNoData, catalogueRow, type Reference } from "./catalogue";
import { describeExternal } from "./external";
import {
  isLabelled,
  joinLabels,
  type Labels,
  labelsOfComponent,
  labelsOfSettings,
  labelsOnResource,
  matchesRule,
} from "./labels";
import { isOnlyInProgram, type Location, locate, nowhere } from "./location";
import { leavesAt } from "./path";
import { identities, resolve, type Target } from "./references";
import { compare, declaredProperties, inOrder, type PlannedResource } from "./resource";
import type { LabelRule, Settings } from "./settings";

/** A place where data can be: a resource of the plan, something outside it, or an end that nothing shows. */
export interface DataNode {
  /** URN of the resource; for what has none, a text that is unique in the graph. */
  id: string;
  /** Resource to blame: the node itself, or the one that names it. */
  urn: string;
  kind: "resource" | "external" | "unresolved";
  resource?: PlannedResource;
  row?: CatalogueRow;
  location: Location;
  labels: Labels;
  /** Property or component that the labels come from. */
  labelledBy: string;
  /** Interconnect that the resource is part of, by the output that a component above it registered. */
  interconnect?: string;
  /** Labels that stand there but are unknown before creation. */
  unreadableLabels: string[];
}

/** Data moves, or a key is used, from one node to another because `property` of `declaredBy` says so. */
export interface FlowEdge {
  from: string;
  to: string;
  declaredBy: string;
  property: string;
  carries: "data" | "key";
  certain: boolean;
}

export interface Graph {
  nodes: ReadonlyMap<string, DataNode>;
  outgoing: ReadonlyMap<string, readonly FlowEdge[]>;
  resources: readonly PlannedResource[];
  settings: Settings;
}

/** Builds the data-flow graph of a plan in one pass over its resources and their references. */
export function buildGraph(planned: readonly PlannedResource[], settings: Settings): Graph {
  const resources = inOrder(planned);
  const index = indexOf(resources, settings);
  const nodes = new Map<string, DataNode>();
  const edges: FlowEdge[] = [];
  for (const resource of resources) {
    if (!isOnlyInProgram(resource)) nodes.set(resource.urn, nodeOf(resource, index, settings));
  }
  for (const resource of resources) {
    if (nodes.has(resource.urn)) edges.push(...edgesOf(resource, index, nodes, settings));
  }
  return { nodes, outgoing: bySource(edges), resources, settings };
}

interface Index {
  byUrn(urn: string): PlannedResource | undefined;
  rowOf(type: string): CatalogueRow | undefined;
  byIdentity(identity: string): PlannedResource | undefined;
  placesOf(resource: PlannedResource): string[];
  countryOfMegaportLocation(id: string): string | undefined;
  ancestorWith(resource: PlannedResource, output: string): PlannedResource | undefined;
}

function indexOf(resources: readonly PlannedResource[], settings: Settings): Index {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const byIdentity = new Map<string, PlannedResource>();
  for (const resource of resources) {
    if (isOnlyInProgram(resource) || !catalogueRow(resource.type)) continue;
    for (const identity of identities(resource)) {
      if (!byIdentity.has(identity)) byIdentity.set(identity, resource);
    }
  }
  return {
    byUrn: (urn) => byUrn.get(urn),
    rowOf: catalogueRow,
    byIdentity: (identity) => byIdentity.get(identity),
    placesOf: (resource) =>
      settings.labels
        .filter((rule) => rule.places && matchesRule(rule, resource))
        .flatMap((rule) => rule.places ?? []),
    countryOfMegaportLocation: (id) => {
      const table = settings.tables.megaportLocations;
      return Object.hasOwn(table, id) ? table[id] : undefined;
    },
    ancestorWith: (resource, output) => ancestorWith(resource, output, byUrn),
  };
}

function ancestorWith(
  resource: PlannedResource,
  output: string,
  byUrn: ReadonlyMap<string, PlannedResource>,
): PlannedResource | undefined {
  let ancestor = resource.parent === undefined ? undefined : byUrn.get(resource.parent);
  while (ancestor && ancestor.outputs[output] === undefined) {
    ancestor = ancestor.parent === undefined ? undefined : byUrn.get(ancestor.parent);
  }
  return ancestor;
}

function nodeOf(resource: PlannedResource, index: Index, settings: Settings): DataNode {
  const row = catalogueRow(resource.type);
  const own = labelsOnResource(resource, row);
  const given = labelsOfSettings(resource, settings.labels);
  const above = labelledAncestor(resource, index);
  const inherited = above && !isPartOf(own.labels, above.labels) ? above : undefined;
  const labels = joinLabels([own.labels, given, ...(inherited ? [inherited.labels] : [])]);
  const interconnect = row?.carrier && index.ancestorWith(resource, "interconnect")?.outputs.interconnect;
  return {
    id: resource.urn,
    urn: resource.urn,
    kind: "resource",
    resource,
    ...(row ? { row } : {}),
    ...(typeof interconnect === "string" ? { interconnect } : {}),
    location: row ? locate(resource, row, index) : nowhere,
    labels,
    labelledBy: inherited && !isLabelled(own.labels) ? `labels of ${inherited.component.name}` : own.property,
    unreadableLabels: row?.role === "control" || carriesNoData(resource.type) ? [] : own.unreadable,
  };
}

/** A child may say which of its component's data it holds; saying something else instead does not take that data away. */
function isPartOf(own: Labels, above: Labels): boolean {
  if (!isLabelled(own)) return false;
  return own.datasets.length > 0
    ? own.datasets.every((name) => above.datasets.includes(name))
    : own.residency.every((term) => above.residency.includes(term));
}

/** What says nothing of its own takes the labels that the nearest component above it registered. */
function labelledAncestor(
  resource: PlannedResource,
  index: Index,
): { component: PlannedResource; labels: Labels } | undefined {
  let urn = resource.parent;
  while (urn !== undefined) {
    const component = index.byUrn(urn);
    if (!component) return undefined;
    const { labels } = labelsOfComponent(component);
    if (isLabelled(labels)) return { component, labels };
    urn = component.parent;
  }
  return undefined;
}

function edgesOf(
  resource: PlannedResource,
  index: Index,
  nodes: Map<string, DataNode>,
  settings: Settings,
): FlowEdge[] {
  const row = catalogueRow(resource.type);
  const ends = (references: readonly Reference[] | undefined) =>
    (references ?? []).flatMap((reference) => resolve(resource, reference, index));
  const link = (target: Target, direction: "in" | "out", carries: "data" | "key"): FlowEdge => {
    const other = nodeOfTarget(target, resource, nodes, settings);
    const [from, to] = direction === "in" ? [other, resource.urn] : [resource.urn, other];
    const certain = target.kind !== "resource" || target.certain;
    return { from, to, declaredBy: resource.urn, property: target.property, carries, certain };
  };
  const annotated = annotatedFlows(resource, index, settings.labels);
  if (!row || !isActive(resource, row)) return annotated;
  return [
    ...ends(row.sources).map((target) => link(target, "in", row.role === "key" ? "key" : "data")),
    ...ends(row.destinations).map((target) => link(target, "out", "data")),
    ...ends(row.keys).map((target) => link(target, "out", "key")),
    ...annotated,
  ];
}

/** A list of rules moves data while at least one element is active, or might be. */
function isActive(resource: PlannedResource, row: CatalogueRow): boolean {
  const condition = row.activeWhen;
  if (!condition) return true;
  const leaves = leavesAt(declaredProperties(resource), condition.path);
  return (
    leaves.length === 0 ||
    leaves.some((leaf) => typeof leaf.value !== "string" || leaf.value === condition.equals)
  );
}

function nodeOfTarget(
  target: Target,
  resource: PlannedResource,
  nodes: Map<string, DataNode>,
  settings: Settings,
): string {
  if (target.kind === "resource") return target.urn;
  const id =
    target.kind === "external" ? `external:${target.name}` : `unresolved:${resource.urn}#${target.property}`;
  if (nodes.has(id)) return id;
  const node = { id, urn: resource.urn, labelledBy: "", unreadableLabels: [] };
  if (target.kind === "external") {
    const external = describeExternal(target.name, settings.externalStores);
    const labels = { ...joinLabels([]), datasets: external.datasets };
    nodes.set(id, {
      ...node,
      kind: "external",
      location: external.location,
      labels,
      labelledBy: "externalStores",
    });
  } else {
    const location = { places: [], unresolved: [`${target.property}: ${target.reason}`] };
    nodes.set(id, { ...node, kind: "unresolved", location, labels: joinLabels([]) });
  }
  return id;
}

/** `reads` and `writes` of the settings: flows of code that no property shows. */
function annotatedFlows(resource: PlannedResource, index: Index, rules: readonly LabelRule[]): FlowEdge[] {
  const edge = (from: string, to: string, property: string): FlowEdge => {
    return { from, to, declaredBy: resource.urn, property, carries: "data", certain: true };
  };
  const known = (urns: readonly string[] | undefined) =>
    (urns ?? []).filter((urn) => index.byUrn(urn) !== undefined);
  return rules
    .filter((rule) => (rule.reads || rule.writes) && matchesRule(rule, resource))
    .flatMap((rule) => [
      ...known(rule.reads).map((urn) => edge(urn, resource.urn, "settings.labels.reads")),
      ...known(rule.writes).map((urn) => edge(resource.urn, urn, "settings.labels.writes")),
    ]);
}

function bySource(edges: readonly FlowEdge[]): Map<string, FlowEdge[]> {
  const outgoing = new Map<string, FlowEdge[]>();
  for (const edge of edges) {
    const list = outgoing.get(edge.from);
    if (list) list.push(edge);
    else outgoing.set(edge.from, [edge]);
  }
  for (const list of outgoing.values()) {
    list.sort(
      (a, b) => compare(a.to, b.to) || compare(a.declaredBy, b.declaredBy) || compare(a.property, b.property),
    );
  }
  return outgoing;
}
