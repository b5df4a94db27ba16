import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PlannedResource } from "@hybrid-ai-fabric/graph";
import type { PreparedConfiguration } from "./configuration";
import { CouldNotRun } from "./engine/failure";
import type { Engine } from "./engine/find";
import { type EngineEvents, readEvents } from "./events";
import type { Project } from "./project";
import type { Unset } from "./standin/provider";
import { createWorkspace, type StandIn } from "./workspace";

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
  /** Folder of the compiled stand-ins, host and recorder. */
  compiled: string;
}

export interface PreviewResult extends EngineEvents {
  status: number;
  /** Undefined when the preview ended before the stack was judged. */
  resources: PlannedResource[] | undefined;
  standIns: StandIn[];
  output: string;
}

/** Previews a project on the real engine with providers stood in for. Whatever happens, nothing is left behind. */
export async function preview(request: PreviewRequest): Promise<PreviewResult> {
  const { engine, project, configuration, compiled } = request;
  const workspace = createWorkspace(engine, project, compiled, request.unset);
  const run = (args: readonly string[], input?: string) =>
    runEngine(engine.command, args, project.directory, workspace.environment, input);
  const stop = () => workspace.remove();
  process.once("exit", stop);
  try {
    const configFile = join(workspace.project, `Pulumi.${project.environment}.yaml`);
    writeFileSync(configFile, configuration.text);
    const stack = ["--stack", project.environment, "--config-file", configFile];
    // `stack init` writes a salt beside the project that it runs in, and the user's files are not ours to write.
    await must(run(["stack", "init", project.environment, "--no-select", "--cwd", workspace.project]));
    for (const [key, value] of Object.entries(configuration.secrets)) {
      await must(run(["config", "set", "--secret", key, ...stack], value));
    }
    const { status, output } = await run([
      "preview",
      "--json",
      ...stack,
      ...policyArguments(request, workspace.recorder, workspace.directory),
    ]);
    const recorded = existsSync(workspace.recording) ? readFileSync(workspace.recording, "utf8") : undefined;
    return {
      ...readEvents(output),
      status,
      output,
      standIns: usedStandIns(workspace.standIns, recorded),
      resources: recorded === undefined ? undefined : (JSON.parse(recorded) as PlannedResource[]),
    };
  } finally {
    process.off("exit", stop);
    workspace.remove();
  }
}

/** Every pack and the recorder take a file of settings, in the order of the packs. */
function policyArguments({ packs, settings }: PreviewRequest, recorder: string, directory: string): string[] {
  if (packs.length === 0) return ["--policy-pack", recorder];
  const file = join(directory, "settings.json");
  writeFileSync(file, JSON.stringify(settings ?? {}));
  const empty = join(directory, "no-settings.json");
  writeFileSync(empty, "{}");
  return [
    ...packs.flatMap((pack) => ["--policy-pack", pack, "--policy-pack-config", file]),
    ...["--policy-pack", recorder, "--policy-pack-config", empty],
  ];
}

/** Of all SDKs that a project could import, those whose resources are in the plan. */
function usedStandIns(standIns: readonly StandIn[], recorded: string | undefined): StandIn[] {
  if (recorded === undefined) return [...standIns];
  const resources = JSON.parse(recorded) as PlannedResource[];
  const used = new Set(
    resources.filter((resource) => resource.custom).map(({ type }) => type.split(":", 1)[0]),
  );
  return standIns.filter((standIn) => used.has(standIn.package));
}

interface EngineRun {
  status: number;
  output: string;
}

const running = new Set<ChildProcess>();

/** Ends the engines that this process started. */
export function stopEngines(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
}

function runEngine(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  input = "",
): Promise<EngineRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args, "--non-interactive", "--color", "never"], { cwd, env });
    running.add(child);
    const output: Buffer[] = [];
    child.stdout.on("data", (data: Buffer) => output.push(data));
    child.stderr.on("data", (data: Buffer) => output.push(data));
    child.stdin.end(input);
    child.on("error", (error) =>
      reject(new CouldNotRun(`The engine could not be started: ${error.message}`)),
    );
    child.on("close", (code) => {
      running.delete(child);
      resolve({ status: code ?? 255, output: Buffer.concat(output).toString("utf8") });
    });
  });
}

async function must(run: Promise<EngineRun>): Promise<void> {
  const { status, output } = await run;
  if (status !== 0) throw new CouldNotRun(`The engine refused to prepare the stack:\n${output.trim()}`);
}
