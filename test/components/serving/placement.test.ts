import assert from "node:assert/strict";
import {
  cheapestPlacement,
  describePlacement,
  type PlacementRequest,
  placeEndpoint,
  placeOfAwsRegion,
} from "@hybrid-ai-fabric/locality";
import fc from "fast-check";

const regions = ["a", "b", "c", "d", "e", "f", "g"];
const some = fc.subarray(regions);

const request: fc.Arbitrary<PlacementRequest> = fc.record({
  candidates: fc
    .tuple(...regions.map(() => fc.integer({ min: 0, max: 5 })))
    .chain((prices) =>
      fc.shuffledSubarray(regions.map((region, index) => ({ region, usdPerYear: prices[index] ?? 0 }))),
    ),
  within: fc
    .array(fc.subarray(regions, { minLength: 4 }), { maxLength: 3 })
    .map((sets) => sets.map((set, index) => ({ name: `within ${index}`, regions: set }))),
  reach: fc
    .array(some, { maxLength: 4 })
    .map((sets) => sets.map((set, index) => ({ name: `reach ${index}`, regions: set }))),
  copies: fc.integer({ min: 1, max: 3 }),
});

/** Every set of candidates, judged one by one. */
function byBruteForce({ candidates, within, reach, copies }: PlacementRequest): number | undefined {
  let best: number | undefined;
  for (let bits = 0; bits < 2 ** candidates.length; bits++) {
    const chosen = candidates.filter((_, index) => (bits >> index) & 1);
    const names = chosen.map(({ region }) => region);
    const fits =
      names.length >= copies &&
      within.every((demand) => names.every((name) => demand.regions.includes(name))) &&
      reach.every((demand) => names.filter((name) => demand.regions.includes(name)).length >= copies);
    const usd = chosen.reduce((sum, { usdPerYear }) => sum + usdPerYear, 0);
    if (fits && (best === undefined || usd < best)) best = usd;
  }
  return best;
}

/** The request without the demand of this name. */
function without(name: string, request: PlacementRequest): PlacementRequest {
  return {
    candidates: request.candidates,
    within: request.within.filter((demand) => demand.name !== name),
    reach: request.reach.filter((demand) => demand.name !== name),
    copies: name.endsWith(" regions") ? 1 : request.copies,
  };
}

describe("the cheapest placement", () => {
  it("costs what the cheapest of all sets costs, or there is none", () => {
    fc.assert(
      fc.property(request, (asked) => {
        const found = cheapestPlacement(asked);
        assert.equal("conflict" in found ? undefined : found.usdPerYear, byBruteForce(asked));
      }),
      { numRuns: 400 },
    );
  });

  it("meets every demand", () => {
    fc.assert(
      fc.property(request, (asked) => {
        const found = cheapestPlacement(asked);
        if ("conflict" in found) return;
        const only = {
          ...asked,
          candidates: asked.candidates.filter((c) => found.regions.includes(c.region)),
        };
        assert.equal(byBruteForce(only), found.usdPerYear);
        assert.ok(found.regions.length >= asked.copies);
      }),
    );
  });

  it("is the same in whatever order regions and demands are given", () => {
    fc.assert(
      fc.property(request, (asked) => {
        const turned = {
          ...asked,
          candidates: [...asked.candidates].reverse(),
          reach: [...asked.reach].reverse(),
        };
        const [a, b] = [cheapestPlacement(asked), cheapestPlacement(turned)];
        if ("conflict" in a || "conflict" in b) assert.equal("conflict" in a, "conflict" in b);
        else assert.equal(a.usdPerYear, b.usdPerYear);
      }),
    );
  });

  it("names demands that exclude each other, and none that could be kept", () => {
    fc.assert(
      fc.property(
        request.filter((asked) => asked.candidates.length >= asked.copies),
        (asked) => {
          const found = cheapestPlacement(asked);
          if (!("conflict" in found)) return;
          const demands = [...asked.within, ...asked.reach].map(({ name }) => name);
          const kept = demands
            .filter((name) => !found.conflict.includes(name))
            .reduce((left, name) => without(name, left), asked);
          const counted = found.conflict.some((name) => name.endsWith(" regions"));
          const conflicting = counted ? kept : { ...kept, copies: 1 };
          assert.equal(byBruteForce(conflicting), undefined, "what is named is no conflict");
          for (const name of found.conflict) {
            assert.notEqual(byBruteForce(without(name, conflicting)), undefined, `${name} is not needed`);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("the placement of an endpoint", () => {
  const tokyo = placeOfAwsRegion("ap-northeast-1");
  assert.ok(tokyo);
  const users = { name: "Tokyo", place: tokyo, ms: 20 };

  it("stays in Japan with two regions in reach of Tokyo", () => {
    const placement = placeEndpoint({ residency: ["japan-only"], populations: [users], copies: 2 });
    assert.deepEqual("regions" in placement && placement.regions, ["ap-northeast-1", "ap-northeast-3"]);
  });

  it("tells that a bloc has no region with the type, and which demands say so", () => {
    const placement = placeEndpoint({
      residency: ["gdpr-eu-only"],
      instanceType: "ml.p6-b200.48xlarge",
      populations: [],
    });
    assert.deepEqual("conflict" in placement && placement.conflict, [
      "residency gdpr-eu-only",
      "SageMaker hosting of p6-b200.48xlarge (offers of 2026-10-20)",
    ]);
    assert.match(describePlacement(placement), /exclude each other/);
  });

  it("prefers the region from which answers are cheapest", () => {
    const among = ["sa-east-1", "us-east-1"];
    const placement = placeEndpoint({ residency: ["any"], populations: [], egressGBPerYear: 100_000, among });
    assert.deepEqual("regions" in placement && placement.regions, ["us-east-1"]);
  });
});
