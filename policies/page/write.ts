import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type JudgedPlan, planJson } from "@hybrid-ai-fabric/report";
import { type EarlierPlan, renderPage } from "./render";

/** Files of a report's folder. */
export const reportFolder = { page: "index.html", map: "map.svg", plan: "plan.json" } as const;

/** Why a report cannot be written to a folder; asked before anything is run. */
export function unwritableFolder(folder: string, workingDirectory: string): string | undefined {
  const path = resolve(workingDirectory, folder);
  if (existsSync(path))
    return statSync(path).isDirectory() ? undefined : `--report ${folder}: it is a file, not a folder`;
  return existsSync(dirname(path)) ? undefined : `--report ${folder}: there is no folder ${dirname(folder)}`;
}

/** A report that was asked for: its page, why it cannot be written, and what writes it. */
export function reportIn(folder: string, workingDirectory: string) {
  return {
    page: join(folder, reportFolder.page),
    wrong: unwritableFolder(folder, workingDirectory),
    write: (plan: JudgedPlan) => writePage(plan, resolve(workingDirectory, folder)),
  };
}

/**
 * Writes the page, its map and the plan, and compares it with the plan that stood in the folder before. Every file
 * appears whole or not at all, the plan last: a run that is interrupted leaves the comparison as it was.
 */
export async function writePage(plan: JudgedPlan, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { html, svg } = await renderPage(plan, readEarlier(join(folder, reportFolder.plan)));
  write(join(folder, reportFolder.page), html);
  write(join(folder, reportFolder.map), svg);
  write(join(folder, reportFolder.plan), planJson(plan));
}

function readEarlier(file: string): EarlierPlan | string | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const { version, resources, violations } = JSON.parse(readFileSync(file, "utf8"));
    if (version === 1 && Array.isArray(resources) && Array.isArray(violations))
      return { resources, violations };
    return `${reportFolder.plan} in this folder was no plan that can be compared.`;
  } catch (error) {
    return `${reportFolder.plan} in this folder could not be read: ${(error as Error).message}`;
  }
}

function write(file: string, content: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}
