import { type CatalogueRow, catalogueRows, type PlaceSource, type Reference } from "@hybrid-ai-fabric/graph";
import fc from "fast-check";
import { nested, type SpecProperties, together } from "./nested";
import { claims, keyType, type ResourceSpec, ref, type Spec, unborn } from "./plan";
import { sample } from "./triples";

const HOME = "ap-northeast-1";
const ABROAD = "us-east-1";
const regions = [HOME, "ap-northeast-3", ABROAD, undefined];

/** Packages whose resources say in properties where they stand. */
const others = /^(equinix|megaport|pinecone|kubernetes):/;
const rows = catalogueRows().filter(
  ({ type, places, code, opaque }) =>
    // What runs code is asked for what it reads by a rule of its own, which goes by the traces of its values.
    (others.test(type) && !code && !opaque) ||
    (type.startsWith("aws:") && places.some(({ how }) => how === "awsRegion")),
);
const stores = rows.filter(
  ({ type, role, tags }) => role === "store" && (tags !== undefined || others.test(type)),
);
/** Whatever joins two ends: replications, peerings, circuits, log deliveries, processors with what they read and write. */
const links = rows.filter((row) => row.role !== "control" && row.role !== "key" && endsOf(row).length > 0);
/** Few among a thousand, and drawn as often as the rest. */
const ofOthers = {
  stores: stores.filter(({ type }) => others.test(type)),
  links: links.filter(({ type }) => others.test(type)),
};

/** Properties that name an end: what it reads, where it writes, and the networks and circuits that it is attached to. */
function endsOf(row: CatalogueRow): Reference[] {
  return [
    ...row.sources.filter(isPlain).slice(0, 2),
    ...row.destinations.filter(isPlain).slice(0, 2),
    ...row.attached.slice(0, 2),
  ];
}

function isPlain({ kind }: Reference): boolean {
  return kind !== "tags" && kind !== "group";
}

type End = { store: number } | "abroad" | "at home" | "unknown" | "absent";

const end: fc.Arbitrary<End> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ store: fc.nat() }) },
  fc.constantFrom<End>("abroad", "at home", "unknown", "absent"),
);
const region = fc.constantFrom(...regions);
const storeChoice = fc.record({
  row: fc.oneof(fc.constantFrom(...stores), fc.constantFrom(...ofOthers.stores)),
  region,
  labelled: fc.boolean(),
  key: fc.option(fc.nat()),
});
const linkChoice = fc.record({
  row: fc.oneof(fc.constantFrom(...links), fc.constantFrom(...ofOthers.links)),
  region,
  ends: fc.array(end, { minLength: 6, maxLength: 6 }),
});

type LinkChoice = typeof linkChoice extends fc.Arbitrary<infer T> ? T : never;

/** Stores, keys, and flows of every kind that the catalogue knows, between any of them and to where nothing shows. */
export const flowPlans: fc.Arbitrary<ResourceSpec[]> = fc
  .record({
    keys: fc.array(region, { minLength: 1, maxLength: 2 }),
    stores: fc.array(storeChoice, { minLength: 1, maxLength: 6 }),
    links: fc.array(linkChoice, { maxLength: 6 }),
  })
  .map((chosen) => [
    ...sites,
    ...chosen.keys.map((where, i) => ({ type: keyType, name: `k${i}`, properties: standing(where) })),
    ...chosen.stores.map((store, i) => storeOf(`s${i}`, store, chosen.keys.length)),
    ...chosen.links.map((link, i) => linkOf(`l${i}`, link, chosen.stores.length)),
  ]);

/** One more flow for a plan, between stores that it already has. */
export const furtherFlow: fc.Arbitrary<(plan: readonly ResourceSpec[]) => ResourceSpec> = linkChoice.map(
  (link) => (plan) => linkOf("more", link, plan.filter(({ name }) => /^s\d+$/.test(name)).length),
);

function storeOf(
  name: string,
  { row, region: where, labelled, key }: typeof storeChoice extends fc.Arbitrary<infer T> ? T : never,
  keys: number,
): ResourceSpec {
  const [encrypted] = row.keys;
  const properties = together([
    placed(row, where),
    ...(labelled ? [labelOn(row)] : []),
    ...(encrypted && key !== null ? [nested(encrypted.path, ref(`k${key % keys}`))] : []),
  ]);
  return { type: sample(row.type), name, properties, ...clustered(row, where) };
}

