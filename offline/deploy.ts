import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { PreparedConfiguration } from "./configuration";
import type { Engine } from "./engine/find";
import type { EngineRun } from "./engine/run";
import { type EngineEvents, readEvents } from "./events";
import { policyArguments } from "./policy-arguments";
import type { Project } from "./project";
import { createStack } from "./stack";
import { FAILS_TO_CREATE } from "./standin/injected-failure";
import { JOURNAL, type JournalEntry, readJournal } from "./standin/journal";
import { REPORTS, type Reports } from "./standin/reports";
import { createWorkspace } from "./workspace";

/** A resource as the state of a stack holds it. */
export interface DeployedResource {
  urn: string;
  /** Absent for a component. */
  id?: string;
  type: string;
  protect?: boolean;
  /** True for what another has replaced and a later run deletes. */
  delete?: boolean;
  inputs?: { [property: string]: unknown };
  outputs?: { [property: string]: unknown };
}

/** What a stack consists of after a run. */
export interface DeployedState {
  resources: DeployedResource[];
  /** Operations that were begun and whose end is not known. */
  pending: number;
}

/** What stand-ins do in one run that providers do at times. */
export interface Misfortune {
  /** The resource whose creation is refused, by its name, or by type and name. */
  fails?: string;
  /** What is reported of resources other than what was asked for. */
  reports?: Reports;
}

/** A run of the engine, and what the providers did in it. */
export interface DeploymentRun extends EngineRun {
  journal: JournalEntry[];
}

/** A stack that is really created, changed and destroyed, on providers that are stood in for. Nothing reaches a cloud. */
export interface Deployment {
  up(configuration: PreparedConfiguration, misfortune?: Misfortune): Promise<DeploymentRun>;
  /** Asks the providers what exists, then judges the plan with the packs: what `pulumi preview --refresh` does. */
  refreshedPreview(
    configuration: PreparedConfiguration,
    judged: { packs: readonly string[]; settings: unknown },
    misfortune?: Misfortune,
  ): Promise<EngineRun & EngineEvents>;
  destroy(): Promise<DeploymentRun>;
  state(): Promise<DeployedState>;
  /** Where state and configuration lie until then. */
  directory: string;
  /** Removes everything that was written. */
  close(): void;
}

/**
 * Opens a stack of its own for a project. Whoever opens it closes it. Without `previewed` an `up` is not previewed
 * first, which takes half of the time. A destruction always is: else the engine deletes what hangs on a protected
 * circuit before it comes to the circuit and stops.
 */
export async function openDeployment(
  engine: Engine,
  project: Project,
  compiled: string,
  { previewed = true }: { previewed?: boolean } = {},
): Promise<Deployment> {
  const up = previewed ? ["up", "--yes"] : ["up", "--yes", "--skip-preview"];
  const workspace = createWorkspace(engine, project, compiled);
  const remove = () => workspace.remove();
  process.once("exit", remove);
  const close = () => {
    process.off("exit", remove);
    remove();
  };
  try {
    const stack = await createStack(engine, project, workspace);
    const journal = join(workspace.directory, "journal");
    const change = async (args: readonly string[], misfortune: Misfortune): Promise<DeploymentRun> => {
      rmSync(journal, { force: true });
      const run = await stack.run(args, { ...variablesOf(misfortune), [JOURNAL]: journal });
      return { ...run, journal: readJournal(journal) };
    };
    return {
      async up(configuration, misfortune = {}) {
        await stack.configure(configuration);
        return change(up, misfortune);
      },
      async refreshedPreview(configuration, judged, misfortune = {}) {
        await stack.configure(configuration);
        const policies = policyArguments(judged, workspace.directory);
        const { events } = workspace;
        const args = ["preview", "--refresh", "--json", "--event-log", events, ...policies];
        const run = await stack.run(args, variablesOf(misfortune));
        return { ...run, ...readEvents(existsSync(events) ? readFileSync(events, "utf8") : "") };
      },
      destroy: () => change(["destroy", "--yes"], {}),
      state: async () => readState(await stack.exported()),
      directory: workspace.directory,
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function variablesOf({ fails, reports }: Misfortune): NodeJS.ProcessEnv {
  return {
    ...(fails === undefined ? {} : { [FAILS_TO_CREATE]: fails }),
    ...(reports === undefined ? {} : { [REPORTS]: JSON.stringify(reports) }),
  };
}

function readState(text: string): DeployedState {
  const { deployment } = JSON.parse(text) as {
    deployment: { resources?: DeployedResource[]; pending_operations?: unknown[] };
  };
  return { resources: deployment.resources ?? [], pending: deployment.pending_operations?.length ?? 0 };
}
