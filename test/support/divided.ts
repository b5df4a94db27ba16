import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";

const root = resolve(__dirname, "../..");
const KEY = "hybrid-ai-fabric:environment";

/** tokyo-dev divided among several stacks: one file with the environment, and a configuration for each stack. */
export interface Divided {
  /** Configuration of a stack. */
  configurationOf(stack: string): string;
  remove(): void;
}

export function divideTokyo(stacks: { [stack: string]: string[] }): Divided {
  const directory = mkdtempSync(join(root, "test", ".divided-"));
  const { config } = parse(readFileSync(join(root, "stacks/Pulumi.tokyo-dev.yaml"), "utf8"));
  writeFileSync(join(directory, "environment.yaml"), stringify({ ...config[KEY], stacks }));
  const configurationOf = (stack: string) => join(directory, `Pulumi.${stack}.yaml`);
  for (const stack of Object.keys(stacks)) {
    // As the program reads it: from its own folder.
    const shared = join("..", "test", directory.split("/").at(-1) ?? "", "environment.yaml");
    writeFileSync(configurationOf(stack), stringify({ config: { ...config, [KEY]: shared } }));
  }
  return { configurationOf, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
