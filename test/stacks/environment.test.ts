import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { overlaps, parseCidr } from "../../stacks/cidr";
import { loadEnvironment, parseEnvironment } from "../../stacks/environment";
import { at, reasonsFor, set, shipped, type Tree } from "../support/environments";

const stacks = join(__dirname, "../../stacks");

describe("environment", () => {
  it("reads the shipped one", () => {
    const parsed = parseEnvironment(shipped("tokyo-dev"), "tokyo-dev");
    assert.ok("environment" in parsed, JSON.stringify(parsed));
    assert.equal(parsed.environment.interconnects["ty-tokyo"]?.asn, 64512);
  });

  it("names an unknown key with its path and the nearest legal one", () => {
    const reasons = reasonsFor("tokyo-dev", (environment) =>
      set(at(environment, "datasets", "claims"), "residancy", ["JP"]),
    );
    assert.match(reasons["datasets.claims.residancy"] ?? "", /unknown key; nearest: residency/);
  });

  it("tells value and legal values", () => {
    const cases: [string, RegExp, (environment: Tree) => void][] = [
      [
        "places.tokyo.aws",
        /"ap-northeast-9" is not an AWS region \(nearest: ap-northeast-/,
        (e) => set(at(e, "places", "tokyo"), "aws", "ap-northeast-9"),
      ],
      [
        "places.tokyo.zones[0]",
        /"use1-az1" is not a zone id of ap-northeast-1/,
        (e) => set(at(e, "places", "tokyo"), "zones", ["use1-az1"]),
      ],
      [
        "places.ty-cage.site.metro",
        /"TX" is not an Equinix metro/,
        (e) => set(at(e, "places", "ty-cage", "site"), "metro", "TX"),
      ],
      [
        "places.ty-cage.site.country",
        /"DE", but metro TY is Tokyo \(JP\)/,
        (e) => set(at(e, "places", "ty-cage", "site"), "country", "DE"),
      ],
      ["places.tokyo.cidr", /overlaps/, (e) => set(at(e, "places", "ty-cage"), "cidrs", ["10.16.8.0/24"])],
      [
        "places.ty-cage.cidrs[0]",
        /not an IPv4 prefix/,
        (e) => set(at(e, "places", "ty-cage"), "cidrs", ["10.1.0.1/16"]),
      ],
      [
        "datasets.claims.home",
        /"mars" is not a place \(ty-cage, tokyo\)/,
        (e) => set(at(e, "datasets", "claims"), "home", "mars"),
      ],
      [
        "datasets.claims.classification",
        /"secret".*public, internal, confidential, restricted/,
        (e) => set(at(e, "datasets", "claims"), "classification", "secret"),
      ],
      [
        "datasets.claims.residency[0]",
        /nearest: japan-only/,
        (e) => set(at(e, "datasets", "claims"), "residency", ["japan-onyl"]),
      ],
      [
        "interconnects.ty-tokyo.resiliency",
        /development/,
        (e) => set(at(e, "interconnects", "ty-tokyo"), "resiliency", "maximum"),
      ],
      [
        "interconnects.ty-tokyo.asn",
        /64512-65534/,
        (e) => set(at(e, "interconnects", "ty-tokyo"), "asn", 64496),
      ],
      [
        "interconnects.ty-tokyo.via[0].equinixFabric.bandwidthMbps",
        /1234.*one of 50, 100/,
        (e) => set(at(e, "interconnects", "ty-tokyo", "via", "0", "equinixFabric"), "bandwidthMbps", 1234),
      ],
      [
        "interconnects.ty-tokyo.via[0].equinixFabric.geoScope",
        /"UK" does not contain both ends \(JP is outside\); zones that do: JAPAN/,
        (e) => set(at(e, "interconnects", "ty-tokyo", "via", "0", "equinixFabric"), "geoScope", "UK"),
      ],
      [
        "transfers.claims-in.dataset",
        /"claim" is not a dataset \(claims, work, assistant\)/,
        (e) => set(at(e, "transfers", "claims-in"), "dataset", "claim"),
      ],
      [
        "transfers.claims-in.from",
        /never back/,
        (e) => set(at(e, "transfers", "claims-in"), "from", "tokyo"),
      ],
      [
        "budgets.transferHours.clams",
        /is not a dataset/,
        (e) => set(at(e, "budgets", "transferHours"), "clams", 3),
      ],
    ];
    for (const [path, pattern, change] of cases) {
      const reasons = reasonsFor("tokyo-dev", change);
      assert.match(reasons[path] ?? `nothing at ${path} but ${JSON.stringify(reasons)}`, pattern);
    }
  });

  it("tells everything that is wrong at once", () => {
    const reasons = reasonsFor("tokyo-dev", (environment) => {
      set(at(environment, "places", "tokyo"), "aws", "ap-northeast-9");
      set(at(environment, "datasets", "claims"), "home", "mars");
    });
    assert.ok(Object.keys(reasons).length >= 2);
  });

  it("finds a single unknown key wherever it stands", () => {
    const places = [
      [],
      ["places", "tokyo"],
      ["datasets", "claims"],
      ["interconnects", "ty-tokyo", "via", "0", "equinixFabric"],
      ["transfers", "claims-in", "source", "nfs"],
      ["budgets"],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.stringMatching(/^[a-z]{3,9}Q$/), (where, key) => {
        const reasons = reasonsFor("tokyo-dev", (environment) => set(at(environment, ...where), key, 1));
        const path = [...where, key].join(".").replace(".0.", "[0].");
        assert.match(reasons[path] ?? JSON.stringify(reasons), /unknown key/);
      }),
      { numRuns: 50 },
    );
  });

  it("reads a file of its own, and says when there is none", () => {
    const parsed = loadEnvironment("nowhere.yaml", "x", stacks);
    assert.ok("problems" in parsed);
    assert.match(parsed.problems[0]?.reason ?? "", /no file/);
  });
});

describe("prefixes", () => {
  it("overlap exactly when they share an address", () => {
    const cidr = fc
      .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 8, max: 16 }))
      .map(([byte, length]) => {
        const first = Math.floor((byte * 2 ** 16) / 2 ** (32 - length)) * 2 ** (32 - length);
        return { first, length };
      });
    fc.assert(
      fc.property(cidr, cidr, (a, b) => {
        const inside = (x: typeof a, y: typeof a) =>
          x.first >= y.first && x.first < y.first + 2 ** (32 - y.length);
        assert.equal(overlaps(a, b), inside(a, b) || inside(b, a));
      }),
    );
    assert.equal(parseCidr("10.0.0.1/8"), undefined);
    assert.equal(parseCidr("10.0.0.256/32"), undefined);
  });
});
