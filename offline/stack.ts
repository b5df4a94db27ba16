import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PreparedConfiguration } from "./configuration";
import type { Engine } from "./engine/find";
import { type EngineRun, must, runEngine } from "./engine/run";
import type { Project } from "./project";
import type { Workspace } from "./workspace";

/** A stack in the workspace: its state and configuration lie there, never beside the user's program. */
export interface Stack {
  /** Takes the place of the configuration that the stack has. */
  configure(configuration: PreparedConfiguration): Promise<void>;
  /** Runs the engine on the stack; `variables` are for this run only. */
  run(args: readonly string[], variables?: NodeJS.ProcessEnv): Promise<EngineRun>;
  /** State of the stack as the engine writes it. */
  exported(): Promise<string>;
}

export async function createStack(engine: Engine, project: Project, workspace: Workspace): Promise<Stack> {
  const folder = workspace.projectNamed(project.name);
  const configFile = join(folder, `Pulumi.${project.environment}.yaml`);
  const stack = ["--stack", project.environment, "--config-file", configFile];
  const run = (args: readonly string[], variables: NodeJS.ProcessEnv = {}, input?: string) =>
    runEngine(engine.command, args, project.directory, { ...workspace.environment, ...variables }, input);
  // `stack init` writes a salt beside the project that it runs in, and the user's files are not ours to write.
  await must(run(["stack", "init", project.environment, "--no-select", "--cwd", folder]));
  return {
    async configure({ text, secrets }) {
      writeFileSync(configFile, text);
      for (const [key, value] of Object.entries(secrets)) {
        await must(run(["config", "set", "--secret", key, ...stack], {}, value));
      }
    },
    exported: async () => (await must(run(["stack", "export", "--stack", project.environment]))).output,
    run: ([command = "", ...args], variables) => run([command, ...stack, ...args], variables),
  };
}
