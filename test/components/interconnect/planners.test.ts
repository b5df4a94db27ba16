import assert from "node:assert/strict";
import {
  asnProblem,
  fabricRouterPackage,
  fabricRouterPackageCodes,
  isSold,
  pathMtu,
} from "@hybrid-ai-fabric/locality";
import fc from "fast-check";
import { validatePrefixes } from "../../../components/interconnect/announced-prefixes";
import { asnOfName, assignAsns, sharedAsns } from "../../../components/interconnect/asns";
import { bfdTimers } from "../../../components/interconnect/bfd-timers";
import { failoverPreference, MOST_RANKS } from "../../../components/interconnect/failover";
import {
  isLinkPrefixIpv6,
  linkAddresses,
  linkAddressesIpv6,
  linksIn,
} from "../../../components/interconnect/link-addresses";
import {
  type CircuitPath,
  hopsOf,
  smallestHop,
  virtualInterfaceMtu,
} from "../../../components/interconnect/smallest-hop";
import { assignVlans, FIRST_VLAN, LAST_VLAN, validateVlans } from "../../../components/interconnect/vlans";

describe("links of BGP", () => {
  it("never share an address, over all circuits of prefixes that do not overlap", () => {
    const third = fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(third, fc.integer({ min: 24, max: 29 }), (bytes, length) => {
        const links = bytes.flatMap((byte) => {
          const prefix = `169.254.${byte}.0/${length}`;
          return Array.from({ length: linksIn(prefix) }, (_, index) => linkAddresses(prefix, index));
        });
        const addresses = links.flatMap(({ customer, amazon }) => [customer, amazon]);
        assert.equal(new Set(addresses).size, addresses.length);
        assert.equal(addresses.length, bytes.length * 2 * 2 ** (30 - length));
      }),
    );
  });

  it("are the pair of a /127 in IPv6, each once", () => {
    const index = fc.integer({ min: 0, max: 2 ** 15 - 1 });
    fc.assert(
      fc.property(index, index, (a, b) => {
        const [first, second] = [a, b].map((n) => linkAddressesIpv6("fd00:64::/64", n));
        assert.match(first?.customer ?? "", /^fd00:64::[0-9a-f]+\/127$/);
        assert.notEqual(first?.customer, first?.amazon);
        if (a !== b) assert.notEqual(first?.customer, second?.customer);
      }),
    );
    assert.deepEqual(linkAddressesIpv6("2001:db8::/64", 1), {
      customer: "2001:db8::2/127",
      amazon: "2001:db8::3/127",
    });
  });

  it("are refused outside their prefix", () => {
    assert.throws(() => linkAddressesIpv6("fd00::/120", 0), RangeError);
    assert.throws(() => linkAddressesIpv6("fd00::/64", 2 ** 15), RangeError);
    assert.throws(() => linkAddresses("169.254.64.0/29", 2), RangeError);
    assert.deepEqual(["fd00::/64", "::/64", "fd00:1/64", "1:2:3:4:5:6:7:8/64"].map(isLinkPrefixIpv6), [
      true,
      false,
      false,
      false,
    ]);
  });
});

