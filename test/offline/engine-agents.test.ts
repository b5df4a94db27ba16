import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PlannedResource } from "@hybrid-ai-fabric/graph";
import { parse, stringify } from "yaml";
import { preview } from "../support/preview";

/** Two previews on the real engine: with a channel and without it. */
const stacks = resolve(__dirname, "../../stacks");
const settings = ["--policy-config", "policies/config/japan-prod.json"];

function without(channel: string, directory: string): string {
  const stack = parse(readFileSync(join(stacks, "Pulumi.japan-prod.yaml"), "utf8"));
  delete stack.config["hybrid-ai-fabric:environment"].channels[channel];
  const file = join(directory, "Pulumi.japan-prod.yaml");
  writeFileSync(file, stringify(stack));
  return file;
}

const nameOf = ({ type, name }: PlannedResource) => `${type} ${name}`;

describe("a channel that goes", function () {
  this.timeout(600_000);
  this.slow(120_000);

  it("takes its grant, its rule and its route, and nothing else", async () => {
    const directory = mkdtempSync(join(__dirname, "fixtures", "channel-"));
    try {
      const before = await preview("japan-prod");
      const after = await preview(without("consult", directory), ...settings);
      assert.equal(before.status, 0, before.complained || before.printed);
      assert.equal(after.status, 0, after.complained || after.printed);
      const [with_, left] = [before, after].map(
        ({ plan }) => new Map((plan?.resources ?? []).map((resource) => [resource.urn, resource])),
      );
      assert.ok(with_ && left);
      const gone = [...with_.values()].filter(({ urn }) => !left.has(urn));
      assert.deepEqual(
        [...left.keys()].filter((urn) => !with_.has(urn)),
        [],
      );
      assert.deepEqual(
        gone.map(nameOf).filter((name) => !/-consult(-|$)/.test(name)),
        [],
      );
      assert.ok(
        gone.some(({ type }) => type === "aws:iam/rolePolicy:RolePolicy"),
        "no grant went",
      );
      assert.ok(
        gone.some(({ type }) => type === "aws:vpclattice/authPolicy:AuthPolicy"),
        "no rule went",
      );
      assert.ok(
        gone.some(({ type }) => type === "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute"),
        "no route went",
      );
      for (const [urn, resource] of left) {
        if (resource.custom) assert.deepEqual(resource.inputs, with_.get(urn)?.inputs, urn);
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
