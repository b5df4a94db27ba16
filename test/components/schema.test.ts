import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema";
import * as library from "../../components";
import manifest from "../../components/package.json";

const directory = resolve(__dirname, "../../components");
const components = Object.entries(library)
  .filter(([, value]) => typeof value === "function" && value.prototype instanceof pulumi.ComponentResource)
  .map(([name]) => name);

/** Other languages see a component by the schema that Pulumi infers from its arguments, and policies by its token. */
describe("the components of the library", function () {
  this.timeout(180_000);
  this.slow(60_000);

  it("have arguments that every language can pass", () => {
    const analyzer = new Analyzer(directory, manifest.name, manifest, new Set(components));
    const { components: found, typeDefinitions, dependencies } = analyzer.analyze();
    assert.deepEqual(Object.keys(found).sort(), [...components].sort());
    const schema = generateSchema(
      manifest.name,
      manifest.version,
      manifest.description,
      found,
      typeDefinitions,
      dependencies,
    );
    assert.deepEqual(
      Object.keys(schema.resources).sort(),
      components.map((name) => `${manifest.name}:index:${name}`).sort(),
    );
  });

  it("register under the token of their schema", () => {
    const tokens = new Map(
      sourcesBelow(directory).flatMap((file) =>
        [
          ...readFileSync(file, "utf8").matchAll(/class (\w+) extends[^{]*\{[\s\S]*?super\(\s*"([^"]+)"/g),
        ].map(([, name, token]) => [name ?? "", token ?? ""] as const),
      ),
    );
    for (const name of components) assert.equal(tokens.get(name), `${manifest.name}:index:${name}`);
  });
});

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (["node_modules", "dist", "locality"].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sourcesBelow(path) : entry.name.endsWith(".ts") ? [path] : [];
  });
}
