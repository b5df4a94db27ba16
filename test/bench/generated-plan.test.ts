import assert from "node:assert/strict";
import { judge } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { generatedPlan } from "../../bench/generated-plan";
import { ours } from "../../bench/peers/compare";
import { terraformPlan } from "../../bench/peers/terraform";
import { today } from "../support/rule-suite";

describe("the generated plan of the benches", () => {
  it("has the size that was asked for and is the same each time", () => {
    for (const size of [1, 2, 7, 500]) {
      const { resources } = generatedPlan(size, 7);
      assert.equal(resources.length, size);
      assert.equal(new Set(resources.map(({ urn }) => urn)).size, size);
      assert.deepEqual(generatedPlan(size, 7).resources, resources);
    }
    assert.notDeepEqual(generatedPlan(500, 8).resources, generatedPlan(500, 7).resources);
  });

  it("leaks where it says, and nowhere else", () => {
    const { resources, leaks } = generatedPlan(2_000, 7);
    assert.ok(leaks.length > 0);
    const { violations } = judge(resources, undefined, sovereigntyRules, today);
    const blamed = violations.filter(({ level }) => level === "mandatory").map(({ urn }) => urn);
    assert.deepEqual([...new Set(blamed)].sort(), leaks);
  });
});

describe("the comparison with peers", () => {
  it("gives ours no leak to miss and no sound program to refuse", () => {
    const { leaks, falseAlarms } = ours();
    assert.deepEqual(
      leaks.filter(({ known, unknown }) => !known || !unknown),
      [],
    );
    assert.deepEqual(falseAlarms, []);
  });

  it("writes a plan of Terraform with its unknowns and references", () => {
    const plan = terraformPlan(generatedPlan(5, 7).resources) as {
      resource_changes: { type: string; change: { after: unknown; after_unknown: { rule?: unknown } } }[];
      configuration: { root_module: { resources: { type: string; expressions: { rule?: unknown } }[] } };
    };
    const type = "aws_s3_bucket_replication_configuration";
    const change = plan.resource_changes.find((resource) => resource.type === type)?.change;
    assert.deepEqual(change?.after_unknown.rule, [{ destination: [{ bucket: true }] }]);
    const configured = plan.configuration.root_module.resources.find((resource) => resource.type === type);
    assert.match(JSON.stringify(configured?.expressions.rule), /"references":\["aws_s3_bucket\.copy_0\.arn"/);
  });
});
