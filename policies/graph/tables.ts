import {
  isPlain,
  type TableLayer,
  type TableProblem,
  tableProblems,
  tablesOfPacks,
} from "@hybrid-ai-fabric/locality";
import { catalogueProblems } from "./catalogue";

/** Keys under `tables` of the settings that are no table of facts: Megaport publishes none, so a user has all of them. */
const own = tablesOfPacks.filter((key) => key !== "catalogue");

/** The part of `tables` that is not laid over shipped rows. */
export function ownTables(tables: object): { [key: string]: unknown } {
  return Object.fromEntries(Object.entries(tables).filter(([key]) => own.includes(key)));
}

const none: TableLayer = {};
const known = new Map<string, TableLayer>();

/**
 * The rows that settings lay over the tables of facts; none where some of them are wrong. The same rows are the same
 * object, because whatever is worked out from tables is kept for each.
 */
export function tablesOf(rawSettings: unknown): TableLayer {
  const tables = isPlain(rawSettings) && isPlain(rawSettings.tables) ? rawSettings.tables : {};
  const layer = facts(tables);
  if (Object.keys(layer).length === 0) return none;
  const text = JSON.stringify(layer);
  const before = known.get(text);
  if (before) return before;
  const found = tablesProblems(tables).length > 0 ? none : layer;
  known.set(text, found);
  return found;
}

export function tablesProblems(tables: object): TableProblem[] {
  const layer = facts(tables);
  const problems = tableProblems(layer);
  return problems.length > 0 ? problems : catalogueProblems(layer.catalogue);
}

function facts(tables: object): TableLayer {
  const rows = Object.entries(tables).filter(([key]) => !own.includes(key));
  return Object.fromEntries(rows) as TableLayer;
}
