import assert from "node:assert/strict";
import { fabricRules } from "@hybrid-ai-fabric/policy-fabric/rules";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import type { Engine } from "../../offline/engine/find";
import { installedEngine } from "../../offline/engine/installed";
import { interconnectFixtures } from "../policies/fabric/interconnect/fixtures";
import { fixtures } from "../policies/sovereignty/fixtures";
import { analyze } from "../support/analyze";
import { plan, registry } from "../support/plan";
import { violationsOf } from "../support/rule-suite";

const packs = {
  sovereignty: { rules: sovereigntyRules, fixtures },
  fabric: { rules: fabricRules, fixtures: interconnectFixtures },
};

/** A pack as the engine runs it, on states with unknowns: it must say what the same rules say in process. */
describe("pulumi policy analyze with a pack", function () {
  this.timeout(120_000);
  this.slow(20_000);
  let engine: Engine;

  before(async () => {
    engine = await installedEngine();
  });

  const cases: [keyof typeof packs, string, "pass" | "fail" | "unknown"][] = [
    ["sovereignty", "copies-stay-where-their-source-may-be", "pass"],
    ["sovereignty", "copies-stay-where-their-source-may-be", "fail"],
    ["sovereignty", "data-travels-where-it-may-be", "unknown"],
    ["sovereignty", "keys-stay-where-the-data-may-be", "unknown"],
    ["sovereignty", "destinations-of-labelled-data-are-known", "unknown"],
    ["sovereignty", "labels-are-known-before-creation", "fail"],
    ["fabric", "circuits-are-where-they-were-declared", "fail"],
    ["fabric", "connections-are-accepted-where-they-were-sold", "fail"],
    ["fabric", "bgp-sessions-detect-failure-by-bfd", "unknown"],
  ];
  for (const [pack, rule, which] of cases) {
    it(`finds in the ${which} plan of ${rule} what the rules find`, async () => {
      const { rules, fixtures } = packs[pack];
      const specs = fixtures[rule]?.[which];
      assert.ok(specs);
      const { status, policies, output } = await analyze(engine, plan(specs), pack, registry);
      const expected = violationsOf(rules, specs);
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
