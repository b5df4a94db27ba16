import { existsSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { evidenceJson } from "./evidence";
import { type JudgedPlan, planJson } from "./judged-plan";
import { junit } from "./junit";
import { sarif } from "./sarif";

/** Reports that a command can write, each to a file of its own. */
export interface ReportFiles {
  json?: string;
  sarif?: string;
  junit?: string;
  evidence?: string;
}

const renderers: { [kind in keyof ReportFiles]-?: (plan: JudgedPlan) => string } = {
  json: planJson,
  sarif,
  junit,
  evidence: evidenceJson,
};

export const reportKinds = Object.keys(renderers) as (keyof ReportFiles)[];

/** Standard output, as a file's name. */
export const STANDARD_OUTPUT = "-";

/** Why the files that were asked for cannot be written; asked before anything is run. */
export function unwritable(asked: ReportFiles, workingDirectory: string): string | undefined {
  const toOutput = reportKinds.filter((kind) => asked[kind] === STANDARD_OUTPUT);
  if (toOutput.length > 1) return `--${toOutput.join(" and --")}: only one can go to standard output`;
  for (const kind of reportKinds) {
    const file = asked[kind];
    if (file === undefined || file === STANDARD_OUTPUT) continue;
    const folder = dirname(resolve(workingDirectory, file));
    if (!existsSync(folder)) return `--${kind} ${file}: there is no folder ${dirname(file)}`;
  }
  return undefined;
}

/** Writes the files that were asked for; returns the text of the one that goes to standard output. */
export function writeReports(
  asked: ReportFiles,
  plan: JudgedPlan,
  workingDirectory: string,
): string | undefined {
  let output: string | undefined;
  for (const kind of reportKinds) {
    const file = asked[kind];
    if (file === undefined) continue;
    const text = renderers[kind](plan);
    if (file === STANDARD_OUTPUT) output = text;
    else writeFileSync(resolve(workingDirectory, file), text);
  }
  return output;
}
