import { factTable, perLayer } from "@hybrid-ai-fabric/locality";
import aws from "./data/aws.json";
import carriesNothing from "./data/carries-nothing.json";
import equinix from "./data/equinix.json";
import kubernetes from "./data/kubernetes.json";
import megaport from "./data/megaport.json";
import others from "./data/others.json";
import { fullType, readRow, type WrittenRow, wrongWords } from "./read";
import type { CatalogueRow } from "./row";

export {
  type CatalogueRow,
  type PlaceSource,
  type Reference,
  type ReferenceKind,
  type Role,
  referencesOf,
} from "./row";

const tables = [aws, equinix, kubernetes, megaport, others] as unknown as { rows: WrittenRow[] }[];
/** Rows as they are written, by token; a user adds rows for types of their own, or lays fields over ours. */
const written = factTable<Omit<WrittenRow, "type">>(
  "catalogue",
  aws.asOf,
  Object.fromEntries(
    tables.flatMap((table) => table.rows.map(({ type, ...row }) => [fullType(type), row] as const)),
  ),
);

interface Catalogue {
  rows: readonly CatalogueRow[];
  byType: ReadonlyMap<string, CatalogueRow>;
  /** Rows of packages that a program may have added under a name of its own (`pulumi package add --provider-name`). */
  bySuffix: ReadonlyMap<string, CatalogueRow>;
}

const catalogue = perLayer((): Catalogue => {
  const rows = written.entries().map(([type, row]) => readRow({ type, ...row }));
  return {
    rows,
    byType: new Map(rows.flatMap((row) => [row.type, ...row.alsoKnownAs].map((type) => [type, row]))),
    bySuffix: new Map(
      rows.filter(({ type }) => type.includes(":index/")).map((row) => [afterPackage(row.type), row]),
    ),
  };
});

/** What is wrong with the rows that a user adds, beyond what the fields of the shipped ones show. */
export function catalogueProblems(
  rows: { readonly [key: string]: unknown } = {},
): { path: string; reason: string }[] {
  return Object.entries(rows).flatMap(([type, row]) => {
    const path = `catalogue.${type}`;
    const short = type.includes(":") ? [] : [{ path, reason: "write the whole token: package:module:Type" }];
    if (row === null) return short;
    return [...short, ...wrongWords(row as Partial<WrittenRow>).map((reason) => ({ path, reason }))];
  });
}

const neutral = new Set<string>([
  ...carriesNothing.types,
  ...carriesNothing.kubernetes.map((kind) => `kubernetes:${kind}`),
  ...Object.entries(carriesNothing.aws).flatMap(([module, names]) =>
    names.split(" ").map((name) => fullType(`${module}/${name}`)),
  ),
]);
const neutralPackages = new Set<string>(carriesNothing.packages);

/** The row of a resource type, or undefined for a type that the catalogue does not hold. */
export function catalogueRow(type: string): CatalogueRow | undefined {
  const { byType, bySuffix } = catalogue();
  return byType.get(type) ?? byType.get(withoutVersion(type)) ?? bySuffix.get(afterPackage(type));
}

/** True for types that were reviewed and hold or move no customer data: permissions, route tables, names. */
export function carriesNoData(type: string): boolean {
  return (
    neutral.has(type) ||
    neutral.has(withoutVersion(type)) ||
    neutralPackages.has(type.split(":", 1)[0] ?? type)
  );
}

export function catalogueRows(): readonly CatalogueRow[] {
  return catalogue().rows;
}

/** Kubernetes types are one by group and kind: `kubernetes:apps/v1:Deployment` is `kubernetes:apps:Deployment`. */
function withoutVersion(type: string): string {
  const [, group, kind] = /^kubernetes:(?:([^:/]+)\/)?[^:/]+:(\w+?)(?:Patch|List)?$/.exec(type) ?? [];
  return kind === undefined ? type : `kubernetes:${group ?? "core"}:${kind}`;
}

function afterPackage(type: string): string {
  return type.slice(type.indexOf(":") + 1);
}
