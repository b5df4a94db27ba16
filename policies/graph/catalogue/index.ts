import aws from "./data/aws.json";
import carriesNothing from "./data/carries-nothing.json";
import equinix from "./data/equinix.json";
import kubernetes from "./data/kubernetes.json";
import megaport from "./data/megaport.json";
import others from "./data/others.json";
import { fullType, readRow, type WrittenRow } from "./read";
import type { CatalogueRow } from "./row";

export type { CatalogueRow, PlaceSource, Reference, ReferenceKind, Role } from "./row";

const tables = [aws, equinix, kubernetes, megaport, others] as unknown as { rows: WrittenRow[] }[];
const rows = tables.flatMap((table) => table.rows.map(readRow));
const byType = new Map(rows.flatMap((row) => [row.type, ...row.alsoKnownAs].map((type) => [type, row])));

/** Rows of packages that a program may have added under a name of its own (`pulumi package add --provider-name`). */
const bySuffix = new Map(
  rows.filter(({ type }) => type.includes(":index/")).map((row) => [afterPackage(row.type), row]),
);

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
  return rows;
}

/** Kubernetes types are one by group and kind: `kubernetes:apps/v1:Deployment` is `kubernetes:apps:Deployment`. */
function withoutVersion(type: string): string {
  const [, group, kind] = /^kubernetes:(?:([^:/]+)\/)?[^:/]+:(\w+?)(?:Patch|List)?$/.exec(type) ?? [];
  return kind === undefined ? type : `kubernetes:${group ?? "core"}:${kind}`;
}

function afterPackage(type: string): string {
  return type.slice(type.indexOf(":") + 1);
}
