import { existsSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { evaluatePlan, settingsOf } from "@hybrid-ai-fabric/policy-all/evaluate";
import { allRules } from "@hybrid-ai-fabric/policy-all/rules";
import type { JudgedPlan } from "@hybrid-ai-fabric/report";
import { configurationOf, type PreparedConfiguration, stacksAbove } from "./configuration";
import { CouldNotRun, WrongInput } from "./engine/failure";
import { findEngine, type Step, strategies } from "./engine/find";
import { outcomeOf } from "./outcome";
import { preview } from "./preview";
import type { Project } from "./project";
import type { Unset } from "./standin/provider";

export { projectIn } from "./project-in";
export { cacheDirectory, progress } from "./setup/progress";
export { renderSummary } from "./summary";
export type { Step };

/** Where a preview runs. */
export interface Place {
  /** Root of the repository, which holds the packs. */
  root: string;
  workingDirectory: string;
  cache: string;
  /** Folder of the compiled stand-ins, host and recorder. */
  compiled: string;
  step: Step;
}

export interface JudgedProject {
  plan: JudgedPlan;
  outcome: "holds" | "refused";
  configuration: PreparedConfiguration;
}

export interface JudgingOptions {
  /** Folders of the packs. Default: all. */
  packs?: readonly string[];
  unset?: Unset;
  /** Stacks of other projects that this one reads, lowest first. */
  after?: readonly Project[];
}

/** The stacks of a divided environment that a stack reads, each with a configuration of its own beside it. */
function below(project: Project): Project[] {
  const folder = dirname(project.configFile ?? project.directory);
  return stacksAbove(project).map((environment) => {
    const configFile = join(folder, `Pulumi.${environment}.yaml`);
    if (!existsSync(configFile))
      throw new WrongInput(
        `${project.environment} reads the stack ${environment}, and there is no ${basename(configFile)} beside it.`,
      );
    return { ...project, environment, configFile };
  });
}

/**
 * Previews a project on the engine with the packs, and judges its plan by the same rules. Throws for input that is
 * wrong and for what could not run.
 */
export async function judgeProject(
  project: Project,
  settings: unknown,
  place: Place,
  { packs = [], unset, after = [] }: JudgingOptions = {},
): Promise<JudgedProject> {
  const configuration = configurationOf(project);
  const lower = [...after, project].flatMap((read) => [...below(read), read]).slice(0, -1);
  const engine = await findEngine(strategies(place.cache, process.env.PATH ?? ""), place.step);
  if (!engine) throw new CouldNotRun("No Pulumi engine was found, and none could be installed or built.");
  const folders = packs.length === 0 ? ["all"] : packs;
  const request = {
    engine,
    project,
    configuration,
    packs: folders.map((pack) => join(place.root, "policies", pack)),
    settings,
    unset,
    lower,
    compiled: place.compiled,
    reportsFrom: place.workingDirectory,
  };
  const result = await place.step(`Previewing ${project.environment}`, () => preview(request));
  const resources = result.resources ?? [];
  const today = new Date().toISOString().slice(0, 10);
  const rules = packs.length === 0 ? allRules : allRules.filter((rule) => packs.includes(rule.pack));
  const judgement = evaluatePlan(resources, settings, today, rules);
  const outcome = outcomeOf(result, judgement.violations);
  const plan: JudgedPlan = {
    environment: project.environment,
    source: relative(place.workingDirectory, project.configFile ?? join(project.directory, "Pulumi.yaml")),
    positions: result.positions,
    standIns: result.standIns,
    resources,
    rules,
    ...judgement,
    settings: settingsOf(settings),
    today,
  };
  return { plan, outcome, configuration };
}
