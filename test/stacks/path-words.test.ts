import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { createClocks } from "../../stacks/clocks";
import { parseEnvironment } from "../../stacks/environment";
import { createInterconnects } from "../../stacks/interconnect";
import { createNetworks } from "../../stacks/network";
import { createSiteNetworks } from "../../stacks/site-networks";
import { createTransits } from "../../stacks/transit";
import { only, type Requested, requestedBy } from "../support/mocks";

type Tree = { [key: string]: Tree };

/** One site with one path, and a second site, for tests to change. */
const base = `
accounts: { main: { id: "111122223333" }, network: { id: "444455556666" } }
places:
  ty-cage: { site: { metro: TY, country: JP }, cidrs: [10.1.0.0/16] }
  os-cage: { site: { metro: OS, country: JP }, cidrs: [10.2.0.0/16] }
  tokyo: { aws: ap-northeast-1, account: main, zones: [apne1-az1], cidr: 10.16.0.0/16 }
  tokyo-2: { aws: ap-northeast-1, account: main, zones: [apne1-az4], cidr: 10.17.0.0/16 }
datasets:
  claims: { classification: restricted, residency: [japan-only], home: ty-cage, sizeTiB: 1 }
interconnects:
  path:
    from: ty-cage
    to: [tokyo, tokyo-2]
    resiliency: development
    circuits: 1
    via: [{ equinixFabric: { project: project, profile: profile, bandwidthMbps: 2000 } }]
`;

const set = (tree: Tree, path: string, value: unknown) => {
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  const node = steps.reduce<Tree | undefined>((at, key) => at?.[key], tree);
  assert.ok(node, path);
  if (value === undefined) delete node[last];
  else node[last] = value as Tree;
};
const fabric = "interconnects.path.via.0.equinixFabric";

function changed(changes: { [path: string]: unknown }) {
  const environment = parse(base) as Tree;
  for (const [path, value] of Object.entries(changes)) set(environment, path, value);
  return parseEnvironment(environment, "test");
}

function problemsOf(changes: { [path: string]: unknown }): { [path: string]: string } {
  const parsed = changed(changes);
  assert.ok("problems" in parsed, "expected problems");
  return Object.fromEntries(parsed.problems.map(({ path, reason }) => [path, reason]));
}

async function ordered(changes: { [path: string]: unknown }): Promise<Requested[]> {
  const parsed = changed(changes);
  assert.ok("environment" in parsed, JSON.stringify(parsed));
  pulumi.runtime.setAllConfig({ "test:token": "not-a-token" }, ["test:token"]);
  return requestedBy(() => {
    const networks = createNetworks(parsed.environment);
    const transits = createTransits(parsed.environment, networks);
    createInterconnects(parsed.environment, networks, transits);
    createSiteNetworks(parsed.environment);
    createClocks(parsed.environment);
  });
}

/** Key of what the engine is told to keep secret. */
const SECRET = "4dabf18193072939515e22adb298388d";
const CONNECTION = "equinix:index/fabricConnection:FabricConnection";
const VXC = "megaport:index/vxc:Vxc";
const ROUTER = "equinix:index/fabricCloudRouter:FabricCloudRouter";
const kinds = (requested: readonly Requested[], part: string) =>
  requested.filter(({ type }) => type.includes(part)).map(({ name }) => name);
const accessPoint = ({ inputs }: Requested) => (inputs.aSide as { accessPoint?: Tree }).accessPoint;

