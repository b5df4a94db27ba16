import assert from "node:assert/strict";
import { judge } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { plan, type ResourceSpec, registry } from "../../support/plan";
import { today } from "../../support/rule-suite";
import { type Triple, triples } from "../../support/triples";

/** The account that stands in the ARNs of the triples: what differs between them is the place. */
const accounts = { "111122223333": { owner: "us", expires: "2031-12-31" } };

describe("no catalogue row fails open", function () {
  this.timeout(120_000);
  const { triples: all, untestable } = triples();
  const refused = (specs: ResourceSpec[], { externalStores }: Triple) =>
    judge(plan(specs), { ...registry, externalStores, accounts }, sovereigntyRules, today).violations.filter(
      ({ level }) => level === "mandatory",
    );
  const name = ({ row, property }: Triple) => `${row.type} ${property}`;

  it("a foreign literal is refused, in every property of every row", () => {
    const passed = all.filter((triple) => refused(triple.abroad, triple).length === 0);
    assert.deepEqual(passed.map(name), []);
  });

  it("an unknown is refused, in every property of every row", () => {
    const passed = all.filter((triple) => refused(triple.unknown, triple).length === 0);
    assert.deepEqual(passed.map(name), []);
  });

  it("a literal at home passes, in every property of every row", () => {
    const wrong = all.flatMap((triple) =>
      refused(triple.home, triple)
        .slice(0, 1)
        .map(({ message }) => `${name(triple)}: ${message.slice(0, 160)}`),
    );
    assert.deepEqual(wrong, []);
  });

  it("a foreign literal is refused as the second element of a list as well", () => {
    const listed = all.filter(({ second }) => second !== undefined);
    assert.ok(listed.length > 150, `${listed.length} properties in lists`);
    const passed = listed.filter((triple) => refused(triple.second ?? [], triple).length === 0);
    assert.deepEqual(passed.map(name), []);
  });

  it("leaves out only what no value of one property decides, and counts it", () => {
    assert.ok(all.length > 600, `${all.length} triples`);
    const counts = new Map<string, number>();
    for (const { reason } of untestable) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    assert.ok(untestable.length < all.length / 4, JSON.stringify([...counts]));
  });
});
