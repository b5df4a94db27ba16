import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { judge, type Rule, type Violation } from "@hybrid-ai-fabric/graph";
import { plan, type ResourceSpec, registry } from "./plan";

/** Three plans for a rule: one that it passes, one that it refuses, one in which it cannot tell. */
export interface RuleFixtures {
  pass: ResourceSpec[];
  fail: ResourceSpec[];
  unknown: ResourceSpec[];
  /** The rule that refuses the unknown plan, where it is another one. */
  unknownIsFoundBy?: string;
  /** Settings of the packs for these plans. Default: the registry in which claims stays in Japan. */
  settings?: unknown;
}

/** Settings are judged on this day, so that no fixture expires while nobody looks. */
export const today = "2026-11-23";

export function violationsOf(
  rules: readonly Rule[],
  specs: readonly ResourceSpec[],
  settings: unknown = registry,
): Violation[] {
  return judge(plan(specs), settings, rules, today).violations;
}

/** What every rule of every pack owes: three fixtures, a level that holds, and documentation. */
export function describeRules(
  pack: string,
  rules: readonly Rule[],
  fixtures: { [rule: string]: RuleFixtures },
): void {
  const documentation = readFileSync(join(__dirname, `../../docs/rules/${pack}.md`), "utf8");
  for (const rule of rules) describeRule(pack, rule, rules, fixtures[rule.id], documentation);

  it("has no fixture of a rule that does not exist", () => {
    const ids = rules.map((rule) => rule.id);
    assert.deepEqual(
      Object.keys(fixtures).filter((id) => !ids.includes(id)),
      [],
    );
  });
}

function describeRule(
  pack: string,
  rule: Rule,
  rules: readonly Rule[],
  fixture: RuleFixtures | undefined,
  documentation: string,
): void {
  describe(rule.id, () => {
    it("has fixtures that pass, fail and cannot be shown", () => {
      assert.ok(fixture, `test/policies/${pack} has no fixtures for ${rule.id}`);
    });
    if (!fixture) return;

    it("says nothing about the plan that passes", () => {
      assert.deepEqual(violationsOf(rules, fixture.pass, fixture.settings), []);
    });

    // On an update each resource is judged before it is created, when the rest of the plan is not there yet.
    it("stops no update for what the rest of the plan shows", () => {
      const resources = plan(fixture.pass);
      for (const resource of resources) {
        const provider = resources.filter(({ urn }) => urn === resource.provider);
        const alone = { ...resource, outputs: {}, dependencies: [], propertyDependencies: {} };
        const stopped: Violation[] = judge(
          [...provider, alone],
          fixture.settings ?? registry,
          [rule],
          today,
        ).violations.filter(({ verdict, urn }) => verdict === "broken" && urn === resource.urn);
        assert.deepEqual(stopped, []);
      }
    });

    it("refuses the plan that fails, naming the way", () => {
      const violations = violationsOf(rules, fixture.fail, fixture.settings);
      const found = violations.find((violation) => violation.rule === rule.id);
      assert.ok(found, `not refused by ${rule.id} but by ${violations.map((v) => v.rule).join(", ")}`);
      assert.equal(found.level, rule.level);
      assert.equal(found.pack, pack);
      assert.ok(found.path.length > 0);
    });

    it("refuses the plan whose answer is unknown", () => {
      const finder = fixture.unknownIsFoundBy ?? rule.id;
      const violations = violationsOf(rules, fixture.unknown, fixture.settings);
      const found = violations.find((violation) => violation.rule === finder);
      assert.ok(found, `not refused by ${finder} but by ${violations.map((v) => v.rule).join(", ")}`);
      assert.equal(found.verdict, "cannotBeShown");
      const level = rules.find(({ id }) => id === finder)?.level;
      assert.equal(found.level, level);
    });

    it("is documented, with its remediation", () => {
      assert.ok(documentation.includes(`## ${rule.id}\n`), `docs/rules/${pack}.md has no section ${rule.id}`);
      assert.ok(rule.remediation.length > 20);
      assert.match(rule.id, /^[a-z]+(-[a-z]+)+$/);
    });
  });
}
