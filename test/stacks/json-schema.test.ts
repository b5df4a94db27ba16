import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { configurationJsonSchema } from "../../stacks/environment/json-schema";

const stacks = join(__dirname, "../../stacks");

describe("the JSON Schema of an environment", () => {
  it("is the one that editors read", () => {
    const written = JSON.parse(readFileSync(join(stacks, "environment.schema.json"), "utf8"));
    assert.deepEqual(
      written,
      JSON.parse(JSON.stringify(configurationJsonSchema())),
      "run `npm run schema` after a change of the shape",
    );
  });

  it("is named at the top of every shipped environment", () => {
    for (const file of readdirSync(stacks).filter((name) => name.startsWith("Pulumi."))) {
      const [first = ""] = readFileSync(join(stacks, file), "utf8").split("\n");
      assert.equal(first, "# yaml-language-server: $schema=environment.schema.json", file);
    }
  });
});
