import assert from "node:assert/strict";
import { interconnectRules } from "../../../../policies/fabric/rules/interconnect";
import { type ResourceSpec, ref, registry, type Spec, unborn } from "../../../support/plan";
import { violationsOf } from "../../../support/rule-suite";
import {
  change,
  cloudRouter,
  created,
  dedicated,
  dedicatedCircuit,
  fabricCircuit,
  hub,
  labelled,
  megaportCircuit,
  overMegaport,
  simple,
  tokyo,
} from "./path";

type Properties = { [property: string]: Spec };

const attachment = (...edgeLocations: Spec[]): ResourceSpec => ({
  type: "aws:networkmanager/dxGatewayAttachment:DxGatewayAttachment",
  name: "cloud-wan",
  properties: { coreNetworkId: "core-1", directConnectGatewayArn: ref("gateway"), edgeLocations },
});
const peering = (peerRegion: string): ResourceSpec => ({
  type: "aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
  name: "peering",
  properties: { region: tokyo, transitGatewayId: ref("transit"), peerTransitGatewayId: "tgw-1", peerRegion },
});
/** A transit gateway of another region, and what asks for the peering with the one behind the gateway. */
const transit = (name: string, region: string): ResourceSpec => ({
  type: "aws:ec2transitgateway/transitGateway:TransitGateway",
  name,
  properties: { region, amazonSideAsn: 64630 },
});
const peeringOf = (name: string, [from, region]: [string, string], [to, peerRegion]: [string, string]) => ({
  type: "aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
  name,
  properties: { region, transitGatewayId: ref(from), peerTransitGatewayId: ref(to), peerRegion },
});
const coreNetwork = (properties: Properties, edges?: string[]): ResourceSpec[] => [
  { type: "aws:networkmanager/coreNetwork:CoreNetwork", name: "core", properties },
  {
    type: "aws:networkmanager/transitGatewayPeering:TransitGatewayPeering",
    name: "into-core",
    properties: { coreNetworkId: ref("core"), transitGatewayArn: ref("transit") },
  },
  ...(edges === undefined
    ? []
    : [
        {
          type: "aws:networkmanager/coreNetworkPolicyAttachment:CoreNetworkPolicyAttachment",
          name: "core-policy",
          properties: {
            coreNetworkId: ref("core"),
            policyDocument: JSON.stringify({
              "core-network-configuration": { "edge-locations": edges.map((location) => ({ location })) },
            }),
          },
        },
      ]),
];
const privateGateway = (region: string): ResourceSpec[] =>
  change(labelled(simple(), "gateway"), "association", { associatedGatewayId: ref("vpn") }).flatMap((spec) =>
    spec.name === "transit"
      ? [
          {
            type: "aws:ec2/vpnGateway:VpnGateway",
            name: "vpn",
            properties: { region, amazonSideAsn: "64620" },
          },
        ]
      : [spec],
  );
const routerInterface = (changes: Properties): Properties => ({
  aEndPartnerConfig: {
    partner: "vrouter",
    vrouterConfig: {
      interfaces: [
        {
          ipAddresses: ["169.254.64.33/30"],
          bgpConnections: [
            { peerAsn: 64512, peerIpAddress: "169.254.64.34", password: "not-a-key", bfdEnabled: true },
          ],
          ...changes,
        },
      ],
    },
  },
});
const members = (count: number, connectionsBandwidth: string): ResourceSpec[] => [
  {
    type: "aws:directconnect/linkAggregationGroup:LinkAggregationGroup",
    name: "lag",
    properties: { name: "lag", connectionsBandwidth, location: "EQTY2", region: tokyo },
  },
  ...Array.from({ length: count }, (_, index): ResourceSpec[] => [
    {
      type: "aws:directconnect/connection:Connection",
      name: `link-${index}`,
      properties: {
        name: `link-${index}`,
        bandwidth: connectionsBandwidth,
        location: "EQTY2",
        region: tokyo,
      },
    },
    {
      type: "aws:directconnect/connectionAssociation:ConnectionAssociation",
      name: `member-${index}`,
      properties: { region: tokyo, lagId: ref("lag"), connectionId: ref(`link-${index}`) },
    },
  ]).flat(),
];
const acrossAccounts = (): ResourceSpec[] => [
  ...simple(),
  {
    type: "aws:directconnect/hostedTransitVirtualInterfaceAcceptor:HostedTransitVirtualInterfaceAcceptor",
    name: "accepted",
    properties: { region: tokyo, dxGatewayId: ref("gateway"), virtualInterfaceId: ref("vxc") },
  },
  ...change(megaportCircuit().slice(0, 3), "vxc", {
    bEndPartnerConfig: {
      partner: "aws",
      awsConfig: {
        connectType: "AWS",
        type: "transit",
        asn: 64700,
        amazonAsn: 64512,
        authKey: "not-a-key",
        customerIpAddress: "169.254.64.33/30",
        amazonIpAddress: "169.254.64.34/30",
      },
    },
  }),
];

