import assert from "node:assert/strict";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { corpusOf, withMegaportAbroad } from "../../bench/mutation-corpus";
import { Referee, rulesOfPlaces } from "../../bench/referee";
import { bucket, claims, plan, registry } from "../support/plan";

const resources = plan([
  bucket("claims", "ap-northeast-1", claims),
  {
    type: "kubernetes:helm.sh/v3:Release",
    name: "chart",
    properties: { metadata: { annotations: { "hybrid-ai/dataset": "claims" } }, values: { replicas: 2 } },
  },
]);
const places = { urn: "*::chart", places: ["JP"] };
const settings = { ...registry, labels: [places] };
const silent = { ...registry, labels: [{ ...places, reads: [], writes: [] }] };

const rules = rulesOfPlaces(sovereigntyRules);
const refereeOf = (own: typeof settings) =>
  new Referee(resources, withMegaportAbroad(own, corpusOf(resources, own).places), rules);

describe("the mutation corpus", function () {
  this.timeout(120_000);

  it("is refused where it leaks and passed where it does not", () => {
    const corpus = corpusOf(resources, settings);
    const referee = refereeOf(settings);
    assert.ok(corpus.leaks.length > 2_500, `${corpus.leaks.length} leaks`);
    assert.ok(corpus.harmless.length > 800, `${corpus.harmless.length} harmless edits`);
    const refused = referee.tally(corpus.leaks, "refused");
    assert.deepEqual(refused.wrong, []);
    // The settings say where the chart stands, whichever cluster its provider leads to.
    assert.deepEqual(
      refused.approved.map(({ mutation }) => mutation.kind),
      ["cluster, known", "cluster, unknown"],
    );
    assert.deepEqual(referee.tally(corpus.harmless, "passed").wrong, []);
    assert.ok(refused.checked > 0);
  });

  it("counts apart what the settings approve, with the entry that does", () => {
    const corpus = corpusOf(resources, silent);
    const leaks = corpus.leaks.filter(({ kind }) => !kind.startsWith("flow at home"));
    const { approved, wrong } = refereeOf(silent).tally(leaks, "refused");
    assert.deepEqual(wrong, []);
    assert.deepEqual(
      approved.map(({ mutation, entry }) => [mutation.what, entry]),
      ["chart values", "chart", "chart"].map((what) => [what, `labels: ${JSON.stringify(silent.labels[0])}`]),
    );
  });

  it("finds an engine that misses, and one that refuses what is harmless", () => {
    const corpus = corpusOf(resources, settings);
    const without = rules.filter(({ id }) => !id.startsWith("destinations-"));
    const { wrong } = new Referee(resources, settings, without).tally(corpus.leaks, "refused");
    assert.ok(wrong.length > 0);
    const touchy = {
      ...rules[0],
      ...{ id: "touchy", pack: "sovereignty", severity: "low", level: "mandatory" },
      ...{ description: "", remediation: "" },
      evaluate: ({ graph }: { graph: { resources: readonly { urn: string }[] } }) =>
        graph.resources.length > resources.length
          ? [{ verdict: "broken" as const, urn: "", message: "", path: [] }]
          : [],
    } as (typeof sovereigntyRules)[number];
    assert.ok(new Referee(resources, settings, [touchy]).tally(corpus.harmless, "passed").wrong.length > 0);
  });
});
