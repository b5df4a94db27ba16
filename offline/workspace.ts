import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Engine } from "./engine/find";
import { ENGINE_VERSION } from "./engine/version";
import type { Project } from "./project";
import { sdksOf } from "./sdks";
import type { Unset } from "./standin/provider";

/** A provider that is stood in for. */
export interface StandIn {
  package: string;
  version: string;
}

/** A folder for one preview, with a Pulumi home of its own: the user's plugins, credentials and state stay untouched. */
export interface Workspace {
  directory: string;
  /** A project of the same name with nothing in it: where the stack is made and its configuration lies. */
  project: string;
  /** Such a project for another one, whose stacks this one reads. */
  projectNamed(name: string): string;
  environment: NodeJS.ProcessEnv;
  recorder: string;
  recording: string;
  /** Log of the engine's events. */
  events: string;
  standIns: StandIn[];
  remove(): void;
}

export function createWorkspace(
  engine: Engine,
  { directory: projectDirectory, name }: Pick<Project, "directory" | "name">,
  compiled: string,
  unset: Unset = "unknown",
  lower: readonly string[] = [],
): Workspace {
  const directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-"));
  const home = join(directory, "home");
  const plugins = join(home, "plugins");
  const directories = [...new Set([projectDirectory, ...lower])];
  const sdks = directories.flatMap(sdksOf);
  for (const plugin of new Map(
    sdks.map(({ plugin }) => [`${plugin.name}-${plugin.version}`, plugin]),
  ).values()) {
    const folder = join(plugins, `resource-${plugin.name}-v${plugin.version}`);
    launcher(join(folder, `pulumi-resource-${plugin.name}`), join(compiled, "standin", "main.js"), [
      plugin.name,
      plugin.version,
      directories.join(delimiter),
      unset,
    ]);
  }
  if (!engine.hasNodeHost) {
    const folder = join(plugins, `language-nodejs-v${ENGINE_VERSION}`);
    launcher(join(folder, "pulumi-language-nodejs"), join(compiled, "host", "main.js"), [ENGINE_VERSION]);
  }
  const recording = join(directory, "resources.json");
  const recorder = join(directory, "recorder");
  launcher(recorder, join(compiled, "recorder", "main.js"), [recording]);
  const state = join(directory, "state");
  mkdirSync(state);
  const projectNamed = (wanted: string) => {
    const folder = join(directory, "projects", wanted);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify({ name: wanted, runtime: "nodejs" }));
    return folder;
  };
  return {
    directory,
    project: projectNamed(name),
    projectNamed,
    recorder,
    recording,
    events: join(directory, "events.json"),
    standIns: [...new Map(sdks.map((sdk) => [sdk.package, sdk])).values()].map((sdk) => ({
      package: sdk.package,
      version: sdk.version,
    })),
    environment: previewEnvironment(process.env, home, state, engine),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** The environment of the engine: nothing of the user's shell decides a region, an account or a plugin. */
export function previewEnvironment(
  shell: NodeJS.ProcessEnv,
  home: string,
  state: string,
  engine: Pick<Engine, "command">,
): NodeJS.ProcessEnv {
  const kept = Object.entries(shell).filter(
    ([name]) => !/^(AWS_|PULUMI_|EQUINIX_|MEGAPORT_|METAL_|PACKET_|KUBECONFIG$)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    PATH: `${dirname(engine.command)}:${shell.PATH ?? ""}`,
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "stand-in",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    // Without it the engine has no flag for a log of its events.
    PULUMI_DEBUG_COMMANDS: "true",
  };
}

/** The engine starts plugins as executables: a line of shell that starts the compiled script with this Node. */
function launcher(file: string, script: string, args: readonly string[]): void {
  mkdirSync(dirname(file), { recursive: true });
  const quoted = [process.execPath, script, ...args]
    .map((word) => `'${word.replaceAll("'", "'\\''")}'`)
    .join(" ");
  writeFileSync(file, `#!/bin/sh\nexec ${quoted} "$@"\n`);
  chmodSync(file, 0o755);
}
