import assert from "node:assert/strict";
import { datasetsOn, judge, judgeBeside, matchesGlob, type Rule, type View } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import fc from "fast-check";
import { flowPlans, flowSettings, furtherFlow, hidden, kinds } from "../../support/flows";
import { registry as labels, plan, type ResourceSpec } from "../../support/plan";
import { today } from "../../support/rule-suite";

const registry = { ...labels, ...flowSettings };
const violations = (specs: readonly ResourceSpec[]) =>
  judge(plan(specs), registry, sovereigntyRules, today).violations;
const mandatory = (specs: readonly ResourceSpec[]) =>
  violations(specs).filter(({ level }) => level === "mandatory");

describe("judging plans of flows of any kind", function () {
  this.timeout(120_000);

  it("draws them from the whole catalogue", () => {
    assert.ok(kinds.stores.length > 100, `${kinds.stores.length} stores`);
    assert.ok(kinds.links.length > 300, `${kinds.links.length} links`);
    const roles = new Set(kinds.links.map(({ role }) => role));
    assert.deepEqual([...roles].sort(), ["flow", "path", "processor", "store"]);
    const packages = new Set([...kinds.stores, ...kinds.links].map(({ type }) => type.split(":", 1)[0]));
    assert.deepEqual([...packages].sort(), ["aws", "equinix", "kubernetes", "megaport", "pinecone"]);
    const asked = new Set([...kinds.stores, ...kinds.links].flatMap(({ dimensions }) => dimensions));
    for (const dimension of ["store", "process", "transit", "log", "backup"] as const)
      assert.ok(asked.has(dimension), dimension);
  });

  it("is monotone: a further flow never makes a refused plan hold, nor a dataset reach less", () => {
    fc.assert(
      fc.property(flowPlans, furtherFlow, (specs, further) => {
        const more = [...specs, further(specs)];
        const after = new Set(mandatory(more).map(({ rule, dataset }) => `${rule} ${dataset}`));
        for (const { rule, dataset } of mandatory(specs)) assert.ok(after.has(`${rule} ${dataset}`), rule);
        const [reached, certain] = reachOf(more);
        const [before, certainBefore] = reachOf(specs);
        for (const id of before) assert.ok(reached.has(id), id);
        for (const id of certainBefore) assert.ok(certain.has(id), id);
      }),
      { numRuns: 200 },
    );
  });

  it("never lets an unknown turn a refusal into a pass", () => {
    fc.assert(
      fc.property(flowPlans, fc.nat(), (specs, pick) => {
        if (mandatory(specs).length === 0) return;
        assert.ok(mandatory(hidden(specs, pick)).length > 0);
      }),
      { numRuns: 200 },
    );
  });

  it("finds the same in 100 orders of the same resources", () => {
    for (const specs of fc.sample(flowPlans, { numRuns: 10, seed: 7 })) {
      const resources = plan(specs);
      const first = JSON.stringify(judge(resources, registry, sovereigntyRules, today));
      for (const order of fc.sample(fc.shuffledSubarray(resources, { minLength: resources.length }), 10)) {
        assert.equal(JSON.stringify(judge(order, registry, sovereigntyRules, today)), first);
      }
    }
  });

  it("reaches exactly what a naive closure over the edges reaches", () => {
    fc.assert(
      fc.property(flowPlans, (specs) => {
        const view = viewOf(specs);
        const reached = [...(view.reach.get("claims")?.keys() ?? [])].sort();
        assert.deepEqual(reached, naive(view).sort());
      }),
      { numRuns: 200 },
    );
  });

  it("finds in a plan beside another what it finds in it alone", () => {
    fc.assert(
      fc.property(flowPlans, furtherFlow, fc.nat(), (specs, further, pick) => {
        const resources = plan(specs);
        const beside = judgeBeside(resources, registry, sovereigntyRules, today);
        const kept = new Map(resources.map((resource) => [resource.urn, resource]));
        for (const other of [specs, hidden(specs, pick), [...specs, further(specs)], specs.slice(0, -1)]) {
          const whole = plan(other);
          const shared = whole.map((resource) => {
            const before = kept.get(resource.urn);
            return JSON.stringify(before) === JSON.stringify(resource) && before ? before : resource;
          });
          const alone = judge(whole, registry, sovereigntyRules, today).violations;
          assert.deepEqual(beside(shared), alone);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("matches globs as their letters say", () => {
    assert.ok(
      matchesGlob("urn:*::b?", "urn:x::b1") && !matchesGlob("a.c", "abc") && matchesGlob("a.c", "a.c"),
    );
  });
});

function viewOf(specs: readonly ResourceSpec[]): View {
  let seen: View | undefined;
  const onlooker: Rule = {
    ...{ id: "onlooker", pack: "test", severity: "low", level: "advisory", description: "", remediation: "" },
    evaluate: (view) => {
      seen = view;
      return [];
    },
  };
  judge(plan(specs), registry, [onlooker], today);
  assert.ok(seen);
  return seen;
}

/** Where claims can get to, and where it certainly gets. */
function reachOf(specs: readonly ResourceSpec[]): [Set<string>, Set<string>] {
  const arrivals = [...(viewOf(specs).reach.get("claims")?.values() ?? [])];
  const ids = (chosen: typeof arrivals) => new Set(chosen.map(({ node }) => node.id));
  return [ids(arrivals), ids(arrivals.filter(({ certain }) => certain))];
}

/** Repeats one pass over all edges until nothing is added: slow, and plainly right. */
function naive({ graph }: View): string[] {
  const edges = [...graph.outgoing.values()].flat();
  const found = new Set(
    [...graph.nodes.values()]
      .filter(({ labels }) => datasetsOn(labels).includes("claims"))
      .map(({ id }) => id),
  );
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { from, to, carries } of edges) {
      const stays = carries === "data" && graph.nodes.get(from)?.row?.role === "key";
      if (found.has(from) && graph.nodes.has(to) && !stays) found.add(to);
    }
  }
  return [...found];
}