function linkOf(name: string, { row, region: where, ends }: LinkChoice, stores: number): ResourceSpec {
  const references = endsOf(row);
  const named = references.flatMap((reference, i) => {
    const value = ended(ends[i] ?? "absent", reference, stores);
    return value === undefined ? [] : [nested(reference.path, value)];
  });
  // A circuit is where its ports are: a metro beside them that says something else would hide theirs.
  const own = row.carrier && named.length > 0 ? [] : [placed(row, where)];
  return {
    type: sample(row.type),
    name,
    properties: together([...own, ...named]),
    ...clustered(row, where),
  };
}

/** Components that say where the clusters below them stand. */
const sites: ResourceSpec[] = [
  { type: "example:index:Site", name: "home", properties: { place: "metro:TY" } },
  { type: "example:index:Site", name: "away", properties: { place: "metro:SG" } },
];

function clustered({ type }: CatalogueRow, where: string | undefined): { parent?: string } {
  if (!type.startsWith("kubernetes:") || where === undefined) return {};
  return { parent: where === ABROAD ? "away" : "home" };
}

/** Metros, locations and regions of a row: at home, abroad, or none where the region is none. */
function placed(row: CatalogueRow, where: string | undefined): SpecProperties {
  if (!others.test(row.type)) return standing(where);
  if (where === undefined) return {};
  return together(row.places.flatMap((source) => written(source, where !== ABROAD)));
}

function written(source: PlaceSource, isHome: boolean): SpecProperties[] {
  switch (source.how) {
    case "metro":
      return [nested(source.path, isHome ? "TY" : "SG")];
    case "megaportLocation":
      return [nested(source.path, isHome ? HOME_LOCATION : 2)];
    case "cloudRegion": {
      const region = isHome ? HOME : ABROAD;
      return source.cloud === undefined
        ? []
        : [together([nested(source.path, region), nested(source.cloud, "aws")])];
    }
    case "region":
      return [nested(source.path, isHome ? HOME : ABROAD)];
    case "firstOf":
      return source.sources.slice(0, 1).flatMap((first) => written(first, isHome));
    default:
      return [];
  }
}

/** A Megaport location that `flowSettings` place in Japan. */
const HOME_LOCATION = 1;
export const flowSettings = { tables: { megaportLocations: { [HOME_LOCATION]: "JP", 2: "SG" } } };

function labelOn({ tags }: CatalogueRow): SpecProperties {
  if (tags === "annotations")
    return {
      metadata: { annotations: { "hybrid-ai/dataset": "claims", "hybrid-ai/residency": "japan-only" } },
    };
  return { [tags ?? "tags"]: claims };
}

function standing(where: string | undefined): SpecProperties {
  return where === undefined ? {} : { region: where };
}

function ended(choice: End, { kind }: Reference, stores: number): Spec | undefined {
  if (choice === "absent") return undefined;
  if (choice === "unknown") return unborn;
  if (typeof choice === "object") return ref(`s${choice.store % stores}`);
  const where = choice === "abroad" ? ABROAD : HOME;
  return kind === "host" ? `a.${where}.amazonaws.com` : `arn:aws:sqs:${where}:111122223333:end`;
}

/** The plan with one value that was known, or computed from a resource of the plan, hidden without a trace. */
export function hidden(plan: readonly ResourceSpec[], pick: number): ResourceSpec[] {
  const places = plan.flatMap((spec, index) =>
    leaves(spec.properties ?? {}).map((path) => ({ index, path })),
  );
  const chosen = places[pick % Math.max(places.length, 1)];
  if (!chosen) return [...plan];
  return plan.map((spec, index) =>
    index === chosen.index
      ? { ...spec, properties: hide(spec.properties ?? {}, chosen.path) as SpecProperties }
      : spec,
  );
}

function leaves(value: Spec, path: readonly string[] = []): string[][] {
  if (!isBranch(value)) return value === unborn ? [] : [[...path]];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, [...path, key]));
}

function hide(value: Spec, [key, ...rest]: readonly string[]): Spec {
  if (key === undefined || !isBranch(value)) return unborn;
  if (Array.isArray(value)) return value.map((child, i) => (String(i) === key ? hide(child, rest) : child));
  return { ...value, [key]: hide(value[key] ?? null, rest) };
}

function isBranch(value: Spec): value is Spec[] | { [key: string]: Spec } {
  return Array.isArray(value) || (typeof value === "object" && value !== null && isWritten(value));
}

function isWritten(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

/** Rows that the plans are made of, for the count. */
export const kinds: { stores: readonly CatalogueRow[]; links: readonly CatalogueRow[] } = { stores, links };
