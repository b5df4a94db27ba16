import assert from "node:assert/strict";
import { judge } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { plan } from "../../../support/plan";
import { today } from "../../../support/rule-suite";
import { culprit, scenarios, settingsOf, specsOf, verdictOf } from "./corpus";

describe("scenarios", () => {
  for (const scenario of scenarios) {
    it(`${scenario.id} ${scenario.title}: ${scenario.expect}`, () => {
      const specs = specsOf(scenario);
      const { violations } = judge(plan(specs), settingsOf(scenario, specs), sovereigntyRules, today);
      const mandatory = violations.filter(({ level }) => level === "mandatory");
      const verdict = verdictOf(mandatory);
      const shown = mandatory.map(({ rule, message }) => `${rule}: ${message}`).join("\n");
      assert.ok([scenario.expect, ...(scenario.orElse ?? [])].includes(verdict), `${verdict}\n${shown}`);
      const name = culprit(scenario);
      if (name === undefined) return;
      const blamed = mandatory.some(
        ({ urn, path, message }) =>
          urn.endsWith(`::${name}`) ||
          path.some((step) => step.urn.endsWith(`::${name}`)) ||
          message.includes(` ${name} `),
      );
      assert.ok(blamed, `${name} is not blamed\n${shown}`);
    });
  }
});
