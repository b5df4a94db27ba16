import assert from "node:assert/strict";
import { judged } from "../support/judged";
import { servingVariants } from "./serving-variants";

describe("programs that serve or keep knowledge wrongly are refused", () => {
  for (const [name, { title, specs, settings, rule, message }] of Object.entries(servingVariants)) {
    it(`${name}: ${title}`, () => {
      const { violations } = judged(specs, settings);
      const mandatory = violations.filter(({ level }) => level === "mandatory");
      const listed = mandatory.map((found) => `${found.rule} ${found.verdict}: ${found.message}`).join("\n");
      const found = mandatory.filter((violation) => violation.rule === rule);
      assert.ok(
        found.some((violation) => violation.verdict === "broken" && message.test(violation.message)),
        `not refused by ${rule}, but:\n${listed}`,
      );
      assert.ok(found.every(({ path }) => path.length > 0));
    });
  }
});
