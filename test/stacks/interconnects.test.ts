import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { linkAddresses } from "../../components/interconnect/link-addresses";
import { planCircuits } from "../../components/interconnect/resiliency";
import { parseEnvironment } from "../../stacks/environment";
import { handOver } from "../../stacks/environment/via/hand-over";
import { usableMbps } from "../../stacks/usable-bandwidth";

type Tree = { [key: string]: Tree };

function shipped(name: string): Tree {
  const file = join(__dirname, "../../stacks", `Pulumi.${name}.yaml`);
  return parse(readFileSync(file, "utf8")).config["hybrid-ai-fabric:environment"];
}

/** Every problem of a shipped environment after a change, by path. */
function reasonsFor(name: string, change: (environment: Tree) => void): { [path: string]: string } {
  const environment = shipped(name);
  change(environment);
  const parsed = parseEnvironment(environment, name);
  assert.ok("problems" in parsed, "expected problems");
  return Object.fromEntries(parsed.problems.map(({ path, reason }) => [path, reason]));
}

function at(tree: Tree | undefined, path: string): Tree {
  const found = path.split(".").reduce<Tree | undefined>((node, key) => node?.[key], tree);
  assert.ok(found, path);
  return found;
}

const set = (tree: Tree, key: string, value: unknown) => {
  tree[key] = value as Tree;
};

function read(name: string) {
  const parsed = parseEnvironment(shipped(name), name);
  assert.ok("environment" in parsed, JSON.stringify(parsed));
  return parsed.environment;
}

