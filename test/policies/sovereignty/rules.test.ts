import assert from "node:assert/strict";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { describeRules, violationsOf } from "../../support/rule-suite";
import { fixtures } from "./fixtures";

describe("sovereignty rules", () => {
  describeRules("sovereignty", sovereigntyRules, fixtures);

  for (const [rule, { fail, settings }] of Object.entries(fixtures)) {
    it(`${rule} names what it refuses`, () => {
      const found = violationsOf(sovereigntyRules, fail, settings).find(
        (violation) => violation.rule === rule,
      );
      assert.match(found?.message ?? "", /claims|cliams|tags|Bucket any/);
    });
  }
});
