import assert from "node:assert/strict";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { type Engine, findEngine, strategies } from "../../offline/engine/find";
import { cacheDirectory } from "../../offline/setup/progress";
import { fixtures } from "../policies/sovereignty/fixtures";
import { analyze } from "../support/analyze";
import { plan, registry } from "../support/plan";
import { violationsOf } from "../support/rule-suite";

/** The pack as the engine runs it, on states with unknowns: it must say what the same rules say in process. */
describe("pulumi policy analyze with the sovereignty pack", function () {
  this.timeout(120_000);
  this.slow(20_000);
  let engine: Engine;

  before(async () => {
    const found = await findEngine(strategies(cacheDirectory(), process.env.PATH ?? ""), (_, work) => work());
    assert.ok(found, "no engine");
    engine = found;
  });

  const cases: [string, "pass" | "fail" | "unknown"][] = [
    ["copies-stay-where-their-source-may-be", "pass"],
    ["copies-stay-where-their-source-may-be", "fail"],
    ["data-travels-where-it-may-be", "unknown"],
    ["keys-stay-where-the-data-may-be", "unknown"],
    ["destinations-of-labelled-data-are-known", "unknown"],
    ["labels-are-known-before-creation", "fail"],
  ];
  for (const [rule, which] of cases) {
    it(`finds in the ${which} plan of ${rule} what the rules find`, () => {
      const specs = fixtures[rule]?.[which];
      assert.ok(specs);
      const { status, policies, output } = analyze(engine, plan(specs), "sovereignty", registry);
      const expected = violationsOf(sovereigntyRules, specs);
      const said = policies.map(({ policyName, enforcementLevel }) => `${enforcementLevel} ${policyName}`);
      assert.deepEqual(
        [...new Set(said)].sort(),
        [...new Set(expected.map((violation) => `${violation.level} ${violation.rule}`))].sort(),
        output,
      );
      assert.equal(status, expected.some(({ level }) => level === "mandatory") ? 1 : 0, output);
    });
  }
});
