import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlannedResource } from "@hybrid-ai-fabric/graph";
import type { SourcePosition } from "@hybrid-ai-fabric/report";
import { configurationOf, type PreparedConfiguration } from "./configuration";
import { CouldNotRun } from "./engine/failure";
import type { Engine } from "./engine/find";
import { type EngineEvents, readEvents } from "./events";
import { policyArguments } from "./policy-arguments";
import { positionsInDigest } from "./positions";
import type { Project } from "./project";
import { createStack } from "./stack";
import type { Unset } from "./standin/provider";
import { createWorkspace, type StandIn, type Workspace } from "./workspace";

export interface PreviewRequest {
  engine: Engine;
  project: Project;
  configuration: PreparedConfiguration;
  /** Folders of the policy packs. */
  packs: readonly string[];
  /** Settings of the packs as Pulumi takes them. */
  settings: unknown;
  /** What stand-ins say of a value that is left out. Default: unknown, as a real provider does. */
  unset?: Unset;
  /** Stacks that this one reads, lowest first: brought up on stand-ins, in a backend that is thrown away. */
  lower?: readonly Project[];
  /** Folder of the compiled stand-ins, host and recorder. */
  compiled: string;
  /** Folder that files of the program are named from. Default: that of the project. */
  reportsFrom?: string;
}

export interface PreviewResult extends EngineEvents {
  status: number;
  /** Lines of the program by URN. */
  positions: Map<string, SourcePosition>;
  /** Undefined when the preview ended before the stack was judged. */
  resources: PlannedResource[] | undefined;
  standIns: StandIn[];
  output: string;
}

/** Previews a project on the real engine with providers stood in for. Whatever happens, nothing is left behind. */
export async function preview(request: PreviewRequest): Promise<PreviewResult> {
  const { engine, project, configuration, compiled } = request;
  const lower = request.lower ?? [];
  const directories = lower.map(({ directory }) => directory);
  const workspace = createWorkspace(engine, project, compiled, request.unset, directories);
  const stop = () => workspace.remove();
  process.once("exit", stop);
  try {
    for (const below of lower) await bringUp(engine, below, workspace, project.environment);
    const stack = await createStack(engine, project, workspace);
    await stack.configure(configuration);
    const policies = policyArguments({ ...request, recorder: workspace.recorder }, workspace.directory);
    // The printed digest alone knows lines of the program, the log of events alone what the packs said.
    const log = ["--event-log", workspace.events];
    const command = ["preview", "--json", ...log, ...policies];
    const { status, output, printed } = await stack.run(
      command,
      standInsInProgram(compiled, lower.length === 0),
    );
    const recorded = read(workspace.recording);
    const resources = recorded === undefined ? undefined : (JSON.parse(recorded) as PlannedResource[]);
    return {
      ...readEvents(read(workspace.events) ?? ""),
      status,
      output,
      positions: positionsInDigest(printed, project.directory, request.reportsFrom ?? project.directory),
      standIns: usedStandIns(workspace.standIns, resources),
      resources,
    };
  } finally {
    process.off("exit", stop);
    workspace.remove();
  }
}

/** A preview may hold unknowns, so what a program looks up and what it reads of stacks that are not here can be one. */
function standInsInProgram(compiled: string, alone: boolean): NodeJS.ProcessEnv {
  const scripts = ["lookups.js", ...(alone ? ["stack-references.js"] : [])];
  const loaded = scripts.map((script) => `--require=${JSON.stringify(join(compiled, "host", script))}`);
  return { NODE_OPTIONS: [process.env.NODE_OPTIONS, ...loaded].filter(Boolean).join(" ") };
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** What a stack reads must exist: its values come from stand-ins, so they are made up, and known as real ones would be. */
async function bringUp(
  engine: Engine,
  project: Project,
  workspace: Workspace,
  reader: string,
): Promise<void> {
  const stack = await createStack(engine, project, workspace);
  await stack.configure(configurationOf(project));
  const { status, output } = await stack.run(["up", "--yes", "--skip-preview"]);
  if (status !== 0)
    throw new CouldNotRun(
      `${project.environment}, which ${reader} reads, could not be brought up on stand-ins:\n${output.trim()}`,
    );
}

/** Of all SDKs that a project could import, those whose resources are in the plan. */
function usedStandIns(
  standIns: readonly StandIn[],
  resources: readonly PlannedResource[] | undefined,
): StandIn[] {
  if (resources === undefined) return [...standIns];
  const used = new Set(
    resources.filter((resource) => resource.custom).map(({ type }) => type.split(":", 1)[0]),
  );
  return standIns.filter((standIn) => used.has(standIn.package));
}
