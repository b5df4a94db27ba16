import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type HandOff,
  planCircuits,
  slaClass,
  validateResiliency,
} from "../../../components/interconnect/resiliency";

const handOff: fc.Arbitrary<HandOff> = fc.record({
  provider: fc.constantFrom("equinixFabric", "megaport", "directConnect"),
  location: fc.constantFrom("EQTY2", "ATTC1", "EQOS1", "NEIN2"),
});
const request = fc.record({
  resiliency: fc.constantFrom("development", "high", "maximum"),
  handOffs: fc.array(handOff, { minLength: 1, maxLength: 4 }),
});
const twoProviders: HandOff[] = [
  { provider: "equinixFabric", location: "EQTY2" },
  { provider: "megaport", location: "ATTC1" },
];

describe("resiliency", () => {
  it("names every circuit once, and never by its place", () => {
    fc.assert(
      fc.property(request, ({ resiliency, handOffs }) => {
        const keys = planCircuits({ resiliency, handOffs }).map(({ key }) => key);
        assert.equal(new Set(keys).size, keys.length);
        const moved = handOffs.map(({ provider }) => ({ provider, location: "EQFA5" }));
        assert.deepEqual(
          planCircuits({ resiliency, handOffs: moved }).map(({ key }) => key),
          keys,
        );
      }),
    );
  });

  it("renames no circuit when a path is appended", () => {
    fc.assert(
      fc.property(request, handOff, ({ resiliency, handOffs }, added) => {
        const keys = (list: HandOff[]) => planCircuits({ resiliency, handOffs: list }).map(({ key }) => key);
        assert.deepEqual(keys([...handOffs, added]).slice(0, keys(handOffs).length), keys(handOffs));
      }),
    );
  });

  it("that is accepted survives what its model says: a device, a location, and a provider of two", () => {
    fc.assert(
      fc.property(request, (asked) => {
        if (validateResiliency(asked).length > 0) return;
        const circuits = planCircuits(asked);
        const without = (lost: (circuit: (typeof circuits)[number]) => boolean) =>
          circuits.filter((circuit) => !lost(circuit)).length;
        const locations = new Set(circuits.map(({ location }) => location));
        const providers = new Set(circuits.map(({ provider }) => provider));
        for (const { provider, location, device } of circuits)
          assert.ok(
            without((c) => c.provider === provider && c.location === location && c.device === device),
          );
        if (asked.resiliency !== "development") {
          assert.ok(locations.size >= 2);
          for (const location of locations) assert.ok(without((c) => c.location === location) > 0);
          if (providers.size > 1)
            for (const provider of providers) assert.ok(without((c) => c.provider === provider) > 0);
        }
        if (asked.resiliency === "maximum") assert.equal(slaClass(circuits).percent, 99.99);
      }),
    );
  });

  it("maximum with two providers ends in different buildings, two devices in each", () => {
    const circuits = planCircuits({ resiliency: "maximum", handOffs: twoProviders });
    assert.deepEqual(
      circuits.map(({ key, provider, location, device, rank }) => [key, provider, location, device, rank]),
      [
        ["", "equinixFabric", "EQTY2", 1, 0],
        ["2", "equinixFabric", "EQTY2", 2, 1],
        ["megaport", "megaport", "ATTC1", 1, 2],
        ["megaport-2", "megaport", "ATTC1", 2, 3],
      ],
    );
    const sla = slaClass(circuits);
    assert.equal(sla.text, "maximum: 99.99 %");
    assert.match(sla.reasons.join("; "), /4 circuits on 4 devices in 2 Direct Connect locations/);
    assert.match(sla.reasons.join("; "), /2 without equinixFabric, 2 without megaport/);
    assert.match(sla.reasons.join("; "), /hosted connections: AWS excluded them/);
  });

  it("tells what is missing with what was named", () => {
    const reasons = (...args: Parameters<typeof validateResiliency>) =>
      validateResiliency(...args).map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);
    const [fabric, megaport] = twoProviders;
    assert.ok(fabric && megaport);
    assert.match(
      reasons({ resiliency: "maximum", handOffs: [fabric] })[0] ?? "",
      /"maximum" needs 2 Direct Connect locations at least, and via names 1 \(equinixFabric at EQTY2\)/,
    );
    const third = { provider: "directConnect", location: "NEIN2" } as const;
    assert.match(
      reasons({
        resiliency: "maximum",
        handOffs: [fabric, { ...megaport, location: "EQTY2" }, third],
      })[0] ?? "",
      /via\[1\]: megaport ends in EQTY2, where equinixFabric ends too/,
    );
    assert.match(
      reasons({ resiliency: "development", handOffs: twoProviders })[0] ?? "",
      /one Direct Connect/,
    );
    assert.match(
      reasons({ resiliency: "high", handOffs: twoProviders, circuits: 1 })[0] ?? "",
      /^circuits: 1/,
    );
  });

  it("of one circuit has no SLA and says that a device cuts the site off", () => {
    const [fabric] = twoProviders;
    assert.ok(fabric);
    const circuits = planCircuits({ resiliency: "development", handOffs: [fabric], circuits: 1 });
    const sla = slaClass(circuits);
    assert.equal(sla.percent, undefined);
    assert.match(sla.reasons.join("; "), /1 circuit on 1 device .* one provider \(equinixFabric\)/s);
    assert.deepEqual(
      planCircuits({ resiliency: "maximum", handOffs: twoProviders, shareLoad: true }).map(
        ({ rank }) => rank,
      ),
      [0, 0, 0, 0],
    );
  });
});
