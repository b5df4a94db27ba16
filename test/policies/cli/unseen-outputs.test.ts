import assert from "node:assert/strict";
import { judge } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { explain, parseDestination, survey } from "@hybrid-ai-fabric/report";
import { planInput } from "../../../policies/cli/input/read";
import { registry } from "../../support/plan";
import { today } from "../../support/rule-suite";

const urn = (chain: string, name: string) => `urn:pulumi:prod::shop::${chain}::${name}`;
const stack = urn("pulumi:pulumi:Stack", "shop-prod");
const component = urn("acme:index:Store", "orders");
const provider = urn("pulumi:providers:aws", "default_7_48_0");
const labels = { dataset: "claims", residency: "japan-only" };

/** A bucket abroad below a component, as `pulumi preview --json --show-sames` prints it. */
function preview({
  inputs = {},
  tags,
  more = [],
}: {
  inputs?: object;
  tags?: object;
  more?: { urn: string }[];
}): string {
  const states = [
    { urn: stack, type: "pulumi:pulumi:Stack", custom: false },
    { urn: component, type: "acme:index:Store", custom: false, parent: stack, inputs },
    {
      urn: urn("acme:index:Store$aws:s3/bucket:Bucket", "orders-data"),
      ...{ type: "aws:s3/bucket:Bucket", custom: true, parent: component },
      provider: `${provider}::04da6b54-80e4-46f7-96ec-b56ff0331ba9`,
      inputs: { region: "us-east-1", ...(tags ? { tags } : {}) },
    },
    ...more,
  ];
  const steps = states.map((newState) => ({ op: "create", urn: newState.urn, newState }));
  return JSON.stringify({ config: { "aws:region": "ap-northeast-1" }, steps, changeSummary: { create: 3 } });
}

const verdicts = (text: string, allowMissingOutputs = false): string[] =>
  judge(planInput(text, "p.json", { allowMissingOutputs }).resources, registry, sovereigntyRules, today)
    .violations.filter(({ level }) => level === "mandatory")
    .map(({ rule, verdict }) => `${rule} ${verdict}`);

const unseen = "labels-are-known-before-creation cannotBeShown";
const abroad = "data-rests-where-it-may-be broken";

describe("what a preview leaves out", () => {
  it("is refused where labels could be among it", () => {
    assert.deepEqual(verdicts(preview({})), [unseen]);
    assert.deepEqual(verdicts(preview({}), true), []);
    const told = planInput(preview({}), "p.json").lacks.join();
    assert.match(told, /count as unknown/);
  });

  it("is not missed where the store or the inputs of its component show the label", () => {
    const tags = { "hybrid-ai:dataset": "claims" };
    assert.deepEqual(verdicts(preview({ tags })), [abroad]);
    assert.deepEqual(verdicts(preview({ inputs: { labels } })), [abroad]);
  });

  it("is what another stack says of its stores", () => {
    const reference = {
      ...{ urn: urn("pulumi:pulumi:StackReference", "data"), type: "pulumi:pulumi:StackReference" },
      ...{ custom: true, external: true, parent: stack, inputs: { name: "org/data/prod" } },
    };
    const text = preview({ tags: { "hybrid-ai:dataset": "none" }, more: [reference] });
    assert.ok(verdicts(text).includes(unseen));
    assert.ok(!verdicts(text, true).includes(unseen));
  });

  it("leaves no proof that a dataset does not get somewhere", () => {
    const answer = (text: string) => {
      const to = parseDestination("US");
      assert.ok(!("problem" in to));
      return explain(survey(planInput(text, "p.json").resources, registry, today), "claims", to)?.answer;
    };
    assert.equal(answer(preview({})), "cannotBeShown");
    assert.equal(answer(preview({ inputs: { labels } })), "getsThere");
    assert.equal(answer(preview({ tags: { "hybrid-ai:dataset": "other" } })), "doesNot");
  });
});