describe("begins of a path over Equinix Fabric", () => {
  const cases: [string, unknown, string][] = [
    ["ports", [{ id: "port", vlan: 7 }], "COLO"],
    ["virtualDevices", [{ id: "device", interface: 3 }], "VD"],
  ];
  for (const [word, value, type] of cases) {
    it(`are ${word}, in place of a Cloud Router`, async () => {
      const requested = await ordered({ [`${fabric}.${word}`]: value, [`${fabric}.siteAsn`]: 65010 });
      assert.equal(accessPoint(only(requested, CONNECTION))?.type, type);
      assert.deepEqual(kinds(requested, ROUTER), []);
    });
  }

  it("are tokens of somebody else, secret", async () => {
    const requested = await ordered({
      [`${fabric}.serviceTokenKeys`]: ["token"],
      [`${fabric}.siteAsn`]: 65010,
    });
    const { inputs } = only(requested, CONNECTION);
    assert.equal(inputs.type, "EVPL_VC");
    assert.ok(SECRET in (inputs.aSide as object), "the whole a-side is kept secret");
  });

  it("are tags of both kinds on a QinQ port", async () => {
    const ports = [{ id: "port", vlan: 7, innerVlan: 8 }];
    const requested = await ordered({ [`${fabric}.ports`]: ports, [`${fabric}.siteAsn`]: 65010 });
    assert.deepEqual(accessPoint(only(requested, CONNECTION))?.linkProtocol, {
      type: "QINQ",
      vlanSTag: 7,
      vlanCTag: 8,
    });
  });

  it("are of one kind, and one for each circuit", () => {
    const port = { id: "port", vlan: 7 };
    const both = {
      [`${fabric}.ports`]: [port],
      [`${fabric}.virtualDevices`]: [{ id: "d" }],
      [`${fabric}.siteAsn`]: 65010,
    };
    assert.match(
      problemsOf(both)["interconnects.path.via[0].equinixFabric"] ?? "",
      /^ports and virtualDevices: at most one of ports, virtualDevices, serviceTokenKeys/,
    );
    const few = {
      "interconnects.path.circuits": 2,
      [`${fabric}.virtualDevices`]: [{ id: "d" }],
      [`${fabric}.siteAsn`]: 65010,
    };
    assert.match(
      problemsOf(few)["interconnects.path.via[0].equinixFabric.virtualDevices"] ?? "",
      /^1: development has 2 circuits on each path, on one each/,
    );
    const reserved = { [`${fabric}.ports`]: [port], [`${fabric}.siteAsn`]: 23456 };
    assert.match(
      problemsOf(reserved)["interconnects.path.via[0].equinixFabric.siteAsn"] ?? "",
      /^23456 is reserved/,
    );
    const same = { [`${fabric}.ports`]: [port], [`${fabric}.siteAsn`]: 64512 };
    assert.match(
      problemsOf(same)["interconnects.path.via[0].equinixFabric.siteAsn"] ?? "",
      /^64512 is the ASN of the Direct Connect gateway too/,
    );
  });
});

