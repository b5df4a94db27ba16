import aws from "./data/aws.json";
import carriesNothing from "./data/carries-nothing.json";
import equinix from "./data/equinix.json";
import megaport from "./data/megaport.json";
import type { CatalogueRow } from "./row";

export type { CatalogueRow, PlaceSource, Reference, ReferenceKind, Role } from "./row";

const tables = [aws, equinix, megaport] as unknown as { rows: CatalogueRow[] }[];

const rows = new Map<string, CatalogueRow>();
for (const table of tables) {
  for (const row of table.rows)
    for (const type of [row.type, ...(row.alsoKnownAs ?? [])]) rows.set(type, row);
}

const neutral = new Set<string>(carriesNothing.types);
const neutralPackages = new Set<string>(carriesNothing.packages);

/** The row of a resource type, or undefined for a type that the catalogue does not hold. */
export function catalogueRow(type: string): CatalogueRow | undefined {
  return rows.get(type);
}

/** True for types that were reviewed and hold or move no customer data: permissions, route tables, network anchors. */
export function carriesNoData(type: string): boolean {
  return neutral.has(type) || neutralPackages.has(type.split(":", 1)[0] ?? type);
}

export function catalogueRows(): CatalogueRow[] {
  return [...new Set(rows.values())];
}
