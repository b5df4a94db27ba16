import assert from "node:assert/strict";
import { judge } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { plan, type ResourceSpec, registry } from "../../../support/plan";
import { today } from "../../../support/rule-suite";
import { propertiesUnknownTo } from "../../../support/sdk-shapes";
import { families, type Leak } from "./corpus";

/** The account of the corpus is ours, and two buckets stand where their names say. */
const settings = {
  ...registry,
  accounts: { "111122223333": { owner: "us", expires: "2031-12-31" } },
  externalStores: [
    { match: "*claims-copies*", place: "aws:ap-northeast-1" },
    { match: "*away-bucket*", place: "aws:us-east-1" },
  ],
};

const refusals = (specs: ResourceSpec[], under: object = settings) =>
  judge(plan(specs), under, sovereigntyRules, today).violations.filter(({ level }) => level === "mandatory");

describe("ways out that were written without the catalogue", function () {
  this.timeout(120_000);

  for (const [family, leaks] of Object.entries(families)) {
    it(`are refused, known and unknown, and only they: ${family}`, () => {
      assert.deepEqual(leaks.flatMap(failOpen), []);
      assert.deepEqual(leaks.flatMap(falseAlarms), []);
    });
  }

  it("are refused without a registry as well, where no tag says where the data may be", () => {
    const { datasets: _, ...unregistered } = settings;
    const passed = Object.values(families)
      .flat()
      .flatMap(({ name, open }) =>
        Object.values(open).some((specs) => refusals(specs, unregistered).length === 0) ? [name] : [],
      );
    assert.deepEqual(passed, []);
  });

  it("are many, each with a name of its own", () => {
    const all = Object.values(families).flat();
    const names = Object.entries(families).flatMap(([family, leaks]) =>
      leaks.map(({ name }) => `${family}: ${name}`),
    );
    assert.ok(all.length > 400, `${all.length} ways out`);
    assert.equal(new Set(names).size, names.length);
  });

  it("set only properties that the SDK has", () => {
    const specs = Object.values(families)
      .flat()
      .flatMap(({ open }) => open.away ?? []);
    assert.deepEqual(propertiesUnknownTo(specs), []);
  });
});

function failOpen({ name, open }: Leak): string[] {
  return Object.entries(open).flatMap(([how, specs]) =>
    refusals(specs).length > 0 ? [] : [`${name} (${how})`],
  );
}

function falseAlarms({ name, home }: Leak): string[] {
  const [first] = refusals(home ?? []);
  return home && first ? [`${name}: ${first.message.slice(0, 200)}`] : [];
}
