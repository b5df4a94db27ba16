import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { coloured, plain, unwritable, writeReports } from "@hybrid-ai-fabric/report";
import { parseArguments } from "./arguments";
import { CouldNotRun, WrongInput } from "./engine/failure";
import { judgeProject, type Place } from "./judge-project";
import { exitStatus } from "./outcome";
import { findProject } from "./project";
import { renderSummary } from "./summary";

/** Where the command reads and writes, so that tests can stand in for a terminal. */
export interface Surroundings extends Place {
  print(text: string): void;
  complain(text: string): void;
  colour: boolean;
}

/** `npm start`: previews one environment and says what would be where. Returns the exit status. */
export async function start(args: readonly string[], around: Surroundings): Promise<number> {
  try {
    return await run(args, around);
  } catch (error) {
    if (error instanceof WrongInput) {
      around.complain(error.message);
      return exitStatus.wrongInput;
    }
    around.complain(error instanceof CouldNotRun ? error.message : String((error as Error).stack));
    return exitStatus.couldNotRun;
  }
}

async function run(args: readonly string[], around: Surroundings): Promise<number> {
  const asked = parseArguments(args);
  // The page brings a layout engine with it, so it is loaded only where it is asked for.
  const report =
    asked.page === undefined
      ? undefined
      : (await import("@hybrid-ai-fabric/report-page")).reportIn(asked.page, around.workingDirectory);
  const wrong = unwritable(asked.reports, around.workingDirectory) ?? report?.wrong;
  if (wrong !== undefined) throw new WrongInput(wrong);
  const project = findProject(asked.environment, around.root, around.workingDirectory);
  const settings = readSettings(asked.policyConfig, project.environment, around);
  const { plan, outcome, configuration } = await judgeProject(project, settings.content, around, {
    unset: asked.unset,
    after: asked.after.map((file) => findProject(file, around.root, around.workingDirectory)),
  });
  const output = writeReports(asked.reports, plan, around.workingDirectory);
  if (output !== undefined) around.print(output);
  else if (!asked.quiet) {
    const screen = { ...plan, settings: settings.name, secretsStoodIn: configuration.stoodIn };
    around.print(renderSummary(screen, around.colour ? coloured : plain));
  }
  if (report) {
    await report.write(plan);
    if (!asked.quiet) around.complain(`Report: ${report.page}`);
  }
  return outcome === "refused" ? exitStatus.refused : exitStatus.holds;
}

/** Settings of the packs: the file that was named, else the one of the environment, else none. */
function readSettings(
  named: string | undefined,
  environment: string,
  { root, workingDirectory }: Surroundings,
): { name: string | undefined; content: unknown } {
  const shipped = join(root, "policies", "config", `${environment}.json`);
  const file = named === undefined ? shipped : resolve(workingDirectory, named);
  if (!existsSync(file)) {
    if (named !== undefined) throw new WrongInput(`--policy-config: there is no file ${named}`);
    return { name: undefined, content: undefined };
  }
  try {
    return {
      name: named ?? `policies/config/${environment}.json`,
      content: JSON.parse(readFileSync(file, "utf8")),
    };
  } catch (error) {
    throw new WrongInput(`${basename(file)}: it is not valid JSON: ${(error as Error).message}`);
  }
}
