import assert from "node:assert/strict";
import fc from "fast-check";
import { linkAddresses } from "../../components/interconnect/link-addresses";
import { planCircuits } from "../../components/interconnect/resiliency";
import { parseEnvironment } from "../../stacks/environment";
import { handOver } from "../../stacks/environment/via/hand-over";
import { geoScopeOf } from "../../stacks/interconnect-decisions";
import { transitGateways } from "../../stacks/transit-decisions";
import { usableMbps } from "../../stacks/usable-bandwidth";
import { at, readShipped, reasonsFor, set, shipped, type Tree } from "../support/environments";

describe("interconnects of an environment", () => {
  it("of the shipped ones are read whole", () => {
    for (const name of ["tokyo-dev", "japan-prod", "global-prod"]) assert.equal(readShipped(name).name, name);
  });

  it("give no address to two circuits", () => {
    for (const name of ["tokyo-dev", "japan-prod", "global-prod"]) {
      const { interconnects } = readShipped(name);
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
    const environment = readShipped("japan-prod");
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
      /"169\.254\.64\.0\/25" overlaps 169\.254\.64\.0\/24 of interconnects\.ty-japan\.linkCidr/,
      (e) => set(at(e, "interconnects.os-japan"), "linkCidr", "169.254.64.0/25"),
    ],
    [
      "a prefix with too few links",
      "japan-prod",
      `${jp}.linkCidr`,
      /holds 2 links, and 2 paths need 4, a \/30 each/,
      (e) => {
        delete at(e, fabric).uplinks;
        delete at(e, fabric).siteAsn;
        set(at(e, jp), "linkCidr", "169.254.64.0/29");
      },
    ],
    [
      "a reserved ASN of a gateway",
      "japan-prod",
      `${jp}.asn`,
      /^64600 is one that Equinix Fabric does not peer with: private ASNs are 64512-65534 \(but 64600\) and 42/,
      (e) => set(at(e, jp), "asn", 64600),
    ],
    [
      "a reserved ASN of a router",
      "japan-prod",
      `${jp}.via[1].megaport.asn`,
      /^64500 is reserved \(documentation, RFC 5398\): private ASNs are 64512/,
      (e) => set(at(e, megaport), "asn", 64500),
    ],
    [
      "a metro without a Direct Connect location",
      "japan-prod",
      `${jp}.via[0].equinixFabric.metro`,
      /"DB" has no Direct Connect location in an Equinix building; metros that have one: .*TY/,
      (e) => set(at(e, fabric), "metro", "DB"),
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
      /^via\[0\] is equinixFabric, a hosted connection, via\[1\] is megaport, a hosted connection: MACsec is for directConnect of 10000/,
      (e) => set(at(e, jp), "encryption", { macsec: { cknKey: "a", cakKey: "b" } }),
    ],
    [
      "MACsec on a port that is too slow",
      "global-prod",
      `${dc}.encryption.macsec`,
      /^via\[1\] is directConnect of 1000 Mbps: MACsec is for directConnect of 10000, 100000, 400000 Mbps/,
      (e) => set(at(e, `${dc}.via.1.directConnect`), "bandwidthMbps", 1000),
    ],
    [
      "a geo zone that does not contain both ends",
      "global-prod",
      "interconnects.fr-frankfurt.via[0].equinixFabric.geoScope",
      /"SWITZERLAND" does not contain both ends \(DE is outside\); zones that do: none/,
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
      "uplinks without the ASN of the site",
      "japan-prod",
      `${jp}.via[0].equinixFabric.siteAsn`,
      /^nothing: it goes with ports, virtualDevices, serviceTokenKeys, uplinks, where another router speaks BGP/,
      (e) => void delete at(e, fabric).siteAsn,
    ],
    [
      "uplinks of circuits that begin at ports",
      "japan-prod",
      `${jp}.via[0].equinixFabric.uplinks`,
      /^it goes with Cloud Routers, and ports begin the circuits/,
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

  describe("of bad input", () => {
    const told: [string, RegExp, (environment: Tree) => void][] = [
      [
        `${jp}.via[1].megaport.bandwidthMbps`,
        /^1500: must be one of 50, 100, .*25000/,
        (e) => set(at(e, megaport), "bandwidthMbps", 1500),
      ],
      [
        "places.osaka.cidr",
        /^"10\.16\.128\.0\/17" overlaps 10\.16\.0\.0\/16 of places\.tokyo\.cidr: prefixes must share no address/,
        (e) => set(at(e, "places.osaka"), "cidr", "10.16.128.0/17"),
      ],
      [
        `${jp}.asn`,
        /^64600 is .*: private ASNs are 64512-65534 \(but 64600\) and 4200000000-4294967294/,
        (e) => set(at(e, jp), "asn", 64600),
      ],
      [
        `${fabric.replace(".0", "[0]")}.metro`,
        /^"DB" has no Direct Connect location .* metros that have one: .*, TY/,
        (e) => set(at(e, fabric), "metro", "DB"),
      ],
      [
        `${jp}.encryption.macsec`,
        /^via\[0\] is equinixFabric, .*: MACsec is for directConnect of 10000, 100000, 400000 Mbps/,
        (e) => set(at(e, jp), "encryption", { macsec: { cknKey: "a", cakKey: "b" } }),
      ],
      [
        "interconnects.os-japan.via[0].equinixFabric.geoScope",
        /^"UK" does not contain both ends \(JP is outside\); zones that do: JAPAN/,
        (e) => set(at(e, "interconnects.os-japan.via.0.equinixFabric"), "geoScope", "UK"),
      ],
      [
        "interconnects.os-japan.resiliency",
        /^"maximum" needs 2 Direct Connect locations at least, and via names 1 \(equinixFabric at EQOS1\)/,
        (e) => set(at(e, "interconnects.os-japan"), "via", [at(e, "interconnects.os-japan.via.0")]),
      ],
    ];
    const problemsAfter = (changes: readonly ((environment: Tree) => void)[]) => {
      const environment = shipped("japan-prod");
      for (const change of changes) change(environment);
      const parsed = parseEnvironment(environment, "japan-prod");
      assert.ok("problems" in parsed, "expected problems");
      return parsed.problems;
    };

    for (const [path, pattern, change] of told) {
      it(`tell ${path} once, with its value and what is legal`, () => {
        const [first, ...others] = problemsAfter([change]);
        assert.deepEqual(others, []);
        assert.equal(first?.path, path);
        assert.match(first?.reason ?? "", pattern);
      });
    }

    it("tell all of them at once, and nothing else", () => {
      const problems = problemsAfter(told.map(([, , change]) => change));
      assert.deepEqual(problems.map(({ path }) => path).sort(), told.map(([path]) => path).sort());
    });
  });

  describe("take the geo zone from the datasets", () => {
    const zonesOf = (name: string, change: (environment: Tree) => void = () => undefined) => {
      const environment = shipped(name);
      change(environment);
      const parsed = parseEnvironment(environment, name);
      assert.ok("environment" in parsed, JSON.stringify(parsed));
      return Object.fromEntries(
        Object.entries(parsed.environment.interconnects).flatMap(([path, declared]) =>
          declared.via.flatMap(({ equinixFabric }) =>
            equinixFabric ? [[path, geoScopeOf(parsed.environment, declared, equinixFabric)]] : [],
          ),
        ),
      );
    };

    it("where they limit where they pass, and there is one", () => {
      assert.deepEqual(zonesOf("japan-prod"), { "ty-japan": "JAPAN", "os-japan": "JAPAN" });
      assert.deepEqual(zonesOf("global-prod"), { "ty-tokyo": "JAPAN", "fr-frankfurt": undefined });
    });

    it("which set none when nothing that crosses is limited", () => {
      const free = zonesOf("tokyo-dev", (e) => {
        set(at(e, "datasets.claims"), "residency", ["any"]);
        delete at(e, "interconnects.ty-tokyo.via.0.equinixFabric").geoScope;
      });
      assert.deepEqual(free, { "ty-tokyo": undefined });
    });

    it("that agents at both ends exchange too", () => {
      const zones = zonesOf("tokyo-dev", (e) => {
        delete at(e, "interconnects.ty-tokyo.via.0.equinixFabric").geoScope;
        set(at(e, "datasets.claims"), "residency", ["any"]);
        set(at(e, "agents.triage"), "at", "ty-cage");
        set(at(e, "agents.triage"), "runtime", "kubernetes");
        set(at(e, "places.ty-cage"), "cluster", {
          kubeconfigKey: "site",
          trustDomain: "ty-cage.example",
          issuer: "https://oidc.ty-cage.example",
        });
      });
      assert.deepEqual(zones, { "ty-tokyo": "JAPAN" });
    });

    it("and say so when none of them fits", () => {
      const reasons = reasonsFor("tokyo-dev", (e) =>
        set(at(e, "datasets.claims"), "residency", ["bloc:EEA"]),
      );
      assert.match(
        reasons["interconnects.ty-tokyo.via[0].equinixFabric.geoScope"] ?? "",
        /^"JAPAN" may carry data through JP, but claims may pass bloc:EEA only; zones that fit: none/,
      );
      const abroad = reasonsFor("tokyo-dev", (e) => {
        const entry = at(e, "interconnects.ty-tokyo.via.0.equinixFabric");
        delete entry.geoScope;
        set(entry, "metro", "SG");
      });
      assert.match(
        abroad["interconnects.ty-tokyo.via[0].equinixFabric.geoScope"] ?? "",
        /^nothing: claims may pass JP only, and no zone holds both JP and SG \(zones: CANADA, .*\); hand over in TY, or give transitEvidence/,
      );
    });
  });

  describe("take ASNs of transit gateways from account and region", () => {
    const asns = (change: (environment: Tree) => void = () => undefined) => {
      const environment = shipped("japan-prod");
      change(environment);
      const parsed = parseEnvironment(environment, "japan-prod");
      assert.ok("environment" in parsed, JSON.stringify(parsed));
      return Object.fromEntries(transitGateways(parsed.environment).map(({ name, asn }) => [name, asn]));
    };

    it("so that a region more moves none", () => {
      const more = asns((e) =>
        set(at(e, "places"), "a-sydney", {
          aws: "ap-southeast-2",
          zones: ["apse2-az1"],
          cidr: "10.20.0.0/16",
        }),
      );
      const before = asns();
      for (const [name, asn] of Object.entries(before)) assert.equal(more[name], asn);
      assert.equal(Object.keys(more).length, Object.keys(before).length + 1);
    });

    it("and tell two that meet in one ASN", () => {
      const taken = asns()["main-ap-northeast-1"] ?? 0;
      const reasons = reasonsFor("japan-prod", (e) => {
        set(at(e, "places.osaka"), "transitGatewayAsn", taken);
        set(at(e, jp), "asn", taken);
      });
      assert.match(
        reasons["places.osaka.transitGatewayAsn"] ?? "",
        /ASN of the transit gateway of places.tokyo too/,
      );
      assert.match(reasons[`${jp}.asn`] ?? "", /ASN of the transit gateway of places.(tokyo|osaka) too/);
    });
  });

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
