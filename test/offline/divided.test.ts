import assert from "node:assert/strict";
import { type Divided, divideTokyo } from "../support/divided";
import { preview } from "../support/preview";

/** One environment in three stacks on the real engine: those below are brought up on stand-ins, then the upper one is judged. */
describe("an environment that is divided among stacks", function () {
  this.timeout(600_000);
  this.slow(120_000);
  let divided: Divided;

  before(() => {
    divided = divideTokyo({
      "tokyo-base": ["network", "stores"],
      "tokyo-path": ["interconnect"],
      "tokyo-work": ["training", "site", "serving", "agents"],
    });
  });
  after(() => divided.remove());

  it("previews what works on the data, over the values of the stacks below and under the same packs", async () => {
    const settings = ["--policy-config", "policies/config/tokyo-dev.json"];
    const { status, printed, complained, plan } = await preview(
      divided.configurationOf("tokyo-work"),
      ...settings,
    );
    assert.equal(status, 0, complained || printed);
    const types = new Set(plan?.resources.map(({ type }) => type));
    assert.ok(types.has("aws:eks/cluster:Cluster") && types.has("aws:datasync/task:Task"));
    for (const type of [
      "aws:ec2/vpc:Vpc",
      "hybrid-ai-fabric:index:Interconnect",
      "aws:fsx/lustreFileSystem:LustreFileSystem",
    ])
      assert.equal(types.has(type), false, type);
  });

  it("previews the private path between a site and networks that another stack holds", async () => {
    const settings = ["--policy-config", "policies/config/tokyo-dev.json"];
    const { status, printed, complained, plan } = await preview(
      divided.configurationOf("tokyo-path"),
      ...settings,
    );
    assert.equal(status, 0, complained || printed);
    const types = new Set(plan?.resources.map(({ type }) => type));
    assert.ok(types.has("equinix:index/fabricConnection:FabricConnection"));
    assert.equal(types.has("aws:ec2transitgateway/transitGateway:TransitGateway"), false);
  });
});
