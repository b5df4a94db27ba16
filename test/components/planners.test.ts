import assert from "node:assert/strict";
import fc from "fast-check";
import { linkAddresses, withoutLength } from "../../components/interconnect/link-addresses";
import { fabricName, LONGEST_FABRIC_NAME } from "../../components/interconnect/names";
import { joinedLabels, labelTags } from "../../components/labels";
import { subnetPrefixes, subPrefix } from "../../components/network/prefixes";
import { overlaps, parseCidr } from "../../stacks/cidr";

const prefix = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 16, max: 22 }))
  .map(([byte, length]) => `10.${byte}.0.0/${length}`);

function cidr(text: string) {
  const parsed = parseCidr(text);
  assert.ok(parsed, text);
  return parsed;
}

describe("prefixes of subnets", () => {
  it("lie inside the network and never overlap", () => {
    fc.assert(
      fc.property(prefix, fc.integer({ min: 1, max: 6 }), (network, count) => {
        const zones = Array.from({ length: count }, (_, index) => `az${index}`);
        const subnets = Object.values(subnetPrefixes(network, zones)).map(cidr);
        const outer = cidr(network);
        for (const subnet of subnets) {
          assert.ok(subnet.first >= outer.first);
          assert.ok(subnet.first + 2 ** (32 - subnet.length) <= outer.first + 2 ** (32 - outer.length));
        }
        subnets.forEach((a, i) => {
          for (const b of subnets.slice(i + 1)) assert.equal(overlaps(a, b), false);
        });
      }),
    );
  });

  it("stay where they are when a zone is added, up to four", () => {
    fc.assert(
      fc.property(prefix, fc.integer({ min: 1, max: 3 }), (network, count) => {
        const zones = Array.from({ length: count }, (_, index) => `az${index}`);
        const before = subnetPrefixes(network, zones);
        const after = subnetPrefixes(network, [...zones, "new"]);
        for (const zone of zones) assert.equal(after[zone], before[zone]);
      }),
    );
  });

  it("are refused where there is no room", () => {
    assert.throws(() => subPrefix("10.0.0.0/24", 26, 4), RangeError);
    assert.throws(() => subPrefix("10.0.0.0", 26, 0), RangeError);
  });
});

describe("link addresses", () => {
  it("are the two usable ones of a /30, and no two links share any", () => {
    const seen = new Set<string>();
    for (let index = 0; index < 64; index++) {
      const { customer, amazon } = linkAddresses("169.254.64.0/24", index);
      assert.match(customer, /^169\.254\.64\.\d+\/30$/);
      seen.add(withoutLength(customer)).add(withoutLength(amazon));
    }
    assert.equal(seen.size, 128);
    assert.throws(() => linkAddresses("169.254.64.0/24", 64), RangeError);
  });
});

describe("names at Equinix", () => {
  it("fit, are stable, and differ where the names differ", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,60}$/);
    fc.assert(
      fc.property(name, name, (a, b) => {
        assert.ok(fabricName(a).length <= LONGEST_FABRIC_NAME);
        assert.equal(fabricName(a), fabricName(a));
        if (a !== b) assert.notEqual(fabricName(a), fabricName(b));
      }),
    );
  });
});

describe("labels", () => {
  it("join and never lower", () => {
    const labels = fc.record({
      dataset: fc.constantFrom("a", "b"),
      classification: fc.constantFrom("public", "internal", "confidential", "restricted"),
      kinds: fc.subarray(["rrn", "pi"]),
      residency: fc.subarray(["japan-only", "any"], { minLength: 1 }),
    });
    const ranks = ["public", "internal", "confidential", "restricted"];
    fc.assert(
      fc.property(fc.array(labels, { minLength: 1, maxLength: 4 }), (all) => {
        const joined = joinedLabels(all);
        assert.ok(joined);
        for (const one of all) {
          assert.ok(ranks.indexOf(joined.classification) >= ranks.indexOf(one.classification));
          assert.ok(one.residency.every((term) => joined.residency.includes(term)));
          assert.ok(one.kinds.every((kind) => joined.kinds.includes(kind)));
        }
      }),
    );
  });

  it("are tags that policies read", () => {
    const tags = labelTags({
      dataset: "a b",
      classification: "internal",
      kinds: ["rrn"],
      residency: ["JP", "any"],
    });
    assert.deepEqual(tags, {
      "hybrid-ai:dataset": "a b",
      "hybrid-ai:classification": "internal",
      "hybrid-ai:kinds": "rrn",
      "hybrid-ai:residency": "JP any",
    });
  });
});
