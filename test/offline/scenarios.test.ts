import assert from "node:assert/strict";
import { judge, type PlannedResource } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { installedEngine } from "../../offline/engine/installed";
import { culprit, scenarios, settingsOf, specsOf, verdictOf } from "../policies/sovereignty/scenarios/corpus";
import { type Analysis, analyze } from "../support/analyze";
import { plan } from "../support/plan";
import { sideBySide } from "../support/side-by-side";

interface Analysed extends Analysis {
  resources: PlannedResource[];
  settings: object;
}

/** Every scenario as a state with unknowns that the engine hands to the pack: verdict, place of blame and reason. */
describe("scenarios through pulumi policy analyze", function () {
  this.timeout(600_000);
  const analysed = new Map<string, Analysed>();

  before(async () => {
    const engine = await installedEngine();
    await sideBySide(scenarios, async (scenario) => {
      const specs = specsOf(scenario);
      const [resources, settings] = [plan(specs), settingsOf(scenario, specs)];
      const analysis = await analyze(engine, resources, "sovereignty", settings);
      analysed.set(scenario.id, { ...analysis, resources, settings });
    });
  });

  for (const scenario of scenarios) {
    it(`${scenario.id} ${scenario.title}: ${scenario.expect}`, () => {
      const analysis = analysed.get(scenario.id);
      assert.ok(analysis);
      const { status, policies, output, resources, settings } = analysis;
      const said = policies.filter(({ enforcementLevel }) => enforcementLevel === "mandatory");

      // An event of the engine says no verdict, so each must be a finding of the rules in process, which does. What one
      // resource alone proves is told twice: to an analysis nothing is a preview, so the resource rules speak as well.
      const found = judge(resources, settings, sovereigntyRules).violations;
      const mandatory = found.filter(({ level }) => level === "mandatory");
      assert.deepEqual(
        [...new Set(said.map((event) => `${event.policyName} ${event.resourceUrn} ${event.message}`))].sort(),
        mandatory.map(({ rule, urn, message }) => `${rule} ${urn} ${message}`).sort(),
        output,
      );
      const verdict = verdictOf(mandatory);
      assert.ok([scenario.expect, ...(scenario.orElse ?? [])].includes(verdict), `${verdict}\n${output}`);
      assert.equal(status, verdict === "holds" ? 0 : 1, output);

      const name = culprit(scenario);
      if (name === undefined) return;
      const blamed = said.some(
        ({ resourceUrn, message }) => resourceUrn.endsWith(`::${name}`) || message.includes(` ${name} `),
      );
      assert.ok(blamed, `${name} is not blamed\n${output}`);
    });
  }
});
