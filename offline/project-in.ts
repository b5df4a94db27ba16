import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { nearest } from "@hybrid-ai-fabric/locality";
import { parse } from "yaml";
import { WrongInput } from "./engine/failure";
import { configurationFolder, environmentsIn, type Project, projectName } from "./project";

/**
 * The project of a folder that holds a Pulumi.yaml, with the configuration of one of its stacks. Without a name it is
 * the only stack that has one; a program without any configuration is previewed as it is.
 */
export function projectIn(directory: string, stack: string | undefined): Project {
  if (!existsSync(join(directory, "Pulumi.yaml")))
    throw new WrongInput(
      `${directory}: it holds no Pulumi.yaml, so it is not the folder of a Pulumi program.`,
    );
  const description = parse(readFileSync(join(directory, "Pulumi.yaml"), "utf8")) as {
    runtime?: unknown;
  } | null;
  const configurations = configurationFolder(directory);
  const stacks = existsSync(configurations) ? environmentsIn(configurations) : [];
  requireSdk(directory, description?.runtime);
  const environment = chosen(stack, stacks, directory);
  const file = join(configurations, `Pulumi.${environment}.yaml`);
  return {
    environment,
    configFile: existsSync(file) ? file : undefined,
    directory,
    name: projectName(directory),
  };
}

function chosen(stack: string | undefined, stacks: readonly string[], directory: string): string {
  if (stack !== undefined) {
    if (stacks.includes(stack)) return stack;
    const close = nearest(stack, stacks, 1).join("");
    throw new WrongInput(
      `--stack ${stack}: ${directory} has ${stacks.length > 0 ? `the stacks ${stacks.join(", ")}` : "no Pulumi.<stack>.yaml"}.${close ? ` Did you mean ${close}?` : ""}`,
    );
  }
  if (stacks.length > 1)
    throw new WrongInput(`${directory} has the stacks ${stacks.join(", ")}; choose one with --stack.`);
  return stacks[0] ?? "check";
}

/** A Node program without its dependencies fails deep in the engine; here it is told in one line. */
function requireSdk(directory: string, runtime: unknown): void {
  const name = typeof runtime === "object" && runtime !== null && "name" in runtime ? runtime.name : runtime;
  if (name !== "nodejs") return;
  try {
    createRequire(join(directory, "package.json")).resolve("@pulumi/pulumi/package.json");
  } catch {
    throw new WrongInput(`${directory}: @pulumi/pulumi is not installed there; run npm install in it first.`);
  }
}
