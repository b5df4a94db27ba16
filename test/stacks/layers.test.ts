import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { configuredEnvironment, parseEnvironment } from "../../stacks/environment";
import { creates, layerNames, layers, stackOfLayer, usedLayers } from "../../stacks/layers";

const file = join(__dirname, "../../stacks/Pulumi.tokyo-dev.yaml");
const tokyo = () => parse(readFileSync(file, "utf8")).config["hybrid-ai-fabric:environment"];

const read = (stacks: { [stack: string]: string[] } | undefined, name: string) =>
  parseEnvironment({ ...tokyo(), ...(stacks ? { stacks } : {}) }, name);

function problemsOf(stacks: { [stack: string]: string[] }, name: string): string[] {
  const parsed = read(stacks, name);
  return "problems" in parsed ? parsed.problems.map(({ path, reason }) => `${path}: ${reason}`) : [];
}

const lower = ["network", "interconnect", "stores"];
const upper = ["training", "site", "serving", "agents"];

describe("an environment in several stacks", () => {
  it("is one stack that creates every layer where nothing divides it", () => {
    const parsed = read(undefined, "whatever");
    assert.ok("environment" in parsed);
    for (const layer of layerNames) {
      assert.ok(creates(parsed.environment, "whatever", layer));
      assert.equal(stackOfLayer(parsed.environment, layer), undefined);
    }
  });

  it("creates every layer in exactly one stack, and finds the stack of each", () => {
    const stacks = { "tokyo-base": lower, "tokyo-work": upper };
    const parsed = read(stacks, "tokyo-work");
    assert.ok("environment" in parsed, JSON.stringify(parsed));
    for (const layer of usedLayers(parsed.environment)) {
      const owners: string[] = Object.keys(stacks).filter((stack) =>
        creates(parsed.environment, stack, layer),
      );
      assert.deepEqual(owners, [stackOfLayer(parsed.environment, layer)]);
    }
  });

  it("tells of a stack that it does not name, with the nearest one", () => {
    assert.deepEqual(problemsOf({ "tokyo-base": [...lower, ...upper] }, "tokyo-bsae"), [
      'stacks: no layer is given to this stack, "tokyo-bsae"; there are tokyo-base; nearest: tokyo-base',
    ]);
  });

  it("tells of every layer that no stack creates, that two create, and that stands below what it reads", () => {
    assert.deepEqual(
      problemsOf({ a: ["training", "network"], b: ["stores", "network"], c: ["site", "agents"] }, "a"),
      [
        'stacks.b: "network": stacks.a creates it already',
        'stacks: no stack creates "interconnect", which this environment needs',
        'stacks: no stack creates "serving", which this environment needs',
        'stacks.a: "training" reads stores, so stacks.b must stand above it',
      ],
    );
  });

  it("accepts a division exactly when what each layer reads stands in the same stack or above", () => {
    const places = fc.tuple(...layerNames.map(() => fc.integer({ min: 0, max: 2 })));
    fc.assert(
      fc.property(places, (indexes) => {
        const at = Object.fromEntries(layerNames.map((layer, index) => [layer, indexes[index] ?? 0]));
        const stacks = Object.fromEntries(
          [0, 1, 2]
            .map((index) => [`s${index}`, layerNames.filter((layer) => at[layer] === index)] as const)
            .filter(([, created]) => created.length > 0),
        );
        const [name = ""] = Object.keys(stacks);
        const sound = layerNames.every((layer) =>
          layers[layer].every((needed) => (at[needed] ?? 0) <= (at[layer] ?? 0)),
        );
        assert.equal(problemsOf(stacks, name).length === 0, sound);
      }),
      { numRuns: 40 },
    );
  });

  it("comes as an object, or as the path of the file that its stacks share", () => {
    assert.deepEqual(configuredEnvironment('{"places":{}}'), { places: {} });
    assert.equal(configuredEnvironment("tokyo.yaml"), "tokyo.yaml");
  });
});