describe("uplinks and routes of Cloud Routers", () => {
  const uplinks = {
    [`${fabric}.uplinks`]: [{ port: "port", vlan: 7 }],
    [`${fabric}.siteAsn`]: 65010,
    "interconnects.path.linkCidrIpv6": "fd00:64::/64",
  };

  it("join the site's router over addresses of their own, in both families", async () => {
    const requested = await ordered(uplinks);
    const bgp = only(
      requested,
      "equinix:index/fabricRoutingProtocol:FabricRoutingProtocol",
      "path-uplink-bgp",
    ).inputs;
    assert.equal((bgp.bgpIpv4s as Tree[])[0]?.customerPeerIp, "169.254.64.34");
    assert.equal((bgp.bgpIpv6s as Tree[])[0]?.customerPeerIp, "fd00:64::1");
    assert.equal(bgp.customerAsn, 65010);
  });

  it("need a prefix with room for them, and a VLAN of their own", () => {
    const narrow = problemsOf({ ...uplinks, "interconnects.path.linkCidr": "169.254.64.0/28" });
    assert.match(
      narrow["interconnects.path.linkCidr"] ?? "",
      /holds 4 links, and 1 paths with uplinks need 9/,
    );
    const wrong = problemsOf({ ...uplinks, "interconnects.path.linkCidrIpv6": "fd00::1/64" });
    assert.match(
      wrong["interconnects.path.linkCidrIpv6"] ?? "",
      /^"fd00::1\/64" is not an IPv6 prefix such as/,
    );
    const idle = problemsOf({ "interconnects.path.linkCidrIpv6": "fd00:64::/64" });
    assert.match(idle["interconnects.path.linkCidrIpv6"] ?? "", /only uplinks take addresses from it/);
    const second = { path: { ...parse(base).interconnects.path, linkCidr: "169.254.80.0/24" } };
    const [via] = second.path.via;
    second.path.via = [
      { equinixFabric: { ...via.equinixFabric, uplinks: [{ port: "other", vlan: 8 }], siteAsn: 65010 } },
    ];
    const beside = (linkCidrIpv6: string) => ({
      ...uplinks,
      "interconnects.other": { ...second.path, linkCidrIpv6 },
    });
    assert.equal(
      problemsOf(beside("fd00:64:0:0:5::/80"))["interconnects.other.linkCidrIpv6"],
      '"fd00:64:0:0:5::/80" overlaps fd00:64::/64 of interconnects.path.linkCidrIpv6: prefixes must share no address',
    );
    const apart = changed(beside("fd00:65::/64"));
    assert.ok("environment" in apart, JSON.stringify(apart));
    const taken = problemsOf({
      ...uplinks,
      siteNetworks: {
        lan: {
          project: "project",
          region: "APAC",
          sites: {
            "ty-cage": { port: "port", vlan: 7, bandwidthMbps: 100 },
            "os-cage": { port: "port-2", vlan: 7, bandwidthMbps: 100 },
          },
        },
      },
    });
    assert.match(
      taken["siteNetworks.lan.sites.ty-cage.vlan"] ?? "",
      /^7 is the VLAN of interconnects\.path\.via\[0\]\.equinixFabric\.uplinks\[0\]\.vlan on the same port/,
    );
  });

  it("let through what the environment says, on both providers", async () => {
    const routes = { inbound: ["10.16.0.0/15"], outbound: ["10.1.0.0/16"] };
    const aggregates = ["10.1.0.0/16"];
    const requested = await ordered({
      "interconnects.path.routes": routes,
      [`${fabric}.aggregates`]: aggregates,
    });
    assert.deepEqual(kinds(requested, "fabricConnectionRouteFilter"), ["path-routes-in", "path-routes-out"]);
    assert.deepEqual(kinds(requested, "fabricConnectionRouteAggregation"), ["path-routes-sum"]);
    const over = await ordered({
      "interconnects.path.routes": routes,
      "interconnects.path.via": [{ megaport }],
    });
    assert.deepEqual(kinds(over, "mcrPrefixFilterList"), ["path-router-inbound", "path-router-outbound"]);
    assert.match(JSON.stringify(only(over, VXC).inputs), /"importWhitelist":"inbound"/);
  });

  it("stop nothing that the path is for", () => {
    const reasons = problemsOf({
      "interconnects.path.routes": { inbound: ["10.16.0.0/16"], outbound: ["10.1.0.0/33"] },
    });
    assert.match(
      reasons["interconnects.path.routes.inbound"] ?? "",
      /^\["10\.16\.0\.0\/16"\] stops 10\.17\.0\.0\/16/,
    );
    assert.match(
      reasons["interconnects.path.routes.outbound[0]"] ?? "",
      /^"10\.1\.0\.0\/33" is not an IPv4 prefix of \/28/,
    );
  });
});

const megaport = {
  locationId: 1,
  bandwidthMbps: 500,
  partner: { locationId: 2, location: "ATTC1", ports: { red: "partner-port" } },
};

