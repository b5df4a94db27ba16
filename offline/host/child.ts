import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

/** The script of Pulumi's Node SDK that runs a program, a pack or a plugin, from the SDK of the folder it runs in. */
export function sdkScript(directory: string, name: "run" | "run-plugin" | "run-policy-pack"): string {
  return createRequire(join(directory, "package.json")).resolve(`@pulumi/pulumi/cmd/${name}`);
}

export interface ChildSpec {
  script: string;
  args: readonly string[];
  directory: string;
  environment: { [name: string]: string };
}

export function startNode(spec: ChildSpec): ChildProcess {
  return spawn(process.execPath, [spec.script, ...spec.args], {
    cwd: spec.directory,
    env: { ...process.env, ...spec.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** `NAME=value` lines of a request as an environment. */
export function environmentOf(lines: readonly string[]): { [name: string]: string } {
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf("=");
      return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}
