import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseEnvironment } from "../../stacks/environment";

/** An environment as its file says it, before anything was checked. */
export type Tree = { [key: string]: Tree };

export function shipped(name: string): Tree {
  const file = join(__dirname, "../../stacks", `Pulumi.${name}.yaml`);
  return parse(readFileSync(file, "utf8")).config["hybrid-ai-fabric:environment"];
}

/** A shipped environment, read whole. */
export function readShipped(name: string) {
  const parsed = parseEnvironment(shipped(name), name);
  assert.ok("environment" in parsed, JSON.stringify(parsed));
  return parsed.environment;
}

/** Every problem of a shipped environment after a change, by path. */
export function reasonsFor(name: string, change: (environment: Tree) => void): { [path: string]: string } {
  const environment = shipped(name);
  change(environment);
  const parsed = parseEnvironment(environment, name);
  assert.ok("problems" in parsed, "expected problems");
  return Object.fromEntries(parsed.problems.map(({ path, reason }) => [path, reason]));
}

/** A part of it, by keys or by one path such as `places.tokyo`. */
export function at(tree: Tree | undefined, ...path: string[]): Tree {
  const keys = path.flatMap((key) => key.split("."));
  const found = keys.reduce<Tree | undefined>((node, key) => node?.[key], tree);
  assert.ok(found, path.join("."));
  return found;
}

export const set = (tree: Tree, key: string, value: unknown) => {
  tree[key] = value as Tree;
};
