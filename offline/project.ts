import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { nearest } from "@hybrid-ai-fabric/locality";
import { parse } from "yaml";
import { WrongInput } from "./engine/failure";

/** What is previewed: a stack configuration and the Pulumi project that it belongs to. */
export interface Project {
  /** Name of the environment: `tokyo-dev` of `Pulumi.tokyo-dev.yaml`. */
  environment: string;
  /** Undefined for a program without any configuration. */
  configFile: string | undefined;
  /** Folder of the nearest Pulumi.yaml at or above the configuration. */
  directory: string;
  name: string;
}

const CONFIG_NAME = /^Pulumi\.(.+)\.ya?ml$/;

/** Finds an environment by its name in `stacks/`, or by the path of its file. */
export function findProject(argument: string, root: string, workingDirectory: string): Project {
  const stacks = join(root, "stacks");
  const named = join(stacks, `Pulumi.${argument}.yaml`);
  const configFile = existsSync(named) ? named : resolve(workingDirectory, argument);
  const environment = CONFIG_NAME.exec(basename(configFile))?.[1];
  if (environment === undefined || !existsSync(configFile)) {
    const known = environmentsIn(stacks);
    const close = nearest(argument, known, 1);
    const hint = close.length > 0 ? ` Did you mean ${close.join("")}?` : "";
    throw new WrongInput(
      `environment: "${argument}" is neither one of ${known.join(", ")} nor the path of a Pulumi.<environment>.yaml.${hint}`,
    );
  }
  const directory = projectAbove(dirname(configFile));
  if (directory === undefined)
    throw new WrongInput(`${argument}: no Pulumi.yaml stands beside it or above it.`);
  return { environment, configFile, directory, name: projectName(directory) };
}

export function environmentsIn(directory: string): string[] {
  return readdirSync(directory)
    .flatMap((file) => CONFIG_NAME.exec(file)?.[1] ?? [])
    .sort();
}

/** Folder of the configurations of a project's stacks. */
export function configurationFolder(directory: string): string {
  const description: unknown = parse(readFileSync(join(directory, "Pulumi.yaml"), "utf8"));
  const folder =
    typeof description === "object" && description !== null && "stackConfigDir" in description
      ? description.stackConfigDir
      : undefined;
  return resolve(directory, typeof folder === "string" ? folder : ".");
}

function projectAbove(directory: string): string | undefined {
  if (existsSync(join(directory, "Pulumi.yaml"))) return directory;
  const parent = dirname(directory);
  return parent === directory ? undefined : projectAbove(parent);
}

export function projectName(directory: string): string {
  const project: unknown = parse(readFileSync(join(directory, "Pulumi.yaml"), "utf8"));
  const name =
    typeof project === "object" && project !== null && "name" in project ? project.name : undefined;
  if (typeof name !== "string")
    throw new WrongInput(`${join(basename(directory), "Pulumi.yaml")}: name is missing.`);
  return name;
}
