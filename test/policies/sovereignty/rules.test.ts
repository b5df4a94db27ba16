import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { judge, type Violation } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/sovereignty/rules";
import { plan, type ResourceSpec, registry } from "../../support/plan";
import { fixtures } from "./fixtures";

const today = "2026-11-23";
const documentation = readFileSync(join(__dirname, "../../../docs/rules/sovereignty.md"), "utf8");

function violationsOf(specs: readonly ResourceSpec[], settings: unknown = registry): Violation[] {
  return judge(plan(specs), settings, sovereigntyRules, today).violations;
}

describe("sovereignty rules", () => {
  for (const rule of sovereigntyRules) {
    describe(rule.id, () => {
      const fixture = fixtures[rule.id];

      it("has fixtures that pass, fail and cannot be shown", () => {
        assert.ok(fixture, `test/policies/sovereignty/fixtures.ts has none for ${rule.id}`);
      });
      if (!fixture) return;

      it("says nothing about the plan that passes", () => {
        assert.deepEqual(violationsOf(fixture.pass), []);
      });

      it("refuses the plan that fails, naming the dataset and the way", () => {
        const found = violationsOf(fixture.fail).find((violation) => violation.rule === rule.id);
        assert.ok(found, `not refused by ${rule.id}`);
        assert.equal(found.level, rule.level);
        assert.match(found.message, /claims|cliams|tags/);
        assert.ok(found.path.length > 0);
      });

      it("refuses the plan whose answer is unknown", () => {
        const finder = fixture.unknownIsFoundBy ?? rule.id;
        const found = violationsOf(fixture.unknown).find((violation) => violation.rule === finder);
        assert.ok(found, `not refused by ${finder}`);
        assert.equal(found.verdict, "cannotBeShown");
        assert.equal(found.level, "mandatory");
      });

      it("is documented, with its remediation", () => {
        assert.ok(
          documentation.includes(`## ${rule.id}\n`),
          `docs/rules/sovereignty.md has no section ${rule.id}`,
        );
        assert.ok(rule.remediation.length > 20);
        assert.match(rule.id, /^[a-z]+(-[a-z]+)+$/);
      });
    });
  }

  it("has no fixture of a rule that does not exist", () => {
    const ids = sovereigntyRules.map((rule) => rule.id);
    assert.deepEqual(
      Object.keys(fixtures).filter((id) => !ids.includes(id)),
      [],
    );
  });
});
