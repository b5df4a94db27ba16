import assert from "node:assert/strict";
import fc from "fast-check";
import { type Leg, lacksFor } from "../../../../policies/fabric/rules/interconnect/single-points";

const name = (prefix: string) => fc.integer({ min: 0, max: 3 }).map((number) => `${prefix}${number}`);
const leg = fc.record({
  name: name("circuit"),
  device: fc.option(name("device"), { nil: undefined }),
  building: fc.option(name("building"), { nil: undefined }),
  far: fc.option(name("aws"), { nil: undefined }),
  zone: fc.option(fc.constantFrom("red", "blue"), { nil: undefined }),
});
const knownLeg = leg.map((one) => ({
  ...one,
  device: one.device ?? "device9",
  building: one.building ?? "building9",
}));
const holds = (resiliency: "high" | "maximum", legs: readonly Leg[]) =>
  lacksFor(resiliency, legs).length === 0;
const pair = (building: string): Leg[] =>
  ["a", "b"].map((half) => ({
    name: half,
    device: `${building}-${half}`,
    building,
    far: undefined,
    zone: undefined,
  }));

describe("what circuits lack for a resiliency class", () => {
  it("is nothing for development, whatever they are", () => {
    fc.assert(fc.property(fc.array(leg), (legs) => assert.deepEqual(lacksFor("development", legs), [])));
  });

  it("is nothing for maximum with two devices in each of two buildings, and nothing more is asked for high", () => {
    const legs = [...pair("TY2"), ...pair("OS1")];
    assert.deepEqual(lacksFor("maximum", legs), []);
    fc.assert(
      fc.property(fc.array(leg, { maxLength: 6 }), (all) => {
        if (holds("maximum", all)) assert.ok(holds("high", all));
      }),
    );
  });

  it("is found once AWS put both circuits of a building on one device", () => {
    const together = pair("TY2").map((leg) => ({ ...leg, far: "EQTY2-1" }));
    assert.equal(lacksFor("maximum", [...together, ...pair("OS1")])[0]?.verdict, "broken");
    assert.deepEqual(lacksFor("high", [...together, ...pair("OS1")]), []);
  });

  it("never holds when the loss of one building or one device leaves nothing", () => {
    fc.assert(
      fc.property(fc.array(knownLeg, { minLength: 1, maxLength: 6 }), (legs) => {
        const one = (end: "device" | "building") => new Set(legs.map((each) => each[end])).size === 1;
        if (one("device") || one("building")) assert.ok(!holds("high", legs) && !holds("maximum", legs));
      }),
    );
  });

  it("does not grow when a circuit is added in a place of its own", () => {
    fc.assert(
      fc.property(fc.array(knownLeg, { minLength: 1, maxLength: 6 }), (legs) => {
        const more = [
          ...legs,
          { name: "new", device: "new", building: "new", far: undefined, zone: undefined },
        ];
        assert.ok(lacksFor("maximum", more).length <= lacksFor("maximum", legs).length + 1);
        if (holds("high", legs)) assert.ok(holds("high", more));
        if (holds("maximum", legs)) assert.ok(holds("maximum", more));
      }),
    );
  });

  it("is never decided by an end that is not known: hiding one never makes a set hold", () => {
    fc.assert(
      fc.property(
        fc.array(knownLeg, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        fc.boolean(),
        (legs, at, which) => {
          const hidden = legs.map((each, index) =>
            index === at % legs.length ? { ...each, [which ? "device" : "building"]: undefined } : each,
          );
          for (const resiliency of ["high", "maximum"] as const) {
            if (!holds(resiliency, legs)) assert.ok(!holds(resiliency, hidden));
          }
        },
      ),
    );
  });

  it("calls unknown only what something hidden could supply", () => {
    fc.assert(
      fc.property(fc.array(knownLeg, { minLength: 1, maxLength: 6 }), (legs) => {
        for (const { verdict } of lacksFor("maximum", legs)) assert.equal(verdict, "broken");
      }),
    );
  });

  it("does not depend on the order of the circuits", () => {
    const arrays = fc.array(leg, { maxLength: 6 });
    const shuffled = arrays.chain((legs) =>
      fc.tuple(fc.constant(legs), fc.shuffledSubarray(legs, { minLength: legs.length })),
    );
    fc.assert(
      fc.property(shuffled, ([legs, other]) => {
        const verdicts = (all: readonly Leg[]) => lacksFor("maximum", all).map(({ verdict }) => verdict);
        assert.deepEqual(verdicts(other), verdicts(legs));
      }),
    );
  });
});
