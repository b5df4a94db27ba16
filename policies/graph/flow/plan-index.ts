import { catalogueRow } from "../catalogue";
import { matchesRule, tagsInForce } from "../labels";
import {
  DEEPEST,
  isOnlyInProgram,
  type Location,
  locate,
  type Neighbourhood,
  nowhere,
  unresolved,
} from "../places";
import { type PlannedResource, providerOf } from "../resource";
import type { LabelRule, Settings } from "../settings";
import { isRecord } from "../value";
import { ANY_VALUE, type Directory, identities } from "./directory";
import { exportedStores, exportedSubnets } from "./exported";
import type { ExportedStore } from "./external";
import type { Trace } from "./memory";
import { namedBy } from "./references";

/** Everything about a plan that is looked up by key, built in one pass. */
export interface PlanIndex extends Directory, Neighbourhood {
  /** Label rules of the settings that match a resource. */
  rulesOf(resource: PlannedResource): readonly LabelRule[];
  exported: ReadonlyMap<string, ExportedStore>;
}

/** With a trace, every look-up is noted there with its answer. */
export function indexPlan(
  resources: readonly PlannedResource[],
  settings: Settings,
  trace?: Trace,
): PlanIndex {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const managed = resources.filter((resource) => !isOnlyInProgram(resource));
  const byIdentity = indexBy(managed, (resource) => {
    const row = catalogueRow(resource.type);
    return row ? identities(resource, row) : [];
  });
  const rules = rulesByUrn(settings.labels);
  const located = new Map<string, Location>();
  let tagged: Map<string, PlannedResource[]> | undefined;
  const subnets = exportedSubnets(resources);

  const index: PlanIndex = {
    byUrn: (urn) => {
      const found = byUrn.get(urn);
      trace?.note("urn", urn, found);
      return found;
    },
    rowOf: catalogueRow,
    byIdentity: (identity) => {
      const found = byIdentity.get(identity) ?? none;
      trace?.note("identity", identity, found);
      return found;
    },
    byTag: (tag) => {
      tagged ??= indexBy(managed, (resource) =>
        tagsOf(
          resource,
          providerOf(resource, (urn) => byUrn.get(urn)),
        ),
      );
      const found = tagged.get(tag) ?? none;
      trace?.note("tag", tag, found);
      return found;
    },
    regionsOf: (resource) => index.locate(resource, 0).places.flatMap(({ place }) => place.region ?? []),
    named: (resource, path) => namedBy(resource, path, index),
    locate: (resource, depth) => {
      const known = located.get(resource.urn);
      if (known) {
        trace?.repeat(resource.urn);
        return known;
      }
      if (depth > DEEPEST) trace?.spoil();
      const row = catalogueRow(resource.type);
      if (!row) return nowhere;
      // While its own place is being read, a resource that names itself has none.
      located.set(resource.urn, unresolved("its place is that of a resource which names it in turn"));
      const read = () => locate(resource, row, index, depth);
      const found = trace ? trace.during(resource.urn, read) : read();
      located.set(resource.urn, found);
      return found;
    },
    rulesOf: (resource) => [
      ...(rules.exact.get(resource.urn) ?? []),
      ...rules.patterns.filter((rule) => matchesRule(rule, resource)),
    ],
    placesOf: (resource) => index.rulesOf(resource).flatMap((rule) => rule.places ?? []),
    exportedSubnet: (id) => subnets.get(id),
    countryOfMegaportLocation: (id) => {
      const table = settings.tables.megaportLocations;
      return Object.hasOwn(table, id) ? table[id] : undefined;
    },
    ancestorWith: (resource, output) => {
      let ancestor = resource.parent === undefined ? undefined : index.byUrn(resource.parent);
      while (ancestor && ancestor.outputs[output] === undefined) {
        ancestor = ancestor.parent === undefined ? undefined : index.byUrn(ancestor.parent);
      }
      return ancestor;
    },
    exported: exportedStores(resources),
  };
  return index;
}

const none: readonly PlannedResource[] = [];

function indexBy(
  resources: readonly PlannedResource[],
  keysOf: (resource: PlannedResource) => readonly string[],
): Map<string, PlannedResource[]> {
  const index = new Map<string, PlannedResource[]>();
  for (const resource of resources) {
    for (const key of keysOf(resource)) {
      const list = index.get(key);
      if (list) list.push(resource);
      else index.set(key, [resource]);
    }
  }
  return index;
}

/** A value that is not known yet may turn out to be any. */
function tagsOf(resource: PlannedResource, provider: PlannedResource | undefined): string[] {
  const tags = tagsInForce(resource, provider);
  if (catalogueRow(resource.type)?.role !== "store" || !isRecord(tags)) return [];
  return Object.entries(tags).map(([key, value]) =>
    isRecord(value) ? `${key}=${ANY_VALUE}` : `${key}=${String(value)}`,
  );
}

/** Most rules name one URN: those are found by it, and only patterns are tried on every resource. */
function rulesByUrn(labels: readonly LabelRule[]): {
  exact: ReadonlyMap<string, LabelRule[]>;
  patterns: readonly LabelRule[];
} {
  const exact = new Map<string, LabelRule[]>();
  const patterns: LabelRule[] = [];
  for (const rule of labels) {
    const literal = rule.urn !== undefined && !/[*?]/.test(rule.urn) && !rule.type && !rule.name;
    if (literal && rule.urn !== undefined) exact.set(rule.urn, [...(exact.get(rule.urn) ?? []), rule]);
    else patterns.push(rule);
  }
  return { exact, patterns };
}