describe("VLANs", () => {
  const circuits = fc.uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[a-z]{1,6}$/),
      vlan: fc.option(fc.integer({ min: FIRST_VLAN, max: LAST_VLAN }), { nil: undefined }),
    }),
    { selector: ({ name }) => name, maxLength: 30 },
  );
  const distinct = circuits.map((list) => {
    const seen = new Set<number>();
    return list.map(({ name, vlan }) => {
      const kept = vlan !== undefined && !seen.has(vlan) ? vlan : undefined;
      if (kept !== undefined) seen.add(kept);
      return kept === undefined ? { name } : { name, vlan: kept };
    });
  });

  it("are given once each, as asked where asked, inside 802.1Q", () => {
    fc.assert(
      fc.property(distinct, (list) => {
        const given = assignVlans(list);
        const tags = Object.values(given);
        assert.equal(new Set(tags).size, list.length);
        for (const tag of tags) assert.ok(tag >= FIRST_VLAN && tag <= LAST_VLAN);
        for (const { name, vlan } of list) if (vlan !== undefined) assert.equal(given[name], vlan);
      }),
    );
  });

  it("stay where they are when a circuit is appended", () => {
    fc.assert(
      fc.property(distinct, (list) => {
        const before = assignVlans(list);
        const after = assignVlans([...list, { name: "ZZ" }]);
        for (const { name } of list) assert.equal(after[name], before[name]);
      }),
    );
  });

  it("are refused when they are none, or stand twice on one port", () => {
    const problems = validateVlans([
      { path: "a", port: "p", vlan: 7 },
      { path: "b", port: "q", vlan: 7 },
      { path: "c", port: "p", vlan: 7 },
      { path: "d", port: "p", vlan: 4095 },
    ]);
    assert.deepEqual(
      problems.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`),
      ["c: 7 is the VLAN of a on the same port", "d: 4095 is not a VLAN: 2 to 4093"],
    );
    assert.throws(
      () => assignVlans(Array.from({ length: LAST_VLAN }, (_, n) => ({ name: String(n) }))),
      RangeError,
    );
  });
});

describe("ASNs", () => {
  const usable = (asn: number) => asnProblem(asn, "gateway", "fabricPeer") === undefined;

  it("are usable when private and not kept by Equinix", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_294_967_295 }), (asn) => {
        const expected =
          asn !== 64600 && ((asn >= 64512 && asn <= 65534) || (asn >= 4_200_000_000 && asn <= 4_294_967_294));
        assert.equal(usable(asn), expected);
      }),
    );
    const edges = [64496, 64511, 64512, 64600, 65534, 65535, 4_199_999_999, 4_294_967_294].map(usable);
    assert.deepEqual(edges, [false, false, true, false, true, false, false, true]);
  });

  const name = fc.stringMatching(/^[a-z]{1,12}-[a-z]{2}-[a-z]{4,9}-[1-4]$/);
  const gateways = fc
    .uniqueArray(fc.record({ name, asn: fc.constantFrom(undefined, 64620, 64621) }), {
      selector: (gateway) => gateway.name,
      maxLength: 20,
    })
    .map((list) => list.map(({ name, asn }) => (asn === undefined ? { name } : { name, asn })));

  it("are usable for every name, and those asked for where they are asked for", () => {
    fc.assert(
      fc.property(gateways, (list) => {
        const given = assignAsns(list);
        for (const { name, asn } of list) {
          assert.ok(usable(given[name] ?? 0));
          if (asn !== undefined) assert.equal(given[name], asn);
        }
      }),
    );
    assert.equal(asnOfName("main-ap-northeast-1"), 4230837413);
  });

  it("of a gateway stay, whatever others come, go, change or stand before it", () => {
    fc.assert(
      fc.property(gateways, gateways, (list, others) => {
        const own = new Set(list.map((gateway) => gateway.name));
        const alone = assignAsns(list);
        const among = assignAsns([...others.filter((gateway) => !own.has(gateway.name)), ...list].reverse());
        for (const gateway of list) assert.equal(among[gateway.name], alone[gateway.name]);
      }),
    );
  });

  it("that two gateways speak are told, and no others", () => {
    fc.assert(
      fc.property(gateways, (list) => {
        const given = assignAsns(list);
        const shared = new Set(sharedAsns(list).flatMap(({ names }) => names));
        for (const { name } of list) {
          const twins = list.filter((other) => given[other.name] === given[name]);
          assert.equal(shared.has(name), twins.length > 1);
        }
      }),
    );
  });
});

describe("bandwidths", () => {
  it("are those that each product sells", () => {
    assert.equal(isSold("hostedConnection", 25000), true);
    assert.equal(isSold("hostedConnection", 1500), false);
    assert.equal(isSold("dedicatedConnection", 400000), true);
    assert.equal(isSold("macsec", 1000), false);
    assert.equal(isSold("fabricCircuit", 1500), true);
    assert.equal(isSold("fabricCircuit", 50001), false);
    assert.equal(isSold("megaportRouter", 3000), false);
  });

  it("of a larger router package are never smaller", () => {
    const packages = fabricRouterPackageCodes().map((code) => fabricRouterPackage(code));
    packages.slice(1).forEach((next, index) => {
      const before = packages[index];
      assert.ok(before && next);
      assert.ok(next.circuitMbps >= before.circuitMbps && next.routesIpv4 > before.routesIpv4);
    });
  });
});

describe("MTU of a path", () => {
  const path: fc.Arbitrary<CircuitPath> = fc.record(
    {
      from: fc.constantFrom(
        "fabricRouter",
        "fabricPort",
        "virtualDevice",
        "serviceToken",
        "megaportRouter",
        "megaportPort",
        "dedicated",
      ),
      virtualInterface: fc.constantFrom("transit", "private"),
      routerMtu: fc.integer({ min: 1500, max: 9100 }),
    },
    { requiredKeys: ["from", "virtualInterface"] },
  );

  it("is that of its smallest hop, and no hop is smaller", () => {
    fc.assert(
      fc.property(path, (circuit) => {
        const hops = hopsOf(circuit);
        const smallest = smallestHop(hops);
        assert.ok(smallest && hops.includes(smallest));
        for (const { mtu } of hops) assert.ok(mtu >= smallest.mtu);
      }),
    );
    assert.equal(smallestHop([]), undefined);
  });

  it("sets jumbo frames only where the hops before are known to take them", () => {
    fc.assert(
      fc.property(path, (circuit) => {
        const before = hopsOf(circuit).slice(0, -2);
        const doubtful = before.some(({ assumed, mtu }) => assumed === true || mtu <= 1500);
        assert.equal(virtualInterfaceMtu(circuit) > 1500, !doubtful);
      }),
    );
  });

  it("is 1500 behind a Cloud Router, 8500 over transit and 9000 over a private interface from a port", () => {
    const mtu = (circuit: CircuitPath) => smallestHop(hopsOf(circuit));
    assert.deepEqual(mtu({ from: "fabricRouter", virtualInterface: "transit" }), {
      hop: "Fabric Cloud Router",
      mtu: 1500,
      assumed: true,
    });
    assert.equal(mtu({ from: "fabricPort", virtualInterface: "transit" })?.mtu, 8500);
    assert.equal(mtu({ from: "fabricPort", virtualInterface: "private" })?.mtu, 9000);
    assert.equal(mtu({ from: "dedicated", virtualInterface: "private" })?.mtu, 9001);
    assert.equal(mtu({ from: "megaportRouter", virtualInterface: "transit" })?.mtu, 1500);
    assert.equal(
      mtu({ from: "megaportRouter", virtualInterface: "transit", routerMtu: 9000 })?.mtu,
      pathMtu.transitGateway,
    );
  });
});

describe("prefixes of a gateway", () => {
  it("are counted against the quota of each session, of the gateway and of each association", () => {
    const list = (count: number) => Array.from({ length: count }, (_, n) => `10.${n >> 8}.${n & 255}.0/24`);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 130 }), fc.integer({ min: 0, max: 260 }), (site, region) => {
        const problems = validatePrefixes({
          fromSite: list(site),
          fromRegions: [{ region: "r", prefixes: list(region) }],
          virtualInterfaces: 2,
        });
        assert.equal(problems.length, (site > 100 ? 1 : 0) + (region > 200 ? 1 : 0));
      }),
    );
    const [first] = validatePrefixes({ fromSite: list(101), fromRegions: [], virtualInterfaces: 1 });
    assert.match(first?.reason ?? "", /101 prefixes, and a session with more goes down; AWS takes 100/);
    const allocated = { fromSite: list(101), fromRegions: [], virtualInterfaces: 1, allocated: 500 };
    assert.deepEqual(validatePrefixes(allocated), []);
  });
});

describe("BFD", () => {
  it("is never faster than Amazon takes and never slower than a hold timer", () => {
    fc.assert(
      fc.property(fc.option(fc.double({ min: 0, max: 400, noNaN: true }), { nil: undefined }), (ms) => {
        const { intervalMs, multiplier, detectionMs } = bfdTimers(ms);
        assert.ok(intervalMs >= 300);
        assert.equal(detectionMs, intervalMs * multiplier);
        assert.ok(detectionMs < 90_000);
      }),
    );
    assert.deepEqual(
      [1, undefined, 100].map((ms) => bfdTimers(ms).intervalMs),
      [300, 300, 500],
    );
  });
});

describe("preference of circuits", () => {
  it("falls with every rank, in each of the three languages", () => {
    for (let rank = 1; rank < MOST_RANKS; rank++) {
      const [better, worse] = [failoverPreference(rank - 1), failoverPreference(rank)];
      assert.ok(worse.asPrepend > better.asPrepend && worse.med > better.med);
    }
    assert.deepEqual(failoverPreference(0), { asPrepend: 0, med: 0, community: "7224:7300" });
    assert.deepEqual(failoverPreference(9), failoverPreference(MOST_RANKS - 1));
  });
});
