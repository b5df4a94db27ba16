import { type CatalogueRow, catalogueRows, type Reference } from "@hybrid-ai-fabric/graph";
import fc from "fast-check";
import { nested, type SpecProperties, together } from "./nested";
import { claims, keyType, type ResourceSpec, ref, type Spec, unborn } from "./plan";

const HOME = "ap-northeast-1";
const ABROAD = "us-east-1";
const regions = [HOME, "ap-northeast-3", ABROAD, undefined];

const rows = catalogueRows().filter(
  ({ type, places }) => type.startsWith("aws:") && places.some(({ how }) => how === "awsRegion"),
);
const stores = rows.filter(({ role, tags }) => role === "store" && tags === "tags");
/** Whatever joins two ends: replications, peerings, log deliveries, backups, processors with what they read and write. */
const links = rows.filter(
  ({ role, sources, destinations }) =>
    role !== "control" && role !== "key" && [...sources, ...destinations].some(isPlain),
);

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
  row: fc.constantFrom(...stores),
  region,
  labelled: fc.boolean(),
  key: fc.option(fc.nat()),
});
const linkChoice = fc.record({
  row: fc.constantFrom(...links),
  region,
  ends: fc.array(end, { minLength: 4, maxLength: 4 }),
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
    standing(where),
    ...(labelled ? [{ tags: claims }] : []),
    ...(encrypted && key !== null ? [nested(encrypted.path, ref(`k${key % keys}`))] : []),
  ]);
  return { type: row.type, name, properties };
}

function linkOf(name: string, { row, region: where, ends }: LinkChoice, stores: number): ResourceSpec {
  const references = [
    ...row.sources.filter(isPlain).slice(0, 2),
    ...row.destinations.filter(isPlain).slice(0, 2),
  ];
  const named = references.flatMap((reference, i) => {
    const value = written(ends[i] ?? "absent", reference, stores);
    return value === undefined ? [] : [nested(reference.path, value)];
  });
  return { type: row.type, name, properties: together([standing(where), ...named]) };
}

function standing(where: string | undefined): SpecProperties {
  return where === undefined ? {} : { region: where };
}

function written(choice: End, { kind }: Reference, stores: number): Spec | undefined {
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
