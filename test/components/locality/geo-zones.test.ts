import assert from "node:assert/strict";
import { geoScopes, geoZonesFor, isUnlimited, mayBeIn } from "@hybrid-ai-fabric/locality";
import fc from "fast-check";

const countries = ["JP", "US", "GB", "AU", "BR", "CH", "CA", "DE", "FR"];
const country = fc.constantFrom(...countries);
const ends = fc.uniqueArray(country, { minLength: 1, maxLength: 3 });
const residency = fc.uniqueArray(
  fc.constantFrom("any", "japan-only", "japan-appi", "us-hipaa", "gdpr-eu-only", "JP+US", "bloc:EEA", "uk"),
  { minLength: 1, maxLength: 2 },
);
const demands = fc
  .array(residency, { maxLength: 4 })
  .map((list) => list.map((residency, index) => ({ dataset: `d${index}`, residency })));
/** Zones of several countries too: the provider's table may grow. */
const zones = fc
  .array(fc.uniqueArray(country, { minLength: 1, maxLength: 6 }), { maxLength: 8 })
  .map((list) => Object.fromEntries(list.map((inside, index) => [`Z${index}`, inside])));
const passes = (terms: readonly string[], country: string) =>
  mayBeIn(terms, "transit", { country, operator: "equinix" }).verdict === "holds";

describe("geo zones of a circuit", () => {
  it("hold every end, and let every dataset pass wherever they lead", () => {
    fc.assert(
      fc.property(ends, demands, zones, (ends, demands, zones) => {
        const { fitting, holding } = geoZonesFor(ends, demands, zones);
        for (const zone of holding) assert.ok(ends.every((end) => zones[zone]?.includes(end)));
        for (const zone of fitting) {
          assert.ok(holding.includes(zone));
          for (const { residency } of demands)
            for (const country of zones[zone] ?? [])
              assert.ok(passes(residency, country), `${zone} ${country}`);
        }
      }),
    );
  });

  it("leave out none that would do, and put the narrowest first", () => {
    fc.assert(
      fc.property(ends, demands, zones, (ends, demands, zones) => {
        const { fitting } = geoZonesFor(ends, demands, zones);
        const wouldDo = Object.entries(zones).filter(
          ([, inside]) =>
            ends.every((end) => inside.includes(end)) &&
            inside.every((country) => demands.every(({ residency }) => passes(residency, country))),
        );
        assert.deepEqual([...fitting].sort(), wouldDo.map(([zone]) => zone).sort());
        const sizes = fitting.map((zone) => zones[zone]?.length ?? 0);
        assert.deepEqual(
          sizes,
          [...sizes].sort((a, b) => a - b),
        );
      }),
    );
  });

  it("never grow in number by a dataset or an end more, whatever the order", () => {
    fc.assert(
      fc.property(ends, demands, residency, country, zones, (ends, demands, residency, end, zones) => {
        const before = geoZonesFor(ends, demands, zones);
        const more = geoZonesFor(
          [end, ...ends],
          [...demands, { dataset: "more", residency }].reverse(),
          zones,
        );
        for (const zone of more.fitting) assert.ok(before.fitting.includes(zone));
        for (const name of before.limiting) assert.ok(more.limiting.includes(name));
      }),
    );
  });

  it("are asked for by datasets that limit where they pass, and by no others", () => {
    fc.assert(
      fc.property(demands, (demands) => {
        const limiting = demands.filter(({ residency }) => !isUnlimited(residency, "transit"));
        assert.deepEqual(
          geoZonesFor(["JP"], demands).limiting,
          limiting.map(({ dataset }) => dataset).sort(),
        );
      }),
    );
  });

  it("are Japan's for data of Japan inside Japan, and none for the EEA", () => {
    const claims = { dataset: "claims", residency: ["japan-only"] };
    assert.deepEqual(geoZonesFor(["JP"], [claims]), {
      limiting: ["claims"],
      holding: ["JAPAN"],
      fitting: ["JAPAN"],
    });
    assert.deepEqual(geoZonesFor(["JP", "US"], [claims]).holding, []);
    assert.deepEqual(geoZonesFor(["US"], [claims]), {
      limiting: ["claims"],
      holding: ["CONUS"],
      fitting: [],
    });
    assert.deepEqual(geoZonesFor(["DE"], [{ dataset: "x", residency: ["gdpr-eu-only"] }]).holding, []);
    assert.deepEqual(Object.keys(geoScopes).length, 7);
  });
});
