import { isDeepStrictEqual } from "node:util";
import { countryName } from "./countries";
import { factTables, type ListedTable, type TableLayer, withTables } from "./fact-table";
import { nearest } from "./nearest";
import { isPlain, quoted } from "./plain-value";
import { allowedEntryProblem } from "./residency";

/** A row of a user that does not fit its table. */
export interface TableProblem {
  /** `profiles.japan-only.places.store[0]` */
  path: string;
  reason: string;
}

/**
 * What is wrong with the rows of a user, all of it. A row has the fields of the shipped ones, with values of the same
 * kind; one that names a country, a bloc or a residency has to name one that the tables hold.
 */
export function tableProblems(layer: TableLayer): TableProblem[] {
  const known = new Map(factTables().map((table) => [table.name, table]));
  const unknown = Object.keys(layer)
    .filter((name) => !known.has(name))
    .map((path) => ({
      path,
      reason: `there is no such table; the nearest is ${nearest(path, [...known.keys()], 1)}`,
    }));
  const wrong = Object.entries(layer).flatMap(([name, rows]) => {
    const table = known.get(name);
    return table ? rowsProblems(table, rows) : [];
  });
  if (unknown.length + wrong.length > 0) return [...unknown, ...wrong];
  return withTables(layer, () => Object.keys(layer).flatMap((name) => meaningProblems(name, layer[name])));
}

/** Which rows of a user take the place of ours, or are taken away or added: `profiles.japan-only`. */
export function overriddenRows(layer: TableLayer): string[] {
  return Object.entries(layer)
    .flatMap(([table, rows]) => Object.keys(rows ?? {}).map((key) => `${table}.${key}`))
    .sort();
}

/** Keys under `tables` of the packs' settings that packs alone read: what a type does, where Megaport stands, the day of the rows. */
export const tablesOfPacks: readonly string[] = [
  "catalogue",
  "megaportBuildings",
  "megaportLocations",
  "asOf",
];

/** What a program plans by, of the `tables` of the packs' settings. */
export function plannedTables(tables: { readonly [key: string]: unknown }): TableLayer {
  return Object.fromEntries(
    Object.entries(tables).filter(([name]) => !tablesOfPacks.includes(name)),
  ) as TableLayer;
}

/** Rows that two layers do not say alike, or that one of them does not have: `profiles.japan-only`. */
export function differingRows(one: TableLayer, other: TableLayer): string[] {
  return [...new Set([...overriddenRows(one), ...overriddenRows(other)])].sort().filter((path) => {
    const [table = "", ...key] = path.split(".");
    const rowOf = (layer: TableLayer) => layer[table]?.[key.join(".")];
    return !isDeepStrictEqual(rowOf(one), rowOf(other));
  });
}

function rowsProblems(table: ListedTable, rows: unknown): TableProblem[] {
  if (!isPlain(rows)) return [{ path: table.name, reason: `${quoted(rows)} is not a map of rows` }];
  if (table.examples.length === 0) return [{ path: table.name, reason: "it takes no rows of a user" }];
  const shape = shapeOf(table.examples);
  return Object.entries(rows).flatMap(([key, row]) => {
    if (row === null) return [];
    const path = `${table.name}.${key}`;
    return fits(row, shape, path, Object.hasOwn(table.shipped, key));
  });
}

/** What values a place in the shipped rows takes. */
interface Shape {
  kinds: Set<"text" | "number" | "flag" | "list" | "object" | "nothing">;
  elements: unknown[];
  fields: Map<string, unknown[]>;
  /** How many objects were seen, against which a field is required or not. */
  objects: number;
}

function shapeOf(values: readonly unknown[]): Shape {
  const shape: Shape = { kinds: new Set(), elements: [], fields: new Map(), objects: 0 };
  for (const value of values) {
    shape.kinds.add(kindOf(value));
    if (Array.isArray(value)) shape.elements.push(...value);
    else if (isPlain(value)) {
      shape.objects++;
      for (const [field, child] of Object.entries(value))
        shape.fields.set(field, [...(shape.fields.get(field) ?? []), child]);
    }
  }
  return shape;
}

