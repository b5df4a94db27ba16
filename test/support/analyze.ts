import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  isRecord,
  isUnknown,
  type PlannedResource,
  UNKNOWN_SENTINELS,
  type Value,
} from "@hybrid-ai-fabric/graph";
import type { Engine } from "../../offline/engine/find";
import { type PolicyEvent, readEvents } from "../../offline/events";
import { createWorkspace } from "../../offline/workspace";

const root = resolve(__dirname, "../..");
const [, , UNKNOWN = ""] = UNKNOWN_SENTINELS;

export interface Analysis {
  /** Exit status; a word for an engine that did not run. */
  status: number | string | null | undefined;
  policies: PolicyEvent[];
  output: string;
}

/** What `pulumi policy analyze` says of a plan that is written as a state: a pack on the engine without a program. */
export async function analyze(
  engine: Engine,
  resources: readonly PlannedResource[],
  pack: string,
  settings?: unknown,
): Promise<Analysis> {
  const analyses = analysesBy(engine);
  try {
    const { command, args, ...from } = analyses.of(analyses.written(resources), pack, settings);
    return await new Promise((done) => {
      execFile(command, args, { ...from, maxBuffer: 16 * 2 ** 20 }, (error, stdout, stderr) =>
        done({
          status: error ? error.code : 0,
          policies: readEvents(stdout).policies,
          output: `${stdout}${stderr}`,
        }),
      );
    });
  } finally {
    analyses.remove();
  }
}

/** A process that is ready to start. */
export interface Startable {
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
}

/** Runs of `pulumi policy analyze` that share one folder. */
export interface Analyses {
  /** Writes a plan as a state; returns its file. */
  written(resources: readonly PlannedResource[]): string;
  of(state: string, pack: string, settings?: unknown): Startable;
  remove(): void;
}

export function analysesBy(engine: Engine): Analyses {
  const workspace = createWorkspace(engine, { directory: root, name: "fixture" }, join(root, "offline/dist"));
  return {
    written: (resources) => {
      const state = join(workspace.directory, "state.json");
      writeFileSync(state, JSON.stringify(stateOf(resources)));
      return state;
    },
    of: (state, pack, settings) => {
      const args = [
        ...["policy", "analyze", "--file", state, "--json", "--non-interactive"],
        ...["--policy-pack", resolve(root, "policies", pack)],
      ];
      if (settings !== undefined) {
        const config = join(workspace.directory, "settings.json");
        writeFileSync(config, JSON.stringify({ settings }));
        args.push("--policy-pack-config", config);
      }
      return { command: engine.command, args, cwd: workspace.project, env: workspace.environment };
    },
    remove: () => workspace.remove(),
  };
}

/** A state file of a stack in which what is not known yet is still unknown. */
export function stateOf(resources: readonly PlannedResource[]): unknown {
  return {
    version: 3,
    deployment: {
      manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "" },
      resources: resources.map(({ name: _, ...resource }) => ({
        ...resource,
        inputs: onWire(resource.inputs),
        outputs: onWire(resource.outputs),
        ...(resource.custom ? { id: `id-of-${resource.urn.split("::").at(-1)}` } : {}),
        ...(resource.provider === undefined
          ? {}
          : { provider: `${resource.provider}::id-of-${resource.provider.split("::").at(-1)}` }),
      })),
    },
  };
}

function onWire(value: Value): unknown {
  if (isUnknown(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(onWire);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, onWire(element)]));
}
