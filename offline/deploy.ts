import type { PreparedConfiguration } from "./configuration";
import type { Engine } from "./engine/find";
import type { EngineRun } from "./engine/run";
import type { Project } from "./project";
import { createStack } from "./stack";
import { FAILS_TO_CREATE } from "./standin/injected-failure";
import { createWorkspace } from "./workspace";

/** A resource as the state of a stack holds it. */
export interface DeployedResource {
  urn: string;
  type: string;
  protect?: boolean;
  inputs?: { [property: string]: unknown };
  outputs?: { [property: string]: unknown };
}

/** What a stack consists of after a run. */
export interface DeployedState {
  resources: DeployedResource[];
  /** Operations that were begun and whose end is not known. */
  pending: number;
}

/** A stack that is really created, changed and destroyed, on providers that are stood in for. Nothing reaches a cloud. */
export interface Deployment {
  /** `fails` names the resource whose creation the stand-in refuses. */
  up(configuration: PreparedConfiguration, fails?: string): Promise<EngineRun>;
  destroy(): Promise<EngineRun>;
  state(): Promise<DeployedState>;
  /** Where state and configuration lie until then. */
  directory: string;
  /** Removes everything that was written. */
  close(): void;
}

/** Opens a stack of its own for a project. Whoever opens it closes it. */
export async function openDeployment(
  engine: Engine,
  project: Project,
  compiled: string,
): Promise<Deployment> {
  const workspace = createWorkspace(engine, project, compiled);
  const remove = () => workspace.remove();
  process.once("exit", remove);
  const close = () => {
    process.off("exit", remove);
    remove();
  };
  try {
    const stack = await createStack(engine, project, workspace);
    return {
      async up(configuration, fails) {
        await stack.configure(configuration);
        return stack.run(["up", "--yes"], fails === undefined ? {} : { [FAILS_TO_CREATE]: fails });
      },
      destroy: () => stack.run(["destroy", "--yes"]),
      state: async () => readState(await stack.exported()),
      directory: workspace.directory,
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function readState(text: string): DeployedState {
  const { deployment } = JSON.parse(text) as {
    deployment: { resources?: DeployedResource[]; pending_operations?: unknown[] };
  };
  return { resources: deployment.resources ?? [], pending: deployment.pending_operations?.length ?? 0 };
}