describe("begins of a path over Megaport", () => {
  const port = { mbps: 10000, links: 2, vlan: 5, serviceKeys: { lab: { maxMbps: 100, vlan: 6 } } };
  const via = (entry: object) => ({ "interconnects.path.via": [{ megaport: { ...megaport, ...entry } }] });

  it("are ports, bundled, with room for others", async () => {
    const requested = await ordered(via({ port, siteAsn: 65010 }));
    assert.equal(only(requested, "megaport:index/lagPort:LagPort").inputs.lagCount, 2);
    assert.equal(only(requested, "megaport:index/serviceKey:ServiceKey").inputs.maxSpeed, 100);
    const { inputs } = only(requested, VXC);
    assert.equal((inputs.aEnd as Tree).orderedVlan, 5);
    assert.equal(inputs.aEndPartnerConfig, undefined);
    assert.deepEqual(kinds(requested, "megaport:index/mcr:Mcr"), []);
  });

  it("speak IPv6 from a port, and from no router", async () => {
    const requested = await ordered({ ...via({ port, siteAsn: 65010 }), "interconnects.path.ipv6": true });
    assert.equal(only(requested, "aws:directconnect/bgpPeer:BgpPeer").inputs.addressFamily, "ipv6");
    assert.match(
      problemsOf({ ...via({}), "interconnects.path.ipv6": true })["interconnects.path.ipv6"] ?? "",
      /^true: via\[0\] cannot, because Amazon allocates the addresses after Megaport's order/,
    );
  });

  it("speak another ASN than the gateway", () => {
    assert.match(
      problemsOf(via({ asn: 64512 }))["interconnects.path.via[0].megaport.asn"] ?? "",
      /^64512 is the ASN of the Direct Connect gateway too: give one of them another/,
    );
  });

  it("are asked for with what they take", () => {
    const at = "interconnects.path.via[0].megaport";
    const wrong = problemsOf(
      via({
        port: {
          mbps: 5000,
          vlan: 5,
          serviceKeys: { lab: { maxMbps: 9000, vlan: 5 }, other: { maxMbps: 1 } },
        },
        routerMbps: 1000,
      }),
    );
    assert.match(wrong[`${at}.port.mbps`] ?? "", /^5000: must be one of 1000, 10000/);
    assert.match(wrong[`${at}.siteAsn`] ?? "", /^nothing: port needs the ASN/);
    assert.match(wrong[`${at}.routerMbps`] ?? "", /^1000: a word of Cloud Routers/);
    assert.ok(wrong[`${at}.port.serviceKeys.lab.maxMbps`] && wrong[`${at}.port.serviceKeys.other.vlan`]);
  });

  it("end in a hosted virtual interface of any bandwidth", async () => {
    const requested = await ordered(via({ connectType: "AWS", bandwidthMbps: 750 }));
    assert.equal(only(requested, VXC).inputs.rateLimit, 750);
    assert.deepEqual(kinds(requested, "ConnectionConfirmation"), []);
    assert.deepEqual(kinds(requested, "HostedTransitVirtualInterfaceAcceptor"), ["path"]);
    assert.match(
      problemsOf(via({ bandwidthMbps: 750 }))["interconnects.path.via[0].megaport.bandwidthMbps"] ?? "",
      /^750: must be one of 50, 100/,
    );
  });
});

