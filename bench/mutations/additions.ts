import {
  type CatalogueRow,
  catalogueRows,
  type PlannedResource,
  unknownValue,
  type Value,
} from "@hybrid-ai-fabric/graph";
import { type End, endsOf, foreign, nearEndsOf } from "./ends";
import { type Link, linksOf } from "./links";
import type { Holder, Mutation, Places } from "./mutation";
import { resourceOf, type Written } from "./plan-edits";
import { clusterAbroad, providerAbroad, providerBeside, settled } from "./standing";

/** A resource that the catalogue allows beside a holder, with the end that decides where the data goes. */
interface Addition {
  kind: string;
  row: CatalogueRow;
  link: Link;
  end: End;
}

/**
 * A resource is added that takes data from a holder: it stands abroad itself, or it stands at home and leads abroad, by
 * every pair of a property that names the holder and one that leads on.
 */
export function additions(plan: readonly PlannedResource[], holder: Holder, places: Places): Mutation[] {
  return catalogueRows().flatMap((row) =>
    linksOf(row, holder).flatMap((link) => [
      ...additionsOf(row, link, holder, places).flatMap((addition) => added(plan, holder, addition, places)),
      ...inClusters(plan, holder, row, link, places),
    ]),
  );
}

function additionsOf(row: CatalogueRow, link: Link, holder: Holder, places: Places): Addition[] {
  const properties = resourceOf(row.type, "leak", holder.resource, [link]).inputs;
  const setting = { ...holder, places, properties };
  const ends = link.isFarEnd ? nearEndsOf(row, setting) : endsOf(row, setting);
  return (
    ends
      .filter(({ path }) => !overlap(path, link.path))
      .filter(({ kind }) => kind !== "region" || (row.dimensions.length > 0 && !link.isOfItsRegion))
      // Whatever reads from any store abroad is one; what leads on from it is asked of one store of each kind.
      .filter(({ kind }) => holder.isFirst || (kind === "region" && holder.row.role === "store"))
      .map((end) => ({ kind: kindOf(row, end), row, link, end }))
  );
}

/**
 * The same resources where nothing leads abroad: a reader at home, and a flow or a path at home to an end at home. Of
 * rows whose place the region alone decides: the rest is refused for what it is, wherever it leads.
 */
export function additionsAtHome(
  plan: readonly PlannedResource[],
  holder: Holder,
  places: Places,
): Mutation[] {
  return catalogueRows()
    .filter(staysAtHome)
    .flatMap((row) =>
      linksOf(row, holder).flatMap((link) =>
        additionsOf(row, link, holder, places).flatMap((addition) => addedAtHome(plan, holder, addition)),
      ),
    );
}

/**
 * What somebody else offers is accepted: such a path names no network of ours, and joins one of the region all the same.
 */
export function acceptances(plan: readonly PlannedResource[], holder: Holder, places: Places): Mutation[] {
  if (!holder.row.network) return [];
  return catalogueRows()
    .filter(({ network, type }) => network && /Accept[eo]r$/.test(type))
    .flatMap((row) =>
      row.sources.flatMap((reference) => {
        const what = `${row.type} beside ${holder.resource.name} by ${reference.path}`;
        const make = (value: Value) => () => [
          ...plan,
          beside(plan, holder, row, [...settled(row, "", holder.region), { path: reference.path, value }]),
        ];
        return [
          { kind: "accepted path, known", what, make: make(foreign(reference, places.abroad)) },
          { kind: "accepted path, unknown", what, make: make(unknownValue) },
        ];
      }),
    );
}

function staysAtHome({ places, opaque }: CatalogueRow): boolean {
  if (opaque) return false;
  return places.every(({ how }) => how === "awsRegion" || how === "region" || how === "anywhereUnless");
}

