import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { judge, type PlannedResource, type Violation } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { openDeployment } from "../../offline/deploy";
import type { Engine } from "../../offline/engine/find";
import { installedEngine } from "../../offline/engine/installed";
import type { PolicyEvent } from "../../offline/events";
import { outcomeOf } from "../../offline/outcome";
import { type PreviewResult, preview } from "../../offline/preview";
import {
  culprit,
  type Scenario,
  scenarios,
  settingsOf,
  specsOf,
  verdictOf,
} from "../policies/sovereignty/scenarios/corpus";
import { driftOf, scenarioPrograms } from "../policies/sovereignty/scenarios/programs";
import { configurationFor, listedProject } from "../support/listed-program";
import { plan, type ResourceSpec, unborn } from "../support/plan";
import { sideBySide } from "../support/side-by-side";

const root = resolve(__dirname, "../..");
const project = listedProject;
const compiled = join(root, "offline/dist");
const packs = [join(root, "policies/sovereignty")];

/** Every scenario as resources that a program registers: what is unknown and where it came from is the engine's own. */
describe("scenarios as programs on the engine", function () {
  this.timeout(600_000);
  this.slow(60_000);
  const programs = scenarioPrograms();
  const judged = new Map<Scenario, PreviewResult>();
  const saidOf = (scenario: Scenario | undefined) =>
    (scenario && judged.get(scenario)) ?? assert.fail("it was not judged");

  before(async () => {
    const engine = await installedEngine();
    await sideBySide(programs, async (program) => {
      const said = await judgedByEngine(engine, program);
      for (const scenario of program) judged.set(scenario, said);
    });
  });

  for (const scenario of programs.flat()) {
    it(`${scenario.id} ${scenario.title}: ${scenario.expect}`, () => {
      const { policies, resources } = saidOf(scenario);
      const said = policies.filter(
        ({ enforcementLevel, resourceUrn }) =>
          enforcementLevel === "mandatory" && resourceUrn.includes(`::${scenario.id}-`),
      );
      const found = foundInProcess(scenario);
      assert.deepEqual(said.map(sentence).sort(), found.map(sentenceOf).sort());
      const verdict = verdictOf(found);
      assert.ok([scenario.expect, ...(scenario.orElse ?? [])].includes(verdict), verdict);
      const name = culprit(scenario);
      const blamed = said.some(
        ({ resourceUrn, message }) => resourceUrn.endsWith(`::${name}`) || message.includes(` ${name} `),
      );
      assert.ok(name === undefined || blamed, `${name} is not blamed: ${said.map(sentence)}`);
      // Nothing records a state that was refreshed.
      if (driftOf(scenario) === undefined) sameAsWritten(resources ?? [], plan(specsOf(scenario)));
    });
  }

  for (const program of programs) {
    it(`a program of ${program.map(({ id }) => id).join(", ")} is judged as they are, and nothing else is said`, () => {
      const holds = program.every(({ expect }) => expect === "holds");
      const outcome = outcomeOf(saidOf(program[0]), program.flatMap(foundInProcess));
      assert.equal(outcome, holds ? "holds" : "refused");
    });
  }

  it("are all of the corpus: the stand-ins can carry every one", () => {
    const carried = programs.flat().map(({ id }) => id);
    assert.deepEqual(carried.sort(), scenarios.map(({ id }) => id).sort());
  });
});

async function judgedByEngine(engine: Engine, program: readonly Scenario[]): Promise<PreviewResult> {
  const specs = program.flatMap(specsOf);
  const parts = program.map((scenario) => settingsOf(scenario, specs));
  const settings = {
    ...parts[0],
    labels: parts.flatMap(({ labels }) => labels),
    approvals: parts.flatMap(({ approvals }) => approvals),
  };
  const configuration = configurationFor(specs);
  const reports = program.map(driftOf).find((drift) => drift !== undefined);
  if (reports === undefined)
    return preview({ engine, project, configuration, compiled, packs, settings: { settings } });
  const deployment = await openDeployment(engine, project, compiled, { previewed: false });
  try {
    const { status, output } = await deployment.up(configuration, { reports });
    assert.equal(status, 0, output);
    const judges = { packs, settings: { settings } };
    const refreshed = await deployment.refreshedPreview(configuration, judges, { reports });
    return { ...refreshed, resources: [], positions: new Map(), standIns: [] };
  } finally {
    deployment.close();
  }
}

function foundInProcess(scenario: Scenario): Violation[] {
  const specs = specsOf(scenario);
  const { violations } = judge(plan(specs.map(answered)), settingsOf(scenario, specs), sovereigntyRules);
  return violations.filter(({ level }) => level === "mandatory");
}

/** As a provider of AWS answers: with the region that it works in. */
function answered(spec: ResourceSpec): ResourceSpec {
  const { providerRegion } = spec;
  if (providerRegion === undefined || providerRegion === "unknown") return spec;
  return { ...spec, outputs: { id: unborn, arn: unborn, region: providerRegion } };
}

const sentence = ({ policyName, resourceUrn, message }: PolicyEvent) =>
  `${policyName} ${resourceUrn} ${message}`;
const sentenceOf = ({ rule, urn, message }: Violation) => `${rule} ${urn} ${message}`;

/** Inputs, what is unknown in them and what each came from: as the plans that tests write by hand say it. */
function sameAsWritten(recorded: readonly PlannedResource[], planned: readonly PlannedResource[]): void {
  const byUrn = new Map(recorded.map((resource) => [resource.urn, resource]));
  for (const written of planned.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"))) {
    const seen = byUrn.get(written.urn) ?? assert.fail(`${written.urn} was not recorded`);
    assert.deepEqual(seen.inputs, written.inputs, written.urn);
    assert.deepEqual(traces(seen), traces(written), written.urn);
  }
}

function traces({ propertyDependencies }: PlannedResource): [string, string[]][] {
  return Object.entries(propertyDependencies)
    .map(([property, from]): [string, string[]] => [property, [...new Set(from)].sort()])
    .filter(([, from]) => from.length > 0)
    .sort();
}