/** What each rule says beyond its three fixtures: the plan, the rule, and what its message names. */
const broken: [string, ResourceSpec[], string, RegExp][] = [
  [
    "a router larger than Megaport sells",
    change(overMegaport(), "mcr", { portSpeed: 20000 }),
    "circuits-have-a-bandwidth-that-is-sold",
    /1000, 2500, 5000/,
  ],
  [
    "a port speed that the location has not",
    change(dedicated(), "port", { bandwidth: "400Gbps" }),
    "circuits-have-a-bandwidth-that-is-sold",
    /location that has 1000, 10000, 100000/,
  ],
  [
    "a VXC faster than its router",
    change(overMegaport(), "mcr", { portSpeed: 1000 }).map((spec) =>
      spec.name === "vxc" ? { ...spec, properties: { ...spec.properties, rateLimit: 2000 } } : spec,
    ),
    "circuits-fit-the-device-that-carries-them",
    /2000 Mbps.*1000 Mbps/,
  ],
  [
    "eleven connections on a LAB router",
    [
      ...hub(),
      ...change([cloudRouter()], "router", { package: { code: "LAB" } }),
      ...Array.from({ length: 11 }, (_, index) =>
        change(fabricCircuit({ name: `c${index}`, link: index }), `c${index}`, { bandwidth: 50 }),
      ).flat(),
    ],
    "circuits-fit-the-device-that-carries-them",
    /11 connections.*10/,
  ],
  [
    "9001 bytes on a transit interface",
    change(simple(), "circuit-vif", { mtu: 9001 }),
    "frames-fit-every-hop-of-the-path",
    /1500 or 8500/,
  ],
  [
    "a router with larger frames than the interface",
    change(overMegaport(), "vxc", routerInterface({ ipMtu: 9000 })),
    "frames-fit-every-hop-of-the-path",
    /1500 bytes.*9000/,
  ],
  [
    "frames that no VXC passes",
    change(overMegaport(), "vxc", routerInterface({ ipMtu: 9500 })),
    "frames-fit-every-hop-of-the-path",
    /9100/,
  ],
  [
    "a peer that Equinix keeps for itself",
    change(simple(), "circuit-bgp", { customerAsn: 64600 }),
    "autonomous-systems-are-usable",
    /does not peer/,
  ],
  [
    "a public number on a gateway",
    change(simple(), "gateway", { amazonSideAsn: "65000000" }),
    "autonomous-systems-are-usable",
    /not private/,
  ],
  [
    "the same number at both ends",
    change(simple(), "circuit-vif", { bgpAsn: 64512 }),
    "gateways-have-autonomous-systems-of-their-own",
    /Both ends/,
  ],
  [
    "two transit gateways that left the number to AWS",
    [
      ...change(simple(), "transit", { amazonSideAsn: undefined }),
      ...change(hub(tokyo, "-b"), "transit-b", { amazonSideAsn: undefined }),
    ],
    "gateways-have-autonomous-systems-of-their-own",
    /64512/,
  ],
  [
    "a session without a key at Megaport",
    change(
      overMegaport(),
      "vxc",
      routerInterface({ bgpConnections: [{ peerAsn: 64512, bfdEnabled: true }] }),
    ),
    "bgp-sessions-are-authenticated",
    /vxc has no key/,
  ],
  [
    "BFD left out at Megaport",
    change(
      overMegaport(),
      "vxc",
      routerInterface({ bgpConnections: [{ peerAsn: 64512, password: "not-a-key" }] }),
    ),
    "bgp-sessions-detect-failure-by-bfd",
    /90 s/,
  ],
  [
    "BFD that gives up after two",
    change(overMegaport(), "vxc", routerInterface({ bfd: { multiplier: 2 } })),
    "bgp-sessions-detect-failure-by-bfd",
    /2 times/,
  ],
  [
    "a peer address that is not Amazon's at Megaport",
    change(overMegaport(), "vxc-vif", { amazonAddress: "169.254.64.35/30" }),
    "both-ends-of-a-bgp-session-agree",
    /169\.254\.64\.35/,
  ],
  [
    "one address of two",
    change(simple(), "circuit-vif", { amazonAddress: undefined }),
    "bgp-links-have-addresses-of-their-own",
    /one address of two/,
  ],
  [
    "an IPv4 address on an IPv6 link",
    change(simple(), "circuit-vif", { addressFamily: "ipv6" }),
    "bgp-links-have-addresses-of-their-own",
    /no ipv6 address/,
  ],
  [
    "addresses that overlap across carriers",
    [...simple(), ...megaportCircuit({ link: 0 })],
    "bgp-links-have-addresses-of-their-own",
    /overlapping/,
  ],
  [
    "more prefixes than a hosted connection takes",
    change(simple(), "circuit-vif", { prefixPoolAllocatedCountIpv4: 500 }),
    "prefixes-stay-within-the-quota",
    /no pool/,
  ],
  [
    "more prefixes than AWS gives",
    change(dedicated(), "port-vif", { prefixPoolAllocatedCountIpv4: 1001 }),
    "prefixes-stay-within-the-quota",
    /1000 at most/,
  ],
  [
    "a filter list too long",
    [
      ...overMegaport(),
      {
        type: "megaport:index/mcrPrefixFilterList:McrPrefixFilterList",
        name: "list",
        properties: {
          mcrId: ref("mcr"),
          addressFamily: "IPv4",
          entries: Array.from({ length: 201 }, () => ({ action: "permit", prefix: "10.0.0.0/8" })),
        },
      },
    ],
    "prefixes-stay-within-the-quota",
    /201 entries/,
  ],
  [
    "more routes than the router holds",
    change(
      change(change(simple(), "router", { package: { code: "LAB" } }), "circuit", { bandwidth: 50 }),
      "association",
      { allowedPrefixes: Array.from({ length: 51 }, (_, index) => `10.${index}.0.0/16`) },
    ),
    "prefixes-stay-within-the-quota",
    /51 prefixes.*50 routes/,
  ],
  [
    "seven transit gateways",
    [
      ...simple(),
      ...Array.from({ length: 6 }, (_, index) =>
        change(
          change(hub(tokyo, `-${index}`), `transit-${index}`, { amazonSideAsn: 64700 + index }),
          `association-${index}`,
          { dxGatewayId: ref("gateway") },
        ).slice(1),
      ).flat(),
    ],
    "gateways-stay-within-their-quotas",
    /7 transit gateways/,
  ],
  [
    "one VLAN twice",
    [
      ...dedicated(),
      ...change(dedicatedCircuit("second", "EQTY2", 17), "second-vif", { connectionId: ref("port") }),
    ],
    "virtual-interfaces-fit-their-connection",
    /VLAN 101/,
  ],
  [
    "a VLAN that is none",
    change(dedicated(), "port-vif", { vlan: 4095 }),
    "virtual-interfaces-fit-their-connection",
    /4095/,
  ],
  [
    "a rate limit on a hosted connection",
    change(simple(), "circuit-vif", { rateLimit: "1Gbps" }),
    "virtual-interfaces-fit-their-connection",
    /hosted/,
  ],
  [
    "MACsec at 1 Gbps",
    change(dedicated(), "port", { bandwidth: "1Gbps", requestMacsec: true }),
    "macsec-is-asked-of-what-can",
    /1000 Mbps/,
  ],
  [
    "encryption that was not ordered",
    change(dedicated(), "port", { encryptionMode: "must_encrypt" }),
    "macsec-is-asked-of-what-can",
    /not ordered/,
  ],
  ["three members at 100 Gbps", members(3, "100Gbps"), "lag-members-are-alike", /3 members.*2/],
  [
    "nine ports at Megaport",
    [
      {
        type: "megaport:index/lagPort:LagPort",
        name: "lag",
        properties: { lagCount: 9, portSpeed: 10000, locationId: 1 },
      },
    ],
    "lag-members-are-alike",
    /1 to 8/,
  ],
  [
    "a zone that the provider refuses",
    change(simple(), "circuit", { geoScope: "EU" }),
    "geo-zones-hold-both-ends",
    /"EU"/,
  ],
  [
    "a metro that does not exist",
    change(simple(), "circuit", {
      zSide: { accessPoint: { sellerRegion: tokyo, location: { metroCode: "XX" } } },
    }),
    "direct-connect-stands-in-the-metro",
    /no Equinix metro/,
  ],
  [
    "a location that does not exist",
    change(dedicated(), "port", { location: "EQTY9" }),
    "direct-connect-stands-in-the-metro",
    /EQTY9/,
  ],
  [
    "an access key under another name",
    change(simple(), "circuit", { additionalInfos: [{ key: "note", value: `AKIA${"A".repeat(16)}` }] }),
    "partner-orders-hold-no-aws-keys",
    /access key id/,
  ],
  [
    "a Cloud WAN edge abroad",
    [...labelled(simple(), "gateway"), attachment(tokyo, "us-east-1")],
    "gateways-reach-only-declared-regions",
    /us-east-1/,
  ],
  [
    "a peering abroad behind the gateway",
    [...labelled(simple(), "gateway"), peering("us-east-1")],
    "gateways-reach-only-declared-regions",
    /us-east-1/,
  ],
  [
    "a virtual private gateway abroad, associated from home",
    privateGateway("us-east-1"),
    "gateways-reach-only-declared-regions",
    /us-east-1/,
  ],
  [
    "a region behind a transit gateway proposed to the gateway's account",
    [
      ...labelled(simple(), "gateway"),
      transit("other", "eu-central-1"),
      {
        type: "aws:directconnect/gatewayAssociationProposal:GatewayAssociationProposal",
        name: "proposal",
        properties: {
          region: "eu-central-1",
          dxGatewayId: ref("gateway"),
          dxGatewayOwnerAccountId: "111122223333",
          associatedGatewayId: ref("other"),
        },
      },
    ],
    "gateways-reach-only-declared-regions",
    /reaches eu-central-1/,
  ],
  [
    "a peering that the other side asked for",
    [
      ...labelled(simple(), "gateway"),
      transit("abroad", "us-east-1"),
      peeringOf("asked-there", ["abroad", "us-east-1"], ["transit", tokyo]),
    ],
    "gateways-reach-only-declared-regions",
    /reaches us-east-1/,
  ],
  [
    "two peerings in a row",
    [
      ...labelled(simple(), "gateway"),
      transit("osaka", "ap-northeast-3"),
      transit("abroad", "us-east-1"),
      peeringOf("one", ["transit", tokyo], ["osaka", "ap-northeast-3"]),
      peeringOf("two", ["abroad", "us-east-1"], ["osaka", "ap-northeast-3"]),
    ],
    "gateways-reach-only-declared-regions",
    /reaches us-east-1/,
  ],
  [
    "an edge abroad of the core network behind the transit gateway",
    [...labelled(simple(), "gateway"), ...coreNetwork({}, [tokyo, "us-east-1"])],
    "gateways-reach-only-declared-regions",
    /reaches us-east-1/,
  ],
  [
    "a base policy that reaches abroad",
    [...labelled(simple(), "gateway"), ...coreNetwork({ basePolicyRegions: [tokyo, "eu-central-1"] })],
    "gateways-reach-only-declared-regions",
    /reaches eu-central-1/,
  ],
  [
    "SiteLink over a connection whose component says what it carries",
    change(
      [
        {
          type: "hybrid-ai-fabric:index:FabricCircuit",
          name: "around",
          properties: { labels: { dataset: "claims", residency: "japan-only" } },
        },
        ...simple().map((spec) => (spec.name === "circuit" ? { ...spec, parent: "around" } : spec)),
      ],
      "circuit-vif",
      { sitelinkEnabled: true },
    ),
    "sitelink-carries-no-labelled-data",
    /carries claims/,
  ],
  [
    "an interface in another region than its circuit",
    change(simple(), "circuit-vif", { region: "ap-northeast-3" }),
    "connections-are-accepted-where-they-were-sold",
    /ap-northeast-3.*ap-northeast-1/,
  ],
  [
    "a router that never moved",
    created(change(simple(), "router", { location: { metroCode: "OS" } }), "router", {
      uuid: "00000000-0000-4000-8000-00000000000b",
      location: { metroCode: "TY" },
    }),
    "circuits-are-where-they-were-declared",
    /metroCode OS.*TY/,
  ],
  [
    "a VXC whose far end is in another building",
    created(
      change(overMegaport(), "vxc", { bEnd: { requestedProductUid: "port-vxc", locationId: 90002 } }),
      "vxc",
      { productUid: "uid", bEnd: { requestedProductUid: "port-vxc", locationId: 90009 } },
    ),
    "circuits-are-where-they-were-declared",
    /bEnd\.locationId 90002.*90009/,
  ],
  [
    "no address on the connection of a session",
    simple()
      .filter(({ name }) => name !== "circuit-direct")
      .map((spec) => ({ ...spec, dependsOn: [] })),
    "bgp-sessions-start-after-their-addresses",
    /gives no addresses/,
  ],
  [
    "no name",
    change(simple(), "router", { name: undefined }),
    "fabric-names-are-given-and-short",
    /makes one up/,
  ],
  [
    "the environment left to the default",
    change(overMegaport(), "vxc-provider", { environment: undefined }),
    "megaport-orders-are-real",
    /staging, the default/,
  ],
];