describe("what stands behind the gateway", () => {
  it("are gateways of the networks themselves, over private interfaces and without a transit gateway", async () => {
    const requested = await ordered({ "interconnects.path.virtualInterface": "private" });
    assert.deepEqual(kinds(requested, "aws:ec2/vpnGateway:"), ["tokyo-2-gateway", "tokyo-gateway"]);
    assert.deepEqual(kinds(requested, ":GatewayAssociation"), ["path-hub-tokyo-2-vpc", "path-hub-tokyo-vpc"]);
    assert.deepEqual(kinds(requested, "PrivateVirtualInterface"), ["path"]);
    assert.deepEqual(kinds(requested, "transitGateway:TransitGateway"), []);
  });

  it("is a core network with its edges", async () => {
    const coreNetwork = { id: "core-network-1", edgeLocations: ["ap-northeast-1"] };
    const requested = await ordered({ "interconnects.path.coreNetwork": coreNetwork });
    const { inputs } = only(requested, "aws:networkmanager/dxGatewayAttachment:DxGatewayAttachment");
    assert.deepEqual(inputs.edgeLocations, ["ap-northeast-1"]);
    const reasons = problemsOf({
      "interconnects.path.coreNetwork": { ...coreNetwork, edgeLocations: ["us-east-1"] },
      "interconnects.path.virtualInterface": "private",
    });
    assert.match(
      reasons["interconnects.path.to[0]"] ?? "",
      /^"tokyo" is in ap-northeast-1, which is none of edgeLocations \(us-east-1\)/,
    );
    assert.match(
      reasons["interconnects.path.coreNetwork.edgeLocations[0]"] ?? "",
      /^"us-east-1" is not the region of a place/,
    );
    assert.match(
      reasons["interconnects.path.virtualInterface"] ?? "",
      /^"private": a core network is reached over "transit"/,
    );
  });

  it("takes no more prefixes from the site than its tightest session may", async () => {
    const cidrs = Array.from({ length: 101 }, (_, i) => `10.1.${i}.0/24`);
    const dedicated = {
      location: "EQTY2",
      bandwidthMbps: 10000,
      siteAsn: 65010,
      allocatedPrefixes: 200,
    };
    const many = { "places.ty-cage.cidrs": cidrs };
    assert.equal(
      problemsOf(many)["places.ty-cage.cidrs"],
      "101 prefixes, and a session with more goes down; AWS takes 100 at most",
    );
    const overDedicated = { "interconnects.path.via": [{ directConnect: dedicated }] };
    assert.ok("environment" in changed({ ...many, ...overDedicated }));
    const own = await ordered(overDedicated);
    const attached = only(own, "aws:directconnect/transitVirtualInterface:TransitVirtualInterface");
    assert.equal(attached.inputs.prefixPoolAllocatedCountIpv4, 200);
    const offered = await ordered({ ...overDedicated, "interconnects.path.connectionAccount": "network" });
    const taken = only(
      offered,
      "aws:directconnect/hostedTransitVirtualInterfaceAcceptor:HostedTransitVirtualInterfaceAcceptor",
    );
    assert.equal(taken.inputs.prefixPoolAllocatedCountIpv4, 200);
  });

  it("is offered to from the account that takes the circuits", async () => {
    const requested = await ordered({ "interconnects.path.connectionAccount": "network" });
    const { inputs } = only(requested, CONNECTION);
    // The account is the circuit's authentication key, so the engine keeps the whole z-side secret.
    assert.match(JSON.stringify(inputs.zSide), /"authenticationKey":"444455556666"/);
    assert.ok(SECRET in (inputs.zSide as object));
    const offered = only(
      requested,
      "aws:directconnect/hostedTransitVirtualInterface:HostedTransitVirtualInterface",
    );
    assert.equal(offered.inputs.ownerAccountId, "111122223333");
    assert.deepEqual(kinds(requested, "HostedTransitVirtualInterfaceAcceptor"), ["path-taken"]);
    assert.deepEqual(kinds(requested, "pulumi:providers:aws"), ["main", "network"]);
    const reasons = problemsOf({
      "interconnects.path.connectionAccount": "network",
      "interconnects.path.siteLink": { approvedBy: "CHG-1" },
    });
    assert.match(
      reasons["interconnects.path.siteLink"] ?? "",
      /^"main" owns the gateway and decides on SiteLink/,
    );
    assert.match(
      problemsOf({ "interconnects.path.connectionAccount": "net" })["interconnects.path.connectionAccount"] ??
        "",
      /^"net" is not an account \(main, network\)/,
    );
  });
});

