import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  isPlain,
  layTables,
  plannedTables,
  type TableLayer,
  tableProblems,
} from "@hybrid-ai-fabric/locality";
import * as pulumi from "@pulumi/pulumi";
import { type Problem, problem, shown } from "./problems";

/** Rows that lie over the tables of facts, or everything that is wrong with them. */
export type ReadTables = { tables: TableLayer } | { problems: Problem[] };

/**
 * Reads the rows of the settings of the packs: the program plans by the text that judges it, and has none of its own,
 * so that who writes the program does not move what is allowed.
 */
export function readTables(file: unknown, directory: string): ReadTables {
  const wrong = (reason: string) => ({ problems: [problem("tables", reason)] });
  if (typeof file !== "string")
    return wrong(`${shown(file)} is no path: the rows stand in the settings of the packs, which it names`);
  const path = resolve(directory, file);
  if (!existsSync(path)) return wrong(`${shown(file)} is no file, seen from ${directory.split("/").at(-1)}/`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    return wrong(`${file} is not valid JSON: ${(error as Error).message}`);
  }
  if (!isPlain(content) || !isPlain(content.settings))
    return wrong(`${file} has no "settings": it must be what the packs get by --policy-pack-config`);
  const rows = content.settings.tables ?? {};
  if (!isPlain(rows)) return wrong(`settings.tables of ${file} is ${shown(rows)}, not a map of tables`);
  const tables = plannedTables(rows);
  const problems = tableProblems(tables).map(({ path: at, reason }) => problem(`tables.${at}`, reason));
  return problems.length > 0 ? { problems } : { tables };
}

/** Says in the plan by which rows it was planned, so that packs whose settings have others refuse it. */
class PlannedTables extends pulumi.ComponentResource {
  constructor(name: string, tables: TableLayer) {
    // As a text: an engine keeps no null in a map, and a null takes a row away.
    const rows = JSON.stringify(tables);
    super("hybrid-ai-fabric:index:PlannedTables", name, { rows }, {});
    this.registerOutputs({ rows });
  }
}

/** Lays the rows over the tables of this program, before it creates anything. */
export function planBy(tables: TableLayer): void {
  if (Object.keys(tables).length === 0) return;
  layTables(tables);
  new PlannedTables("tables", tables);
}
