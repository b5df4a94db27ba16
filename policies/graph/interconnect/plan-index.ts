import type { Graph } from "../flow/node";
import { type PlannedResource, shortName } from "../resource";
import type { View } from "../rule";
import { hiddenBecause } from "../value";
import { append } from "./groups";
import { type Noun, nounOf } from "./nouns";
import { asked } from "./reading";

/** The resources of a property's other end, or why nothing shows them. */
export interface Named {
  resources: PlannedResource[];
  /** Ids that stand in the property but belong to no resource of this plan. */
  elsewhere: string[];
  unresolved?: string;
}

/** The private paths of a plan, indexed once for all rules. */
export interface Interconnect {
  /** Resources of the given kinds, in an order that does not depend on the engine's. */
  all(...nouns: Noun[]): PlannedResource[];
  /** Resources of the given kinds that a property names, by their id or by what the value was computed from. */
  named(resource: PlannedResource, property: string, ...nouns: Noun[]): Named;
  byUrn(urn: string): PlannedResource | undefined;
  /** Components around a resource, nearest first. */
  componentsOf(resource: PlannedResource): PlannedResource[];
}

const built = new WeakMap<Graph, Interconnect>();

/** The index of a view: built at the first question, so that twenty rules walk the plan once. */
export function interconnectOf(view: View): Interconnect {
  const known = built.get(view.graph);
  if (known) return known;
  const fresh = index(view.graph.resources);
  built.set(view.graph, fresh);
  return fresh;
}

/** Properties by which other resources name one of these: Megaport's have no id, so `productUid` stands for it. */
const identityProperties = ["id", "uuid", "productUid", "arn", "connectionId"];

function index(resources: readonly PlannedResource[]): Interconnect {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const byNoun = new Map<Noun, PlannedResource[]>();
  const byIdentity = new Map<string, PlannedResource[]>();
  for (const resource of resources) {
    const noun = nounOf(resource.type);
    if (!noun) continue;
    append(byNoun, noun, resource);
    for (const property of identityProperties) {
      const id = resource.outputs[property];
      if (typeof id === "string" && id !== "" && !isReference(noun, property))
        append(byIdentity, id, resource);
    }
  }
  return {
    all: (...nouns) => nouns.flatMap((noun) => byNoun.get(noun) ?? []),
    byUrn: (urn) => byUrn.get(urn),
    componentsOf: (resource) => componentsOf(resource, byUrn),
    named: (resource, property, ...nouns) => named(resource, property, nouns, byUrn, byIdentity),
  };
}

/** `connectionId` is what a confirmation is known by, and a pointer to something else on the rest. */
function isReference(noun: Noun, property: string): boolean {
  return property === "connectionId" && noun !== "confirmation";
}

function named(
  resource: PlannedResource,
  property: string,
  nouns: readonly Noun[],
  byUrn: ReadonlyMap<string, PlannedResource>,
  byIdentity: ReadonlyMap<string, PlannedResource[]>,
): Named {
  const fits = (candidate: PlannedResource) => nouns.some((noun) => noun === nounOf(candidate.type));
  const leaves = asked(resource, property);
  const traced = (resource.propertyDependencies[property.split(/[.[]/, 1)[0] ?? property] ?? [])
    .flatMap((urn) => byUrn.get(urn) ?? [])
    .filter(fits);
  const literal = leaves.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
  const owners = literal.flatMap((id) => (byIdentity.get(id) ?? []).filter(fits));
  if (owners.length > 0) return { resources: unique(owners), elsewhere: [] };
  if (traced.length > 0) return { resources: unique(traced), elsewhere: [] };
  const hidden = leaves.map(({ value }) => hiddenBecause(value)).find((why) => why !== undefined);
  return {
    resources: [],
    elsewhere: literal,
    ...(hidden === undefined
      ? {}
      : { unresolved: `${property} of ${shortName(resource.urn)} leads nowhere: ${hidden}` }),
  };
}

function componentsOf(
  resource: PlannedResource,
  byUrn: ReadonlyMap<string, PlannedResource>,
): PlannedResource[] {
  const above: PlannedResource[] = [];
  let parent = resource.parent === undefined ? undefined : byUrn.get(resource.parent);
  while (parent && !above.includes(parent)) {
    above.push(parent);
    parent = parent.parent === undefined ? undefined : byUrn.get(parent.parent);
  }
  return above;
}

function unique(resources: readonly PlannedResource[]): PlannedResource[] {
  return [...new Set(resources)];
}
