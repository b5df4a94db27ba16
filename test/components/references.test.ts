import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { FabricReference, outputsOf, requiredOutput, validateFabricReference } from "../../components";
import { exportedStores, exportedSubnets } from "../../policies/graph/flow/exported";
import { plan, type ResourceSpec } from "../support/plan";

const stack = "organization/hybrid-ai-fabric/tokyo-dev";
const holdings = {
  version: 1,
  stores: [
    {
      urn: "u",
      arn: "arn:aws:s3:::b",
      id: "b",
      type: "aws:s3/bucket:Bucket",
      place: "aws:ap-northeast-1",
      dataset: "claims",
      residency: ["japan-only"],
    },
  ],
  subnets: [{ id: "subnet-1", zone: "apne1-az1" }],
  gateways: [{ id: "tgw-1", place: "aws:ap-northeast-1" }],
};

/** What a lower stack exports, by a function whose type its readers know. */
function exportThings(vpcId: pulumi.Output<string>) {
  return { things: { tokyo: { vpcId, region: "ap-northeast-1" } }, hybridAi: holdings };
}

/** Reads a stack that exports these outputs. */
async function reading<T>(outputs: object, read: (reference: FabricReference) => T | Promise<T>): Promise<T> {
  pulumi.runtime.setMocks(
    {
      newResource: ({ type, inputs }) => ({
        id: "id",
        state: type === "pulumi:pulumi:StackReference" ? { ...inputs, outputs } : inputs,
      }),
      call: ({ inputs }) => inputs,
    },
    "test",
    "test",
    true,
  );
  return read(new FabricReference("base", { stack }));
}

function settled<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply((value) => resolve(value));
  });
}

describe("the outputs of another stack", () => {
  const exported = { things: { tokyo: { vpcId: "vpc-1", region: "ap-northeast-1" } }, hybridAi: holdings };

  it("are typed by the function that produces them, as outputs and as plain values", async () => {
    await reading(exported, async (reference) => {
      const outputs = outputsOf<typeof exportThings>(reference);
      const vpcId: pulumi.Output<string> = outputs.output("things").apply(({ tokyo }) => tokyo?.vpcId ?? "");
      assert.equal(await settled(vpcId), "vpc-1");
      const region: string = (await outputs.plain("things")).tokyo.region;
      assert.equal(region, "ap-northeast-1");
      // @ts-expect-error The function exports no such key.
      const wrong = outputs.plain("thing");
      await assert.rejects(wrong, /has no output "thing"; it has hybridAi, things\. Did you mean things\?/);
    });
  });

  it("lack a key with one error that names the stack, the key and the nearest one", () => {
    assert.throws(() => requiredOutput(stack, { networks: 1, stores: 2 }, "network"), {
      message: `Stack ${stack} has no output "network"; it has networks, stores. Did you mean networks? Bring that stack up with a program that exports it.`,
    });
    assert.throws(() => requiredOutput(stack, {}, "networks"), /it has none at all\. Bring/);
    assert.equal(requiredOutput(stack, { networks: 0 }, "networks"), 0);
  });

  it("bring their stores along for the packs, which read no stack reference", async () => {
    const seen = await reading(exported, ({ hybridAi }) => settled(hybridAi));
    assert.deepEqual(seen, holdings);
    assert.deepEqual(await reading({}, ({ hybridAi }) => settled(hybridAi)), { version: 1, stores: [] });
  });

  it("are found by the full name of a stack only", () => {
    assert.deepEqual(validateFabricReference({ stack }), []);
    for (const wrong of ["tokyo-dev", "organization//tokyo-dev", "a/b/c/d"])
      assert.match(
        validateFabricReference({ stack: wrong })[0]?.reason ?? "",
        /must be organization\/project\/stack/,
      );
  });
});

describe("what other stacks hold, in the graph", () => {
  const told = (spec: Partial<ResourceSpec>) =>
    plan([{ type: "hybrid-ai-fabric:index:FabricReference", name: "base", ...spec }]);
  const properties = { hybridAi: holdings };

  it("is found by ARN, id and URN, with its place, dataset and residency", () => {
    const stores = exportedStores(told({ properties }));
    const expected = { place: "aws:ap-northeast-1", dataset: ["claims"], residency: ["japan-only"] };
    for (const key of ["u", "b", "arn:aws:s3:::b"]) assert.deepEqual(stores.get(key), expected);
    assert.deepEqual(stores.get("tgw-1"), { place: "aws:ap-northeast-1", dataset: [], residency: [] });
    assert.equal(exportedSubnets(told({ properties })).get("subnet-1")?.places[0]?.place.country, "JP");
  });

  it("is not what the stack itself exports, nor what another version says", () => {
    assert.equal(exportedStores(told({ type: "pulumi:pulumi:Stack", properties })).size, 0);
    assert.equal(exportedStores(told({ properties: { hybridAi: { ...holdings, version: 2 } } })).size, 0);
    assert.equal(
      exportedSubnets(
        told({ properties: { hybridAi: { ...holdings, subnets: [{ id: "s", zone: "nowhere" }] } } }),
      ).size,
      0,
    );
  });
});
