import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { WrongInput } from "@hybrid-ai-fabric/offline/failure";
import { evaluatePlan, settingsOf } from "@hybrid-ai-fabric/policy-all/evaluate";
import {
  coloured,
  type JudgedPlan,
  type Paint,
  plain,
  type ReportFiles,
  renderJudgement,
  unwritable,
  writeReports,
} from "@hybrid-ai-fabric/report";
import { type Flags, parseFlags } from "./arguments";
import type { PlanInput } from "./input/plan-input";
import { readPlanInput } from "./input/read";
import { chosenPacks, packNames, rulesOf } from "./packs";
import { readSettings } from "./settings";
import { exitStatus, type Terminal } from "./terminal";

export const checkUsage = `  check <folder of a Pulumi program | plan.json | state | preview> [--stack S] [--pack ${packNames.join("|")}]... [--config FILE]
        [--json FILE] [--sarif FILE] [--junit FILE] [--evidence FILE] [--report DIR] [--allow-missing-outputs] [--quiet]
        judges a plan by the packs; a folder is previewed on the engine first, with providers stood in for`;

const flags: Flags = {
  "--stack": "value",
  "--pack": "list",
  "--config": "value",
  "--json": "value",
  "--sarif": "value",
  "--junit": "value",
  "--evidence": "value",
  "--allow-missing-outputs": "switch",
  "--report": "value",
  "--quiet": "switch",
};

/** `hybrid-ai-fabric check`: any program or plan against the packs. */
export async function check(args: readonly string[], terminal: Terminal): Promise<number> {
  const { operands, values, lists, switches } = parseFlags(args, flags);
  const [subject, ...more] = operands;
  if (subject === undefined || more.length > 0)
    throw new WrongInput(`check takes one folder or file, not ${operands.length}.\n${checkUsage}`);
  const reports: ReportFiles = {
    json: values["--json"],
    sarif: values["--sarif"],
    junit: values["--junit"],
    evidence: values["--evidence"],
  };
  const folder = values["--report"];
  // The page brings a layout engine with it, so it is loaded only where it is asked for.
  const report =
    folder === undefined
      ? undefined
      : (await import("@hybrid-ai-fabric/report-page")).reportIn(folder, terminal.workingDirectory);
  const wrong = unwritable(reports, terminal.workingDirectory) ?? report?.wrong;
  if (wrong !== undefined) throw new WrongInput(wrong);
  const packs = chosenPacks(lists["--pack"]);
  const settings = readSettings(values["--config"], terminal.workingDirectory);
  const directory = resolve(terminal.workingDirectory, subject);
  const isFolder = statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isFolder && values["--stack"] !== undefined)
    throw new WrongInput("--stack chooses a stack of a folder; a file holds one already.");
  const { plan, refused, head } = isFolder
    ? await fromFolder(directory, values["--stack"], packs, settings, terminal)
    : fromFile(subject, packs, settings, terminal, switches.has("--allow-missing-outputs"));
  const output = writeReports(reports, plan, terminal.workingDirectory);
  const paint = terminal.colour ? coloured : plain;
  if (output !== undefined) terminal.print(output);
  else if (!switches.has("--quiet"))
    terminal.print([...head(paint), "", ...renderJudgement(plan, paint), "", ""].join("\n"));
  await report?.write(plan);
  return refused ? exitStatus.refused : exitStatus.holds;
}

interface Checked {
  plan: JudgedPlan;
  refused: boolean;
  /** First lines on the screen: what was judged, and what it does not tell. */
  head(paint: Paint): string[];
}

function fromFile(
  file: string,
  packs: readonly string[],
  settings: unknown,
  terminal: Terminal,
  allowMissingOutputs: boolean,
): Checked {
  const input = readPlanInput(file, terminal.workingDirectory, { allowMissingOutputs });
  const plan = judgeInput(input, file, packs, settings);
  return {
    plan,
    refused: plan.violations.some(({ level }) => level === "mandatory"),
    head: (paint) => [
      `${paint("bold", file)}: ${input.kind} with ${plan.summary.resources} resources`,
      ...input.lacks.map((lack) => paint("yellow", lack)),
    ],
  };
}

/** A plan from a file, with the verdict of the rules. */
export function judgeInput(
  input: PlanInput,
  file: string,
  packs: readonly string[],
  settings: unknown,
): JudgedPlan {
  const { environment, positions, standIns, resources } = input;
  const rules = rulesOf(packs);
  const today = new Date().toISOString().slice(0, 10);
  return {
    ...{ environment, source: file, positions, standIns, resources, rules, today },
    ...evaluatePlan(resources, settings, today, rules),
    settings: settingsOf(settings),
  };
}

/** The engine's part is loaded only where it is needed: a file is judged in a fraction of its start. */
async function fromFolder(
  directory: string,
  stack: string | undefined,
  packs: readonly string[],
  settings: unknown,
  terminal: Terminal,
): Promise<Checked> {
  const { cacheDirectory, judgeProject, progress, projectIn } = await engine();
  const { root, workingDirectory } = terminal;
  const place = {
    ...{ root, workingDirectory, cache: cacheDirectory(), compiled: join(root, "offline", "dist") },
    step: progress(),
  };
  const { plan, outcome, configuration } = await judgeProject(projectIn(directory, stack), settings, place, {
    packs,
  });
  const standIns = plan.standIns.map((standIn) => `${standIn.package} ${standIn.version}`).join(", ");
  return {
    plan,
    refused: outcome === "refused",
    head: (paint) => [
      `${paint("bold", plan.environment)}: ${plan.summary.resources} resources previewed by the Pulumi engine`,
      paint("dim", `Providers were stood in for: ${standIns || "none"}. Nothing was asked of a cloud.`),
      ...(configuration.stoodIn.length > 0
        ? [paint("dim", `Secrets were stood in for: ${configuration.stoodIn.join(", ")}`)]
        : []),
    ],
  };
}

/** Published alone, the command has no engine beside it. */
async function engine(): Promise<typeof import("@hybrid-ai-fabric/offline/judge-project")> {
  try {
    return await import("@hybrid-ai-fabric/offline/judge-project");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "MODULE_NOT_FOUND" && code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new WrongInput(
      "a folder is previewed from the repository of hybrid-ai-fabric only; check the output of `pulumi preview --json --show-sames` instead.",
    );
  }
}
