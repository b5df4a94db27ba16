import assert from "node:assert/strict";
import { judge } from "@hybrid-ai-fabric/graph";
import { fabricRules } from "@hybrid-ai-fabric/policy-fabric/rules";
import fc from "fast-check";
import { plan, registry } from "../../support/plan";
import { today } from "../../support/rule-suite";
import { interconnectFixtures } from "./interconnect/fixtures";
import { siteFixtures } from "./site/fixtures";
import { trainingFixtures } from "./training/fixtures";

const fixtures = { ...interconnectFixtures, ...trainingFixtures, ...siteFixtures };

/** The engine hands resources over in another order at every run. */
describe("every rule of the fabric pack", () => {
  for (const [rule, { fail, unknown, settings }] of Object.entries(fixtures)) {
    it(`${rule} says the same of its plans in any order`, () => {
      for (const specs of [fail, unknown]) {
        const resources = plan(specs);
        const { violations } = judge(resources, settings ?? registry, fabricRules, today);
        assert.ok(violations.length > 0);
        fc.assert(
          fc.property(fc.shuffledSubarray(resources, { minLength: resources.length }), (shuffled) => {
            const again = judge(shuffled, settings ?? registry, fabricRules, today);
            assert.deepEqual(again.violations, violations);
          }),
          { numRuns: 8 },
        );
      }
    });
  }
});