describe("fabric rules in detail", () => {
  for (const [what, specs, rule, message] of broken) {
    it(`refuse ${what}`, () => {
      const violations = violationsOf(interconnectRules, specs);
      const found = violations.filter((violation) => violation.rule === rule);
      assert.ok(
        found.length > 0,
        `found by ${violations.map((violation) => violation.rule).join(", ") || "nobody"}`,
      );
      assert.ok(
        found.some((violation) => message.test(violation.message)),
        found[0]?.message,
      );
      assert.ok(found.every(({ verdict }) => verdict === "broken"));
    });
  }

  it("only warn of SiteLink where no labelled data passes", () => {
    const [found] = violationsOf(
      interconnectRules,
      change(simple(), "circuit-vif", { sitelinkEnabled: true }),
    );
    assert.equal(found?.rule, "sitelink-carries-no-labelled-data");
    assert.equal(found.level, "advisory");
  });

  it("cannot show where a core network leads that is not in the plan", () => {
    const elsewhere = coreNetwork({}).map((spec) =>
      spec.name === "into-core"
        ? { ...spec, properties: { ...spec.properties, coreNetworkId: "core-network-1" } }
        : spec,
    );
    const found = violationsOf(interconnectRules, [...labelled(simple(), "gateway"), ...elsewhere]);
    assert.deepEqual(
      found.map(({ rule, verdict }) => [rule, verdict]),
      [["gateways-reach-only-declared-regions", "cannotBeShown"]],
    );
  });

  it("have nothing against gateways and peerings inside the residency, from whichever side they were asked for", () => {
    const osaka: [string, string] = ["osaka", "ap-northeast-3"];
    for (const peering of [
      peeringOf("peering", ["transit", tokyo], osaka),
      peeringOf("peering", osaka, ["transit", tokyo]),
    ]) {
      const specs = [...labelled(simple(), "gateway"), transit(...osaka), peering];
      assert.deepEqual(violationsOf(interconnectRules, specs), []);
    }
    assert.deepEqual(violationsOf(interconnectRules, privateGateway("ap-northeast-3")), []);
  });

  describe("of allowed prefixes, which say what is announced and close nothing", () => {
    const abroad: [string, string] = ["abroad", "us-east-1"];
    const told = (allowedPrefixes: Spec | undefined): string => {
      const specs: ResourceSpec[] = [
        ...change(labelled(simple(), "gateway"), "association", { allowedPrefixes }),
        transit(...abroad),
        peeringOf("peering", ["transit", tokyo], abroad),
        {
          type: "aws:ec2/vpc:Vpc",
          name: "virginia",
          properties: { region: abroad[1], cidrBlock: "10.32.0.0/16", ipv6CidrBlock: "2001:db8:32::/56" },
        },
        {
          type: "aws:ec2/vpc:Vpc",
          name: "tokyo",
          properties: { region: tokyo, cidrBlock: "10.16.0.0/16" },
        },
      ];
      const found = violationsOf(interconnectRules, specs).filter(
        ({ rule }) => rule === "gateways-reach-only-declared-regions",
      );
      assert.deepEqual(
        found.map(({ level, verdict }) => [level, verdict]),
        [["mandatory", "broken"]],
        JSON.stringify(allowedPrefixes),
      );
      return found[0]?.message ?? "";
    };

    it("names the networks abroad that they cover, whole, in part or among all, IPv6 as well", () => {
      for (const prefix of ["10.32.0.0/16", "10.32.4.0/24", "10.0.0.0/8", "0.0.0.0/0"])
        assert.match(
          told(["10.16.0.0/16", prefix]),
          /To the site, GatewayAssociation association announces 10\.32\.0\.0\/16 of Vpc virginia\./,
        );
      for (const prefix of ["2001:db8:32::/64", "::/0"])
        assert.match(told([prefix]), /announces 2001:db8:32::\/56 of Vpc virginia\./);
    });

    it("refuses disjoint ones all the same, and says why", () => {
      assert.match(
        told(["10.16.0.0/16"]),
        /No allowed prefix covers a network of this plan there, which closes nothing/,
      );
    });

    it("takes nothing for granted of unknown, absent and unreadable ones", () => {
      for (const hidden of [unborn, undefined, [], ["10.16.0.0/16", unborn], ["nonsense"]])
        assert.match(told(hidden), /Allowed prefixes of GatewayAssociation association are not known/);
    });
  });

  describe("of SiteLink under labelled data", () => {
    const approved = (expires: string) => ({
      ...registry,
      exemptions: [
        {
          id: "CHG-1",
          rule: "sitelink-carries-no-labelled-data",
          urn: "*::circuit-vif",
          owner: "network",
          reason: "both sites are ours, and the way stays in Japan by contract",
          expires,
        },
      ],
    });
    const asked = (by: string): ResourceSpec[] => [
      {
        type: "hybrid-ai-fabric:index:Interconnect",
        name: "path",
        properties: { resiliency: "development", siteLinkApprovedBy: by },
      },
      ...change(labelled(simple(), "circuit-vif"), "circuit-vif", { sitelinkEnabled: true }).map((spec) =>
        spec.name === "circuit-vif" ? { ...spec, parent: "path" } : spec,
      ),
    ];
    const found = (by: string, settings: unknown) =>
      violationsOf(interconnectRules, asked(by), settings).filter(({ rule }) => rule.startsWith("sitelink"));

    it("let pass what the settings approve, and say by which id", () => {
      const [only, ...more] = found("CHG-1", approved("2027-01-01"));
      assert.deepEqual([only?.level, only?.exemption, more], ["advisory", "CHG-1", []]);
      assert.match(only?.message ?? "", /names CHG-1 as what allows it/);
    });

    it("refuse what the program alone says is allowed, or was allowed once", () => {
      for (const settings of [registry, approved("2026-11-22")]) {
        const [only] = found("CHG-1", settings);
        assert.equal(only?.level, "mandatory");
        assert.match(only.message, /names "CHG-1".*no current exemption of that id/);
      }
      const [another] = found("CHG-2", approved("2027-01-01"));
      assert.match(another?.message ?? "", /names "CHG-2".*no current exemption of that id/);
    });
  });

  it("follow an interface that a carrier made, over its acceptance, to the carrier", () => {
    const settings = {
      ...registry,
      resiliency: { "*gateway": "high" },
      tables: { megaportBuildings: { "port-vxc": "ATTC1" } },
    };
    assert.deepEqual(violationsOf(interconnectRules, acrossAccounts(), settings), []);
    const shared = { ...settings, tables: { megaportBuildings: { "port-vxc": "EQTY2" } } };
    const rules = violationsOf(interconnectRules, acrossAccounts(), shared).map(({ rule }) => rule);
    assert.deepEqual(
      [...new Set(rules)],
      ["circuits-of-two-providers-are-in-two-buildings", "circuits-reach-the-resiliency-declared"],
    );
  });

  it("take the resiliency that a component registers, for the circuits of its interconnect", () => {
    const component = (resiliency: Spec): ResourceSpec => ({
      type: "hybrid-ai-fabric:index:Interconnect",
      name: "path",
      properties: { resiliency, interconnect: "ty" },
    });
    const around: ResourceSpec = {
      type: "hybrid-ai-fabric:index:FabricCircuit",
      name: "around",
      properties: { interconnect: "ty" },
    };
    const circuit = fabricCircuit().map((spec) => ({ ...spec, parent: "around" }));
    const rulesFor = (resiliency: Spec) =>
      violationsOf(interconnectRules, [...hub(), cloudRouter(), component(resiliency), around, ...circuit]);
    assert.deepEqual(rulesFor("development"), []);
    assert.match(
      rulesFor("maximum")[0]?.message ?? "",
      /path declares resiliency maximum, but one circuit carries everything/,
    );
    assert.equal(rulesFor(unborn)[0]?.verdict, "cannotBeShown");
  });

  it("never show a key", () => {
    const secret = "hunter2-hunter2";
    const specs = change(
      change(simple(), "circuit-bgp", { bgpAuthKey: secret, customerAsn: 65535 }),
      "circuit",
      {
        additionalInfos: [{ key: "secretKey", value: secret }],
      },
    );
    const text = JSON.stringify(violationsOf(interconnectRules, specs));
    assert.ok(text.length > 100 && !text.includes(secret));
  });
});