function addedAtHome(
  plan: readonly PlannedResource[],
  holder: Holder,
  { kind, row, link, end }: Addition,
): Mutation[] {
  const what = `${row.type} of ${holder.resource.name} by ${link.path} with ${end.path}`;
  const make = (written: readonly Written[], others: PlannedResource[] = []) => [
    ...plan,
    ...others,
    beside(plan, holder, row, [link, ...settled(row, end.path, holder.region), ...written]),
  ];
  const { home, target } = end;
  if (home !== undefined)
    return [{ kind: `${kind}, at home`, what, make: () => make([{ path: end.path, value: home }]) }];
  // Where a part of what stands there is asked for as well, a value that is computed as a whole hides it.
  const parts = [...row.sources, ...row.destinations].filter(({ path }) => overlap(path, end.path));
  if (target === undefined || parts.length > 1) return [];
  const at = () =>
    leadingTo(target, holder.region, holder, plan, (written, others) =>
      make([{ ...written, path: end.path }], others),
    );
  return [{ kind: `${kind}, at home`, what, make: at }];
}

/** One of two paths is the other, or a part of it: what is written there is one value. */
export function overlap(a: string, b: string): boolean {
  const [short, long] = [a, b].map((path) => path.replace(/\[\]/g, "")).sort((x, y) => x.length - y.length);
  return short !== undefined && (long === short || long?.startsWith(`${short}.`) === true);
}

function kindOf(row: CatalogueRow, { kind }: End): string {
  if (row.network || row.role === "path") return kind === "region" ? "path abroad" : `path at home, ${kind}`;
  return kind === "region" ? "copy" : `flow at home, ${kind}`;
}

function added(
  plan: readonly PlannedResource[],
  holder: Holder,
  { kind, row, link, end }: Addition,
  places: Places,
): Mutation[] {
  const what = `${row.type} of ${holder.resource.name} by ${link.path}${end.kind === "region" ? "" : ` to ${end.path}`}`;
  const make = (written: Omit<Written, "path">, others: PlannedResource[] = []) => [
    ...plan,
    ...others,
    beside(plan, holder, row, [
      link,
      ...settled(row, end.path, holder.region),
      { ...written, path: end.path },
    ]),
  ];
  const { target } = end;
  return [
    { kind: `${kind}, known`, what, make: () => make({ value: end.abroad }) },
    ...(end.unknownIsHome
      ? []
      : [{ kind: `${kind}, unknown`, what, make: () => make({ value: unknownValue }) }]),
    ...(target === undefined
      ? []
      : [
          {
            kind: `${kind}, of the plan`,
            what,
            make: () => leadingTo(target, places.abroad, holder, plan, make),
          },
        ]),
  ];
}

/** The end is a resource of the plan that stands in a region. */
export function leadingTo(
  target: string,
  region: string,
  holder: Holder,
  plan: readonly PlannedResource[],
  make: (written: Omit<Written, "path">, others: PlannedResource[]) => PlannedResource[],
): PlannedResource[] {
  const there = standing(plan, holder, target, "leak-end", [{ path: "region", value: region }]);
  return make({ value: unknownValue, from: [there.urn] }, [there]);
}

export function beside(
  plan: readonly PlannedResource[],
  holder: Holder,
  row: CatalogueRow,
  written: readonly Written[],
): PlannedResource {
  return standing(plan, holder, row.type, "leak", written);
}

function standing(
  plan: readonly PlannedResource[],
  holder: Holder,
  type: string,
  name: string,
  written: readonly Written[],
): PlannedResource {
  const token = versioned(type);
  const provider = providerBeside(plan, token, holder);
  return { ...resourceOf(token, name, holder.resource, written), ...(provider ? { provider } : {}) };
}

/** Rows of Kubernetes hold for every version of a group. */
function versioned(type: string): string {
  const [, group, kind] = /^kubernetes:([^:]+):(\w+)$/.exec(type) ?? [];
  return group === undefined ? type : `kubernetes:${group}/v1:${kind}`;
}

/** An object that takes data from a holder, in another cluster. */
function inClusters(
  plan: readonly PlannedResource[],
  holder: Holder,
  row: CatalogueRow,
  link: Link,
  places: Places,
): Mutation[] {
  if (!row.places.some(({ how }) => how === "cluster")) return [];
  const { resource } = holder;
  const what = `${row.type} of ${resource.name} by ${link.path}`;
  const make = (where: Places | undefined) => () => [
    ...plan,
    ...clusterAbroad(resource, where),
    { ...beside(plan, holder, row, [link]), provider: providerAbroad(resource) },
  ];
  return [
    { kind: "copy in a cluster, known", what, make: make(places) },
    { kind: "copy in a cluster, unknown", what, make: make(undefined) },
  ];
}