function fits(value: unknown, shape: Shape, path: string, mergesOver: boolean): TableProblem[] {
  const kind = kindOf(value);
  if (!shape.kinds.has(kind)) {
    const legal = [...shape.kinds].filter((one) => one !== "nothing").sort();
    return [{ path, reason: `${quoted(value)} is not a ${legal.join(" or a ")}` }];
  }
  if (Array.isArray(value)) {
    const element = shapeOf(shape.elements);
    return value.flatMap((one, index) => fits(one, element, `${path}[${index}]`, false));
  }
  if (!isPlain(value)) return [];
  const legal = [...shape.fields.keys()];
  const wrong = Object.entries(value).flatMap(([field, child]) => {
    const seen = shape.fields.get(field);
    return seen
      ? fits(child, shapeOf(seen), `${path}.${field}`, mergesOver)
      : [{ path: `${path}.${field}`, reason: `unknown field; the nearest is ${nearest(field, legal, 1)}` }];
  });
  if (mergesOver) return wrong;
  const missing = legal
    .filter((field) => shape.fields.get(field)?.length === shape.objects && !(field in value))
    .map((field) => ({ path: `${path}.${field}`, reason: "is missing" }));
  return [...wrong, ...missing];
}

/** What fits a table may still name a country that no table holds. */
function meaningProblems(name: string, rows: TableLayer[string]): TableProblem[] {
  return Object.entries(rows ?? {}).flatMap(([key, row]) => {
    const path = `${name}.${key}`;
    switch (name) {
      case "blocs":
      case "denyLists":
      case "geoScopes":
        return texts(row).flatMap((code, index) => countryProblem(code, `${path}[${index}]`));
      case "localZones":
      case "cloudRegions":
        return texts([row]).flatMap((code) => countryProblem(code, path));
      case "hosts":
        return patternProblems(row, path);
      case "transferRelations":
        return isPlain(row) && key !== `${row.from}>${row.to}` && "from" in row
          ? [{ path, reason: `its key should be ${row.from}>${row.to}` }]
          : [];
      case "profiles":
        return profileProblems(row, path);
      default:
        return isPlain(row) && typeof row.country === "string"
          ? countryProblem(row.country, `${path}.country`)
          : [];
    }
  });
}

function profileProblems(row: unknown, path: string): TableProblem[] {
  const places = isPlain(row) && isPlain(row.places) ? row.places : {};
  const disputed = isPlain(row) && isPlain(row.operators) ? row.operators.disputedExposure : undefined;
  const legal = ["deny", "warn", "ignore"];
  const counts: TableProblem[] =
    typeof disputed !== "string" || legal.includes(disputed)
      ? []
      : [
          {
            path: `${path}.operators.disputedExposure`,
            reason: `${quoted(disputed)} is none of ${legal.join(", ")}`,
          },
        ];
  const kinds = isPlain(row) && isPlain(row.kinds) ? Object.entries(row.kinds) : [];
  return [
    ...counts,
    ...placesProblems(places, `${path}.places`),
    ...kinds.flatMap(([kind, narrower]) => placesProblems(narrower, `${path}.kinds.${kind}`)),
  ];
}

function placesProblems(places: unknown, path: string): TableProblem[] {
  return Object.entries(isPlain(places) ? places : {}).flatMap(([dimension, entries]) =>
    texts(entries).flatMap((entry, index) => {
      const reason = allowedEntryProblem(entry);
      return reason === undefined ? [] : [{ path: `${path}.${dimension}[${index}]`, reason }];
    }),
  );
}

function patternProblems(row: unknown, path: string): TableProblem[] {
  if (!isPlain(row) || typeof row.pattern !== "string") return [];
  try {
    new RegExp(row.pattern);
    return [];
  } catch (error) {
    return [{ path: `${path}.pattern`, reason: (error as Error).message }];
  }
}

function countryProblem(code: string, path: string): TableProblem[] {
  return countryName(code) === undefined
    ? [{ path, reason: `${quoted(code)} is no country of the tables; add it to countries` }]
    : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

function kindOf(value: unknown): "text" | "number" | "flag" | "list" | "object" | "nothing" {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "string") return "text";
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "flag";
  return Array.isArray(value) ? "list" : "object";
}