describe("interconnects of an environment", () => {
  it("of the shipped ones are read whole", () => {
    for (const name of ["tokyo-dev", "japan-prod", "global-prod"]) assert.equal(read(name).name, name);
  });

  it("give no address to two circuits", () => {
    for (const name of ["tokyo-dev", "japan-prod", "global-prod"]) {
      const { interconnects } = read(name);
      const addresses = Object.values(interconnects).flatMap(({ linkCidr, via, resiliency }) => {
        const handOffs = via.flatMap((entry) => handOver(entry, "TY") ?? []);
        return planCircuits({ resiliency, handOffs }).flatMap(({ handOff, device }) => {
          const { customer, amazon } = linkAddresses(linkCidr, 2 * handOff + device - 1);
          return [customer, amazon];
        });
      });
      assert.equal(new Set(addresses).size, addresses.length);
    }
  });

  it("carry what their preferred circuit carries, or what all do where they share the load", () => {
    const environment = read("japan-prod");
    const path = environment.interconnects["ty-japan"];
    assert.ok(path);
    assert.equal(usableMbps(path, environment), 5000);
    assert.equal(usableMbps({ ...path, shareLoad: true }, environment), 20000);
  });

  const jp = "interconnects.ty-japan";
  const fabric = `${jp}.via.0.equinixFabric`;
  const megaport = `${jp}.via.1.megaport`;
  const dc = "interconnects.dc-virginia";
  const cases: [string, string, string, RegExp, (environment: Tree) => void][] = [
    [
      "a tier that the product does not sell",
      "japan-prod",
      `${jp}.via[1].megaport.bandwidthMbps`,
      /^1500: must be one of 50, 100/,
      (e) => set(at(e, megaport), "bandwidthMbps", 1500),
    ],
    [
      "a dedicated tier that is none",
      "global-prod",
      `${dc}.via[0].directConnect.bandwidthMbps`,
      /^5000: must be one of 1000, 10000, 100000, 400000/,
      (e) => set(at(e, `${dc}.via.0.directConnect`), "bandwidthMbps", 5000),
    ],
    [
      "a port speed that the location does not have",
      "global-prod",
      `${dc}.via[0].directConnect.bandwidthMbps`,
      /^400000: EQTY2 has ports of 1000, 10000, 100000 Mbps/,
      (e) => Object.assign(at(e, `${dc}.via.0.directConnect`), { location: "EQTY2", bandwidthMbps: 400000 }),
    ],
    [
      "an overlapping prefix of links",
      "japan-prod",
      "interconnects.os-japan.linkCidr",
      /"169\.254\.64\.0\/28" overlaps 169\.254\.64\.0\/24 of interconnects\.ty-japan\.linkCidr/,
      (e) => set(at(e, "interconnects.os-japan"), "linkCidr", "169.254.64.0/28"),
    ],
    [
      "a prefix with too few links",
      "japan-prod",
      `${jp}.linkCidr`,
      /holds 2 links, and 2 paths need 4, a \/30 each/,
      (e) => set(at(e, jp), "linkCidr", "169.254.64.0/29"),
    ],
    [
      "a reserved ASN of a gateway",
      "japan-prod",
      `${jp}.asn`,
      /^64600 is not usable: private ASNs are 64512-65534 \(but 64600\)/,
      (e) => set(at(e, jp), "asn", 64600),
    ],
    [
      "a reserved ASN of a router",
      "japan-prod",
      `${jp}.via[1].megaport.asn`,
      /^64500 is not usable/,
      (e) => set(at(e, megaport), "asn", 64500),
    ],
    [
      "a metro without a Direct Connect location",
      "japan-prod",
      `${jp}.via[0].equinixFabric.metro`,
      /"DB" has no Direct Connect location in an Equinix building/,
      (e) => {
        set(at(e, fabric), "metro", "DB");
        delete at(e, fabric).geoScope;
      },
    ],
    [
      "a Direct Connect location that is none",
      "japan-prod",
      `${jp}.via[1].megaport.partner.location`,
      /"ATTC9" is not a Direct Connect location \(nearest: ATTC1/,
      (e) => set(at(e, `${megaport}.partner`), "location", "ATTC9"),
    ],
    [
      "MACsec on a hosted connection",
      "japan-prod",
      `${jp}.encryption.macsec`,
      /via\[\d\] is (equinixFabric|megaport), a hosted connection: MACsec is for directConnect only/,
      (e) => set(at(e, jp), "encryption", { macsec: { cknKey: "a", cakKey: "b" } }),
    ],
    [
      "MACsec on a port that is too slow",
      "global-prod",
      `${dc}.encryption.macsec`,
      /1000 Mbps: ports of 10000, 100000, 400000 Mbps encrypt/,
      (e) => set(at(e, `${dc}.via.1.directConnect`), "bandwidthMbps", 1000),
    ],
    [
      "a geo zone that does not contain both ends",
      "global-prod",
      "interconnects.fr-frankfurt.via[0].equinixFabric.geoScope",
      /"SWITZERLAND" does not contain both ends \(DE, DE is outside\)/,
      (e) => set(at(e, "interconnects.fr-frankfurt.via.0.equinixFabric"), "geoScope", "SWITZERLAND"),
    ],
    [
      "maximum with one location",
      "japan-prod",
      `${jp}.resiliency`,
      /"maximum" needs 2 Direct Connect locations at least, and via names 1 \(equinixFabric at EQTY2\)/,
      (e) => set(at(e, jp), "via", [at(e, `${jp}.via.0`)]),
    ],
    [
      "two providers in one building beside a third path",
      "japan-prod",
      `${jp}.via[1]`,
      /megaport ends in EQTY2, where equinixFabric ends too: two providers must end in different buildings/,
      (e) => {
        set(at(e, `${megaport}.partner`), "location", "EQTY2");
        const directConnect = { location: "NEIN2", bandwidthMbps: 1000, siteAsn: 65010 };
        at(e, `${jp}.via`)["2"] = { directConnect } as unknown as Tree;
      },
    ],
    [
      "one diversity zone for two devices",
      "japan-prod",
      `${jp}.via[1].megaport.partner.ports`,
      /^1: maximum has 2 circuits on each path, one in red and one in blue/,
      (e) => void delete at(e, `${megaport}.partner.ports`).blue,
    ],
    [
      "no provider or two in an entry",
      "japan-prod",
      `${jp}.via[0]`,
      /exactly one of equinixFabric, megaport, directConnect in each entry/,
      (e) => set(at(e, `${jp}.via.0`), "megaport", at(e, megaport)),
    ],
    [
      "ports without the ASN of the site",
      "japan-prod",
      `${jp}.via[0].equinixFabric.siteAsn`,
      /^nothing: it goes with ports/,
      (e) =>
        set(
          at(e, fabric),
          "ports",
          [1, 2].map((n) => ({ id: `port-${n}`, vlan: 100 + n })),
        ),
    ],
    [
      "a VLAN that is taken",
      "japan-prod",
      `${jp}.via[0].equinixFabric.ports[1].vlan`,
      /^101 is the VLAN of .*ports\[0\]\.vlan on the same port/,
      (e) => {
        const port = { id: "port", vlan: 101 };
        Object.assign(at(e, fabric), { siteAsn: 65010, ports: [port, port] });
      },
    ],
    [
      "a router that is too small",
      "japan-prod",
      `${jp}.via[0].equinixFabric.bandwidthMbps`,
      /^5000: a LAB router carries 50 Mbps per circuit/,
      (e) => set(at(e, fabric), "routerPackage", "LAB"),
    ],
    [
      "a replacement from the place where the circuit is",
      "japan-prod",
      `${jp}.allowReplacement`,
      /"TY" is where the circuits are declared now/,
      (e) => set(at(e, jp), "allowReplacement", "TY"),
    ],
    [
      "a replacement from nowhere",
      "japan-prod",
      `${jp}.allowReplacement`,
      /"yes" is neither an Equinix metro nor a Direct Connect location/,
      (e) => set(at(e, jp), "allowReplacement", "yes"),
    ],
    [
      "evidence that expires on no day",
      "japan-prod",
      `${jp}.transitEvidence.expires`,
      /"soon": must be a day such as 2027-12-31/,
      (e) => set(at(e, `${jp}.transitEvidence`), "expires", "soon"),
    ],
    [
      "evidence for a country that is none",
      "japan-prod",
      `${jp}.transitEvidence.countries[0]`,
      /"XX" is not a country/,
      (e) => set(at(e, `${jp}.transitEvidence`), "countries", ["XX"]),
    ],
    [
      "a peering inside a region",
      "japan-prod",
      "peerings.tokyo-osaka.between",
      /both are in ap-northeast-1, whose transit gateway joins them already/,
      (e) => {
        const zones = ["apne1-az1"];
        set(at(e, "places"), "tokyo-2", { aws: "ap-northeast-1", zones, cidr: "10.20.0.0/16" });
        set(at(e, "peerings.tokyo-osaka"), "between", ["tokyo", "tokyo-2"]);
      },
    ],
    [
      "a second peering of two regions",
      "japan-prod",
      "peerings.again.between",
      /peerings\.tokyo-osaka joins ap-northeast-1 and ap-northeast-3 already/,
      (e) => set(at(e, "peerings"), "again", { between: ["osaka", "tokyo"] }),
    ],
  ];
  for (const [what, environment, path, pattern, change] of cases) {
    it(`tell ${what}`, () => {
      const reasons = reasonsFor(environment, change);
      assert.match(reasons[path] ?? `nothing at ${path} but ${JSON.stringify(reasons)}`, pattern);
    });
  }

  it("tell any of these faults together with any other", () => {
    const joined = cases.filter(([, environment]) => environment === "japan-prod");
    const alone = joined.map(([, name, path, , change]) => ({ path, change, name }));
    const deep = alone.filter(({ path }) =>
      /(linkCidr|\.asn|location|metro|Mbps|allowReplacement|macsec|countries\[0\]|ports)$/.test(path),
    );
    fc.assert(
      fc.property(fc.subarray(deep, { minLength: 2 }), (faults) => {
        // Faults at one path overwrite each other: the last one stands.
        const distinct = [...new Map(faults.map((fault) => [fault.path, fault])).values()];
        const reasons = reasonsFor("japan-prod", (e) => {
          for (const { change } of distinct) change(e);
        });
        for (const { path } of distinct) assert.ok(reasons[path], `${path}: ${JSON.stringify(reasons)}`);
      }),
    );
  });

  it("take an unquoted day as the engine hands it over", () => {
    const environment = shipped("japan-prod");
    set(at(environment, `${jp}.transitEvidence`), "expires", "2027-12-31 00:00:00 +0000 UTC");
    const parsed = parseEnvironment(environment, "x");
    assert.ok("environment" in parsed, JSON.stringify(parsed));
    assert.equal(parsed.environment.interconnects["ty-japan"]?.transitEvidence?.expires, "2027-12-31");
  });
});
