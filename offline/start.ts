import { existsSync, readFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { evaluatePlan, settingsOf } from "@hybrid-ai-fabric/policy-all/evaluate";
import { allRules } from "@hybrid-ai-fabric/policy-all/rules";
import { coloured, type JudgedPlan, plain, unwritable, writeReports } from "@hybrid-ai-fabric/report";
import { parseArguments } from "./arguments";
import { prepareConfiguration } from "./configuration";
import { CouldNotRun, WrongInput } from "./engine/failure";
import { findEngine, type Step, strategies } from "./engine/find";
import { exitStatus, outcomeOf } from "./outcome";
import { preview } from "./preview";
import { findProject } from "./project";
import { renderSummary } from "./summary";

/** Where the command reads and writes, so that tests can stand in for a terminal. */
export interface Surroundings {
  root: string;
  workingDirectory: string;
  cache: string;
  compiled: string;
  step: Step;
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
  const { root, step } = around;
  const wrong = unwritable(asked.reports, around.workingDirectory);
  if (wrong !== undefined) throw new WrongInput(wrong);
  const project = findProject(asked.environment, root, around.workingDirectory);
  const source = readFileSync(project.configFile, "utf8");
  const configuration = prepareConfiguration(source, basename(project.configFile), project.name);
  const settings = readSettings(asked.policyConfig, project.environment, around);
  const engine = await findEngine(strategies(around.cache, process.env.PATH ?? ""), step);
  if (!engine) throw new CouldNotRun("No Pulumi engine was found, and none could be installed or built.");
  const pack = join(root, "policies", "all");
  const request = {
    engine,
    project,
    configuration,
    pack,
    settings: settings.content,
    unset: asked.unset,
    compiled: around.compiled,
  };
  const result = await step(`Previewing ${project.environment}`, () => preview(request));
  const resources = result.resources ?? [];
  const today = new Date().toISOString().slice(0, 10);
  const judgement = evaluatePlan(resources, settings.content, today);
  const outcome = outcomeOf(result, judgement.violations);
  const plan: JudgedPlan = {
    environment: project.environment,
    source: relative(around.workingDirectory, project.configFile),
    positions: new Map(),
    standIns: result.standIns,
    resources,
    rules: allRules,
    ...judgement,
    settings: settingsOf(settings.content),
    today,
  };
  const output = writeReports(asked.reports, plan, around.workingDirectory);
  if (output !== undefined) around.print(output);
  else if (!asked.quiet) {
    const screen = {
      environment: project.environment,
      settings: settings.name,
      standIns: result.standIns,
      secretsStoodIn: configuration.stoodIn,
      ...judgement,
    };
    around.print(renderSummary(screen, around.colour ? coloured : plain));
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
