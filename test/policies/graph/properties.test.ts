import assert from "node:assert/strict";
import { datasetsOn, judge, matchesGlob, type View } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import fc from "fast-check";
import {
  bucket,
  claims,
  plan,
  type ResourceSpec,
  ref,
  registry,
  replicationType,
  unborn,
} from "../../support/plan";
import { today } from "../../support/rule-suite";

const regions = ["ap-northeast-1", "ap-northeast-3", "us-east-1"];

/** Stores, some labelled, and replications between any of them, some to nowhere that is known. */
const plans = fc
  .record({
    stores: fc.array(fc.record({ region: fc.constantFrom(...regions, undefined), labelled: fc.boolean() }), {
      minLength: 1,
      maxLength: 8,
    }),
    copies: fc.array(fc.record({ from: fc.nat(), to: fc.option(fc.nat()), active: fc.boolean() }), {
      maxLength: 10,
    }),
  })
  .map(({ stores, copies }) => [
    ...stores.map(({ region, labelled }, i) => bucket(`b${i}`, region, labelled ? claims : undefined)),
    ...copies.map(({ from, to }, i) =>
      copy(`c${i}`, `b${from % stores.length}`, to === null ? undefined : `b${to % stores.length}`),
    ),
  ]);

function copy(name: string, from: string, to: string | undefined): ResourceSpec {
  const destination = { bucket: to === undefined ? unborn : ref(to) };
  return {
    type: replicationType,
    name,
    properties: { bucket: ref(from), rules: [{ status: "Enabled", destination }] },
  };
}

const mandatory = (specs: ResourceSpec[]) =>
  judge(plan(specs), registry, sovereigntyRules, today).violations.filter(
    ({ level }) => level === "mandatory",
  );

describe("judging", () => {
  it("is monotone: a further flow never makes a refused plan hold", () => {
    fc.assert(
      fc.property(plans, fc.nat(), fc.nat(), (specs, from, to) => {
        const stores = specs.filter(({ type }) => type !== replicationType).length;
        const more = [...specs, copy("more", `b${from % stores}`, `b${to % stores}`)];
        const findings = (list: ResourceSpec[]) =>
          new Set(mandatory(list).map(({ urn, rule }) => `${urn} ${rule}`));
        const after = findings(more);
        // A store that data now reaches over a flow may be named by the rule for copies instead of the one for labels.
        for (const finding of findings(specs)) {
          assert.ok(after.has(finding), finding);
        }
      }),
    );
  });

  it("never lets an unknown turn a refusal into a pass", () => {
    fc.assert(
      fc.property(plans, fc.nat(), (specs, pick) => {
        if (mandatory(specs).length === 0) return;
        const hidden = specs.map((spec, i) =>
          i === pick % specs.length && spec.type !== replicationType
            ? { ...spec, properties: { ...spec.properties, region: unborn } }
            : i === pick % specs.length
              ? copy(spec.name, "b0", undefined)
              : spec,
        );
        const subject = specs[pick % specs.length];
        if (subject?.type === replicationType) return;
        assert.ok(mandatory(hidden).length > 0);
      }),
    );
  });

  it("finds the same in 100 orders of the same resources", () => {
    const [specs] = fc.sample(plans, { numRuns: 1, seed: 7 });
    const resources = plan(specs ?? []);
    const first = JSON.stringify(judge(resources, registry, sovereigntyRules, today));
    for (const order of fc.sample(fc.shuffledSubarray(resources, { minLength: resources.length }), 100)) {
      assert.equal(JSON.stringify(judge(order, registry, sovereigntyRules, today)), first);
    }
  });

  it("reaches exactly what a naive closure over the edges reaches", () => {
    fc.assert(
      fc.property(plans, (specs) => {
        let seen: View | undefined;
        const onlooker = {
          id: "onlooker",
          pack: "test",
          severity: "low" as const,
          level: "advisory" as const,
          description: "",
          remediation: "",
          evaluate: (view: View) => {
            seen = view;
            return [];
          },
        };
        judge(plan(specs), registry, [onlooker], today);
        assert.ok(seen);
        const reached = [...(seen.reach.get("claims")?.keys() ?? [])].sort();
        assert.deepEqual(reached, naive(seen).sort());
      }),
    );
  });

  it("matches globs as their letters say", () => {
    assert.ok(
      matchesGlob("urn:*::b?", "urn:x::b1") && !matchesGlob("a.c", "abc") && matchesGlob("a.c", "a.c"),
    );
  });
});

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
