import { isPlain } from "./plain-value";

/** Rows of a user by table and key, laid over those that are shipped; null takes a row away. */
export interface TableLayer {
  readonly [table: string]: { readonly [key: string]: unknown } | undefined;
}

/** Facts by key, with the day on which they were collected. */
export interface FactTable<Row> {
  readonly name: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** Days after which the facts should be looked up again. */
  readonly validDays: number;
  get(key: string): Row | undefined;
  keys(): string[];
  entries(): [string, Row][];
}

/** A table as those see it who check or list all of them. */
export interface ListedTable extends FactTable<unknown> {
  /** The rows as they are shipped. */
  readonly shipped: { readonly [key: string]: unknown };
  /** Rows that show what a row looks like. */
  readonly examples: readonly unknown[];
}

const tables = new Map<string, ListedTable>();

const noLayer: TableLayer = Object.freeze({});
let active: TableLayer = noLayer;

/** Facts about law, places and operators change within a year; a year is also what a review is due after. */
const VALID_DAYS = 365;

/** Makes a table of facts that a user can lay rows over, and lists it. */
export function factTable<Row>(
  name: string,
  asOf: string,
  shipped: { readonly [key: string]: Row | undefined },
  { validDays = VALID_DAYS, examples }: { validDays?: number; examples?: readonly Row[] } = {},
): FactTable<Row> {
  const rows = perLayer((layer) => mergeRows(shipped, layer[name]) as { [key: string]: Row | undefined });
  const table: FactTable<Row> = {
    name,
    asOf,
    validDays,
    get: (key) => {
      const all = rows();
      return Object.hasOwn(all, key) ? all[key] : undefined;
    },
    keys: () => Object.keys(rows()),
    entries: () => Object.entries(rows()).flatMap(([key, row]) => (row === undefined ? [] : [[key, row]])),
  };
  tables.set(name, { ...table, shipped, examples: examples ?? Object.values(shipped) });
  return table;
}

/** Every table of facts by name. */
export function factTables(): ListedTable[] {
  return [...tables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Does something while the rows of a user lie over the tables. What is done must end before this returns: the layer is
 * that of the whole process.
 */
export function withTables<Result>(layer: TableLayer, work: () => Result): Result {
  const before = active;
  active = Object.keys(layer).length === 0 ? noLayer : layer;
  try {
    return work();
  } finally {
    active = before;
  }
}

/** Lays rows of a user over the tables for the rest of the process: for a program, which plans one environment and ends. */
export function layTables(layer: TableLayer): void {
  active = layer;
}

/** The layer that lies over the tables now: whatever is worked out from tables holds only as long as it does. */
export function activeLayer(): TableLayer {
  return active;
}

/** Something that is worked out from tables, once for each layer. */
export function perLayer<Result>(compute: (layer: TableLayer) => Result): () => Result {
  const known = new WeakMap<TableLayer, { result: Result }>();
  let last: { layer: TableLayer; result: Result } | undefined;
  return () => {
    if (last?.layer === active) return last.result;
    const { result } = known.get(active) ?? { result: compute(active) };
    known.set(active, { result });
    last = { layer: active, result };
    return result;
  };
}

/** Fields that the user names take the place of ours, the others stay. */
function mergeRows(
  shipped: { readonly [key: string]: unknown },
  layer: TableLayer[string],
): { [key: string]: unknown } {
  if (!layer) return shipped as { [key: string]: unknown };
  const rows = { ...shipped };
  for (const [key, row] of Object.entries(layer)) {
    if (row === null) delete rows[key];
    else rows[key] = mergeFields(rows[key], row);
  }
  return rows;
}

function mergeFields(ours: unknown, theirs: unknown): unknown {
  if (!isPlain(ours) || !isPlain(theirs)) return theirs;
  const fields: { [field: string]: unknown } = { ...ours };
  for (const [field, value] of Object.entries(theirs)) fields[field] = mergeFields(fields[field], value);
  return fields;
}
