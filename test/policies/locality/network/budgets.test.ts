import assert from "node:assert/strict";
import { judge, type Violation } from "@hybrid-ai-fabric/graph";
import {
  awsRegionIds,
  equinixMetroCodes,
  placeOfAwsRegion,
  placeOfMetro,
  roundTripMs,
} from "@hybrid-ai-fabric/locality";
import { localityRules } from "@hybrid-ai-fabric/policy-locality/rules";
import fc from "fast-check";
import { plan, type ResourceSpec, ref, type Spec, unborn } from "../../../support/plan";
import { today, violationsOf } from "../../../support/rule-suite";
import { change, cloudRouter, fabricCircuit, hub } from "../../fabric/interconnect/path";
import { networkFixtures } from "./fixtures";

const metro = fc.constantFrom(...equinixMetroCodes());
const region = fc.constantFrom(...awsRegionIds());

function reaching(from: Spec, to: Spec) {
  const circuit = fabricCircuit();
  const aSide = {
    accessPoint: { type: "CLOUD_ROUTER", router: { uuid: "r" }, location: { metroCode: from } },
  };
  const specs = change([...hub(), cloudRouter(), ...circuit], "circuit", { aSide });
  return change(change(specs, "transit", { region: to }), "association", { region: to });
}

function found(from: string, to: string, budget: { from: string; to: string; ms: number }): Violation[] {
  return violationsOf(localityRules, reaching(from, to), { version: 1, budgets: { roundTripMs: [budget] } });
}

describe("round trip budgets", () => {
  it("hold, break or cannot be shown as the tables say, for every metro and region", () => {
    fc.assert(
      fc.property(metro, region, fc.integer({ min: 1, max: 400 }), (from, to, ms) => {
        const [a, b] = [placeOfMetro(from), placeOfAwsRegion(to)];
        const trip = a && b ? roundTripMs(a, b) : undefined;
        const verdicts = found(from, to, { from: `metro:${from}`, to: `aws:${to}`, ms }).map(
          ({ verdict }) => verdict,
        );
        if (!trip) assert.deepEqual(verdicts, ["cannotBeShown"]);
        else if (trip.p50 <= ms) assert.deepEqual(verdicts, []);
        else assert.deepEqual(verdicts, [(trip.least ?? 0) > ms ? "broken" : "cannotBeShown"]);
      }),
    );
  });

  it("are the same in both directions, and never stricter when they grow", () => {
    fc.assert(
      fc.property(metro, region, fc.integer({ min: 1, max: 400 }), (from, to, ms) => {
        const [there, back] = [`metro:${from}`, `aws:${to}`];
        const one = found(from, to, { from: there, to: back, ms });
        assert.equal(found(from, to, { from: back, to: there, ms }).length, one.length);
        assert.ok(found(from, to, { from: there, to: back, ms: ms + 50 }).length <= one.length);
      }),
    );
  });

  it("say nothing of paths that they are not about", () => {
    assert.deepEqual(found("TY", "us-east-1", { from: "metro:FR", to: "aws:us-east-1", ms: 1 }), []);
  });

  it("are kept by a VXC from site to site, whose ends the settings know by building or by country", () => {
    const end = (name: string, locationId: number): ResourceSpec => ({
      type: "megaport:index/port:Port",
      name,
      properties: { productName: name, locationId, portSpeed: 10000 },
      outputs: { productUid: unborn },
    });
    const vxc = (properties: { [property: string]: Spec } = {}): ResourceSpec[] => [
      end("tokyo", 1),
      end("singapore", 2),
      {
        type: "megaport:index/vxc:Vxc",
        name: "sites",
        properties: {
          rateLimit: 1000,
          aEnd: { requestedProductUid: ref("tokyo"), locationId: 1 },
          bEnd: { requestedProductUid: ref("singapore"), locationId: 2 },
          ...properties,
        },
      },
    ];
    const verdicts = (
      specs: ResourceSpec[],
      tables: { [table: string]: { [id: string]: string } },
      ms: number,
    ) =>
      violationsOf(localityRules, specs, {
        version: 1,
        budgets: { roundTripMs: [{ from: "metro:TY", to: "metro:SG", ms }] },
        tables,
      })
        .filter(({ rule }) => rule === "sites-are-near-enough-to-each-other")
        .map(({ verdict }) => verdict);
    const buildings = { megaportBuildings: { 1: "EQTY2", 2: "EQSG2" } };
    assert.deepEqual(verdicts(vxc(), buildings, 5), ["broken"]);
    assert.deepEqual(verdicts(vxc(), buildings, 400), []);
    assert.deepEqual(verdicts(vxc(), { megaportLocations: { 1: "JP", 2: "SG" } }, 400), ["cannotBeShown"]);
    assert.deepEqual(verdicts(vxc(), {}, 400), ["cannotBeShown"]);
    const cloud = { bEndPartnerConfig: { partner: "aws", awsConfig: { connectType: "AWSHC" } } };
    assert.deepEqual(verdicts(vxc(cloud), buildings, 5), []);
  });

  it("tell figure, origin, jitter and budget", () => {
    const [violation] = found("TY", "us-east-1", { from: "JP", to: "US", ms: 40 });
    assert.match(
      violation?.message ?? "",
      /metro TY \(JP\) and us-east-1 \(US\): [\d.]+ ms .*estimated.*cloudping.*jitter is not modelled.*40 ms/,
    );
  });

  it("find the same in every order of the resources", () => {
    for (const { fail, unknown, settings } of Object.values(networkFixtures)) {
      for (const specs of [fail, unknown]) {
        const resources = plan(specs);
        const first = judge(resources, settings, localityRules, today).violations;
        fc.assert(
          fc.property(fc.shuffledSubarray(resources, { minLength: resources.length }), (shuffled) => {
            assert.deepEqual(judge(shuffled, settings, localityRules, today).violations, first);
          }),
          { numRuns: 20 },
        );
      }
    }
  });
});