describe("networks between sites", () => {
  const sites = {
    "ty-cage": { port: "port-ty", vlan: 7, bandwidthMbps: 100 },
    "os-cage": { port: "port-os", vlan: 7, bandwidthMbps: 100 },
  };
  const lan = { project: "project", region: "APAC", sites, carries: ["claims"] };

  it("switch Ethernet inside the zone of what they carry", async () => {
    const requested = await ordered({ siteNetworks: { lan } });
    assert.equal(only(requested, "equinix:index/fabricNetwork:FabricNetwork").inputs.scope, "REGIONAL");
    const members = requested.filter(({ type, name }) => type === CONNECTION && name.startsWith("lan-"));
    assert.deepEqual(
      members.map(({ name, inputs }) => [name, inputs.type, inputs.geoScope]),
      [
        ["lan-os-cage", "EVPLAN_VC", "JAPAN"],
        ["lan-ty-cage", "EVPLAN_VC", "JAPAN"],
      ],
    );
  });

  it("route between Cloud Routers of their own", async () => {
    const members = {
      "ty-cage": { bandwidthMbps: 100 },
      "os-cage": { bandwidthMbps: 100, routerPackage: "LAB" },
    };
    const requested = await ordered({ siteNetworks: { wan: { ...lan, type: "IPWAN", sites: members } } });
    assert.deepEqual(
      kinds(requested, ROUTER).filter((name) => name.startsWith("wan")),
      ["wan-os-cage-router", "wan-ty-cage-router"],
    );
  });

  it("tell what does not fit together", () => {
    const cases: [object, string, RegExp][] = [
      [
        { ...lan, region: undefined },
        "region",
        /^nothing: REGIONAL \(sites in OS, TY\) needs one of AMER, EMEA, APAC/,
      ],
      [
        { ...lan, scope: "LOCAL", region: undefined },
        "scope",
        /^"LOCAL" is one metro, and the sites are in OS, TY/,
      ],
      [
        { ...lan, geoScope: "UK" },
        "geoScope",
        /^"UK" does not contain all sites \(JP\); zones that do: JAPAN/,
      ],
      [{ ...lan, carries: ["claim"] }, "carries[0]", /^"claim" is not a dataset \(claims\)/],
      [{ ...lan, type: "EPLAN" }, "sites.ty-cage.vlan", /^7: EPLAN has none/],
      [{ ...lan, type: "IPWAN" }, "sites.ty-cage.port", /^"port-ty": IPWAN has none/],
      [{ ...lan, sites: { "ty-cage": sites["ty-cage"] } }, "sites", /^1: a network joins two sites at least/],
      [{ ...lan, sites: { ...sites, tokyo: sites["ty-cage"] } }, "sites.tokyo", /^"tokyo" is not a site/],
    ];
    for (const [network, path, pattern] of cases) {
      const reasons = problemsOf({ siteNetworks: { lan: JSON.parse(JSON.stringify(network)) } });
      assert.match(reasons[`siteNetworks.lan.${path}`] ?? JSON.stringify(reasons), pattern);
    }
  });

  it("need evidence where no zone holds what they carry", () => {
    const far = {
      "places.os-cage": { site: { metro: "SG", country: "SG" } },
      siteNetworks: { lan: { ...lan } },
    };
    assert.match(
      problemsOf(far)["siteNetworks.lan.geoScope"] ?? "",
      /claims may not pass everywhere, .* are none: give transitEvidence/,
    );
    const evidence = { countries: ["JP"], basis: "contract", document: "d", expires: "2027-12-31" };
    const parsed = changed({ ...far, siteNetworks: { lan: { ...lan, transitEvidence: evidence } } });
    assert.ok("environment" in parsed, JSON.stringify(parsed));
  });
});

describe("clocks", () => {
  const addresses = {
    primary: "192.0.2.2",
    secondary: "192.0.2.3",
    netmask: "255.255.255.248",
    gateway: "192.0.2.1",
  };

  it("are ordered on the connection that the site has to them", async () => {
    const requested = await ordered({
      clocks: { time: { at: "ty-cage", connection: "c", protocol: "PTP", addresses } },
    });
    const { inputs } = only(requested, "equinix:index/fabricPrecisionTimeService:FabricPrecisionTimeService");
    assert.deepEqual(inputs.connections, [{ uuid: "c" }]);
  });

  it("stand at a site, with addresses that are some", () => {
    const clocks = { time: { at: "tokyo", connection: "c", protocol: "PTP", addresses } };
    assert.match(
      problemsOf({ clocks })["clocks.time.at"] ?? "",
      /^"tokyo" is not a site \(ty-cage, os-cage\)/,
    );
  });
});
