import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import manifest from "../../components/package.json";
import {
  agreedApi,
  componentNames,
  inferSchema,
  renderApi,
  type Schema,
  undocumented,
} from "./component-api";

const directory = resolve(__dirname, "../../components");

/** Other languages see a component by the schema that Pulumi infers from its arguments, and policies by its token. */
describe("the components of the library", function () {
  this.timeout(180_000);
  this.slow(60_000);
  let schema: Schema;

  before(() => {
    schema = inferSchema();
  });

  it("have arguments that every language can pass", () => {
    assert.deepEqual(
      Object.keys(schema.resources).sort(),
      componentNames.map((name) => `${manifest.name}:index:${name}`),
    );
  });

  it("have the API that was agreed on: npm run schema:components agrees on another one", () => {
    assert.equal(renderApi(schema), agreedApi());
  });

  it("say of every argument what it is", () => {
    assert.deepEqual(undocumented(schema), []);
  });

  it("register under the token of their schema", () => {
    const tokens = new Map(
      sourcesBelow(directory).flatMap((file) =>
        [
          ...readFileSync(file, "utf8").matchAll(/class (\w+) extends[^{]*\{[\s\S]*?super\(\s*"([^"]+)"/g),
        ].map(([, name, token]) => [name ?? "", token ?? ""] as const),
      ),
    );
    for (const name of componentNames) assert.equal(tokens.get(name), `${manifest.name}:index:${name}`);
  });
});

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (["node_modules", "dist", "locality"].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sourcesBelow(path) : entry.name.endsWith(".ts") ? [path] : [];
  });
}
