import assert from "node:assert/strict";
import * as components from "../../../components";
import { only, type Requested, requestedBy } from "../../support/mocks";
import * as given from "./arguments";

const CONNECTION = "equinix:index/fabricConnection:FabricConnection";
const PROTOCOL = "equinix:index/fabricRoutingProtocol:FabricRoutingProtocol";
const TRANSIT = "aws:directconnect/transitVirtualInterface:TransitVirtualInterface";

type Inputs = { [property: string]: unknown };

/** How Pulumi's mocks show a value that only creation will tell. */
function isUnknown(value: unknown): boolean {
  return value === undefined || value === "04da6b54-80e4-46f7-96ec-b56ff0331ba9" || typeof value === "object";
}

/** Runs a program that must be refused, and returns every reason. */
async function refusal(program: () => void): Promise<string> {
  let message = "";
  await requestedBy(() => {
    try {
      program();
    } catch (error) {
      message = String((error as Error).message);
    }
  });
  return message;
}

function typesOf(requested: readonly Requested[]): string[] {
  return requested.map(({ type }) => type).filter((type) => !type.startsWith("hybrid-ai-fabric:"));
}

/** Secrets stand in a wrapper of their own. */
function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && "4dabf18193072939515e22adb298388d" in value;
}

/** What a secret holds. */
function revealed(value: unknown): unknown {
  return isSecret(value) ? (value as Inputs).value : value;
}

describe("FabricCircuit", () => {
  const circuit = given.fabricCircuit;
  const order = (change: Partial<components.FabricCircuitArgs> = {}) =>
    requestedBy(() => void new components.FabricCircuit("ty-tokyo", { ...circuit, ...change }));

  it("orders a circuit whose ends are known at preview", async () => {
    const { inputs } = only(await order(), CONNECTION);
    assert.equal(inputs.geoScope, "JAPAN");
    assert.equal(inputs.type, "IP_VC");
    // The mocks show what holds a secret as a secret.
    assert.ok(isSecret(inputs.zSide));
    assert.deepEqual((revealed(inputs.zSide) as { accessPoint: unknown }).accessPoint, {
      type: "SP",
      profile: { type: "L2_PROFILE", uuid: "profile" },
      authenticationKey: "111122223333",
      sellerRegion: "ap-northeast-1",
      location: { metroCode: "TY" },
    });
  });

  it("takes the connection id and the VLAN from the circuit, which only exists later", async () => {
    const requested = await order();
    const confirmation = only(requested, "aws:directconnect/connectionConfirmation:ConnectionConfirmation");
    assert.ok(isUnknown(confirmation.inputs.connectionId));
    assert.equal(confirmation.inputs.region, "ap-northeast-1");
    const { inputs } = only(requested, TRANSIT);
    assert.ok(isUnknown(inputs.vlan));
    assert.equal(inputs.customerAddress, "169.254.64.1/30");
    assert.equal(inputs.amazonAddress, "169.254.64.2/30");
    assert.equal(inputs.mtu, 1500);
    assert.equal(inputs.sitelinkEnabled, undefined);
    assert.deepEqual(inputs.tags, given.tags);
    assert.ok(isSecret(inputs.bgpAuthKey));
  });

  it("speaks BGP to Amazon's end of the link, as its rank says, with BFD and a secret key", async () => {
    const requested = await order({ rank: 2 });
    assert.deepEqual(only(requested, PROTOCOL, "ty-tokyo-direct").inputs.directIpv4s, [
      { equinixIfaceIp: "169.254.64.1/30" },
    ]);
    const bgp = only(requested, PROTOCOL, "ty-tokyo-bgp").inputs;
    assert.deepEqual(bgp.bgpIpv4s, [
      {
        customerPeerIp: "169.254.64.2",
        enabled: true,
        inboundMed: 200,
        outboundMed: 200,
        outboundAsPrependCount: "3",
      },
    ]);
    assert.equal(bgp.customerAsn, 64512);
    assert.deepEqual(bgp.bfds, [{ enabled: true, interval: "300" }]);
    assert.ok(isSecret(bgp.bgpAuthKey));
  });

  it("gives Equinix names that it takes", async () => {
    const requested = await requestedBy(
      () => void new components.FabricCircuit("a-very-long-name-of-a-circuit", circuit),
    );
    const names = requested
      .filter(({ type }) => type.startsWith("equinix:"))
      .map(({ inputs }) => String(inputs.name));
    assert.equal(new Set(names).size, 3);
    for (const name of names) assert.ok(name.length >= 1 && name.length <= 24, name);
  });

  it("begins at a port, a device or a token too, where the site's own router speaks BGP", async () => {
    const cases: [components.FabricCircuitASide, (aSide: Inputs) => void][] = [
      [
        { port: { id: "port", vlan: 7 } },
        ({ accessPoint }) => {
          const { type, linkProtocol } = accessPoint as Inputs;
          assert.deepEqual([type, linkProtocol], ["COLO", { type: "DOT1Q", vlanTag: 7 }]);
        },
      ],
      [
        { port: { id: "port", vlan: 7, innerVlan: 8 } },
        ({ accessPoint }) =>
          assert.deepEqual((accessPoint as Inputs).linkProtocol, { type: "QINQ", vlanSTag: 7, vlanCTag: 8 }),
      ],
      [
        { virtualDevice: { id: "device", interfaceId: 3 } },
        ({ accessPoint }) => {
          const { type, interface: end } = accessPoint as Inputs;
          assert.deepEqual([type, end], ["VD", { type: "NETWORK", id: 3 }]);
        },
      ],
      [
        { serviceToken: { id: "token" } },
        (aSide) => assert.match(JSON.stringify(revealed(aSide)), /"uuid":"token"/),
      ],
    ];
    for (const [aSide, check] of cases) {
      const requested = await order({ aSide });
      const { inputs } = only(requested, CONNECTION);
      assert.equal(inputs.type, "EVPL_VC");
      assert.equal(isSecret(inputs.aSide), aSide.serviceToken !== undefined);
      check(inputs.aSide as Inputs);
      assert.deepEqual(
        requested.filter(({ type }) => type === PROTOCOL),
        [],
      );
    }
  });

  it("sets jumbo frames from a port, and says which hop is the smallest", async () => {
    let mtu = 0;
    const requested = await requestedBy(() => {
      const aSide = { port: { id: "port", vlan: 7 } };
      mtu = new components.FabricCircuit("c", { ...circuit, aSide }).pathMtu;
    });
    assert.equal(only(requested, TRANSIT).inputs.mtu, 8500);
    assert.equal(mtu, 8500);
  });

  it("offers its interface to the account that owns the gateway", async () => {
    const requested = await order({ ownerAccountId: "444455556666", virtualInterface: "private" });
    const offered = only(
      requested,
      "aws:directconnect/hostedPrivateVirtualInterface:HostedPrivateVirtualInterface",
    );
    assert.equal(offered.inputs.ownerAccountId, "444455556666");
    assert.equal(offered.inputs.dxGatewayId, undefined);
  });

  it("speaks IPv6 over the addresses that Amazon gives", async () => {
    const requested = await order({ ipv6: true });
    assert.equal(only(requested, "aws:directconnect/bgpPeer:BgpPeer").inputs.addressFamily, "ipv6");
    const direct = only(requested, PROTOCOL, "ty-tokyo-direct").inputs.directIpv6s as Inputs[];
    assert.ok(isUnknown(direct[0]?.equinixIfaceIp));
  });

  it("turns SiteLink on only when asked", async () => {
    assert.equal(only(await order({ siteLink: true }), TRANSIT).inputs.sitelinkEnabled, true);
  });

  it("refuses everything that is wrong at once", async () => {
    const message = await refusal(() => {
      new components.FabricCircuit("x", {
        ...circuit,
        aSide: { router: { id: "r" }, port: { id: "p", vlan: 1 } },
        bandwidthMbps: 1234,
        accountId: "12",
        bfdIntervalMs: 100,
      });
    });
    assert.match(message, /aSide: router and port: exactly one of/);
    assert.match(message, /bandwidthMbps: 1234: AWS sells hosted connections of 50, 100/);
    assert.match(message, /accountId: "12"/);
    assert.match(message, /bfdIntervalMs: 100: Amazon takes 300 ms/);
  });
});

describe("Megaport", () => {
  const vxc = "megaport:index/vxc:Vxc";
  const order = (change: Partial<components.MegaportCircuitArgs> = {}) =>
    requestedBy(() => void new components.MegaportCircuit("c", { ...given.megaportCircuit, ...change }));

  it("orders a hosted connection from a router, with BGP inside the order", async () => {
    const requested = await order({ rank: 1, routerMtu: 9000 });
    const { inputs } = only(requested, vxc);
    assert.deepEqual(inputs.aEnd, { requestedProductUid: "mcr", locationId: 1 });
    assert.deepEqual(inputs.bEnd, { requestedProductUid: "partner-port", locationId: 2 });
    assert.deepEqual(inputs.bEndPartnerConfig, {
      partner: "aws",
      awsConfig: { name: "c", ownerAccount: "111122223333", connectType: "AWSHC" },
    });
    assert.deepEqual(inputs.resourceTags, given.tags);
    assert.equal(only(requested, TRANSIT).inputs.mtu, 8500);
    assert.ok(isSecret(inputs.aEndPartnerConfig));
    const text = JSON.stringify(revealed(inputs.aEndPartnerConfig));
    assert.match(text, /"asPathPrependCount":1,.*"medIn":100,"medOut":100/);
    assert.match(text, /"ipMtu":9000/);
    assert.match(text, /"bfd":\{"multiplier":3,"rxInterval":300,"txInterval":300\}/);
  });

  it("orders a hosted interface, which is accepted and not attached", async () => {
    const requested = await order({ hostedVirtualInterface: true, bandwidthMbps: 750 });
    const config = revealed(only(requested, vxc).inputs.bEndPartnerConfig) as { awsConfig: Inputs };
    assert.deepEqual(
      [config.awsConfig.connectType, config.awsConfig.type, config.awsConfig.amazonAsn],
      ["AWS", "transit", 64512],
    );
    const accepted =
      "aws:directconnect/hostedTransitVirtualInterfaceAcceptor:HostedTransitVirtualInterfaceAcceptor";
    assert.ok(isUnknown(only(requested, accepted).inputs.virtualInterfaceId));
    assert.equal(typesOf(requested).includes(TRANSIT), false);
  });

  it("never uses the id of a Megaport product, only its uid", async () => {
    const requested = await requestedBy(() => {
      const router = new components.MegaportRouter("r", given.megaportRouter);
      new components.MegaportCircuit("c", { ...given.megaportCircuit, beginUid: router.productUid });
    });
    const list = only(requested, "megaport:index/mcrPrefixFilterList:McrPrefixFilterList").inputs;
    assert.ok(isUnknown(list.mcrId));
    assert.deepEqual(list.entries, [{ action: "permit", prefix: "10.1.0.0/16", ge: 16, le: 28 }]);
  });

  it("bundles ports in a group", async () => {
    const requested = await requestedBy(
      () => void new components.MegaportPort("p", { ...given.megaportPort, links: 2 }),
    );
    assert.equal(only(requested, "megaport:index/lagPort:LagPort").inputs.lagCount, 2);
  });

  it("refuses what is not sold", async () => {
    assert.match(
      await refusal(() => {
        new components.MegaportCircuit("c", { ...given.megaportCircuit, bandwidthMbps: 750 });
      }),
      /bandwidthMbps: 750: 50, 100/,
    );
    assert.match(
      await refusal(() => {
        new components.MegaportRouter("c", {
          ...given.megaportRouter,
          speedMbps: 3000,
          asn: 64600,
          diversityZone: "green",
        });
      }),
      /diversityZone: "green".*\nspeedMbps: 3000.*\nasn: 64600 is one that Equinix Fabric does not peer with/,
    );
    assert.match(
      await refusal(() => {
        new components.MegaportServiceKey("c", { productUid: "p", maxMbps: 100 });
      }),
      /vlan: a key for a single use/,
    );
  });

  it("keeps a service key secret", async () => {
    const requested = await order({ serviceKey: "key" });
    assert.ok(isSecret(only(requested, vxc).inputs.serviceKey));
  });
});

describe("DedicatedConnection", () => {
  const order = (change: Partial<components.DedicatedConnectionArgs> = {}) =>
    requestedBy(() => void new components.DedicatedConnection("d", { ...given.dedicated, ...change }));

  it("encrypts each link of a group with keys that are secret", async () => {
    const requested = await order({ links: 2, macsec: { ckn: "ckn", cak: "cak" } });
    const links = requested.filter(({ type }) => type === "aws:directconnect/connection:Connection");
    assert.deepEqual(
      links.map(({ name, inputs }) => [name, inputs.encryptionMode, inputs.bandwidth]),
      [
        ["d", "must_encrypt", "10Gbps"],
        ["d-2", "must_encrypt", "10Gbps"],
      ],
    );
    const keys = requested.filter(({ type }) => type.includes("macsecKeyAssociation"));
    assert.equal(keys.length, 2);
    for (const { inputs } of keys) assert.ok(isSecret(inputs.ckn) && isSecret(inputs.cak));
    assert.equal(only(requested, TRANSIT).inputs.mtu, 8500);
    only(requested, "aws:directconnect/linkAggregationGroup:LinkAggregationGroup");
  });

  it("refuses a port that the location does not have, and MACsec below 10 Gbps", async () => {
    assert.match(
      await refusal(() => {
        new components.DedicatedConnection("d", { ...given.dedicated, bandwidthMbps: 400_000 });
      }),
      /bandwidthMbps: 400000: EQTY2 has ports of 1000, 10000, 100000 Mbps/,
    );
    assert.match(
      await refusal(() => {
        const macsec = { ckn: "a", cak: "b" };
        new components.DedicatedConnection("d", {
          ...given.dedicated,
          bandwidthMbps: 1000,
          macsec,
          links: 5,
        });
      }),
      /macsec: 1000 Mbps: ports of 10000, 100000, 400000 Mbps encrypt\nlinks: 5: 1 to 4/,
    );
  });
});

describe("DirectConnectHub", () => {
  const region = {
    region: "ap-northeast-1",
    transitGatewayId: "t",
    transitGatewayAsn: 64620,
    allowedPrefixes: ["10.16.0.0/16"],
  };

  it("routes on the attachment that its association makes", async () => {
    const requested = await requestedBy(() => {
      new components.DirectConnectHub("hub", {
        amazonSideAsn: 64512,
        regions: [
          {
            ...region,
            arrivalRouteTableId: "arrivals",
            learningRouteTables: [{ name: "training", routeTableId: "training" }],
          },
        ],
      });
    });
    const { inputs } = only(requested, "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation");
    assert.equal(inputs.transitGatewayRouteTableId, "training");
    assert.ok(isUnknown(inputs.transitGatewayAttachmentId));
  });

  it("attaches to a core network with the places that it can be reached from", async () => {
    const requested = await requestedBy(() => {
      const coreNetwork = { id: "core", edgeLocations: ["ap-northeast-1"] };
      new components.DirectConnectHub("hub", { amazonSideAsn: 64512, regions: [], coreNetwork });
    });
    const { inputs } = only(requested, "aws:networkmanager/dxGatewayAttachment:DxGatewayAttachment");
    assert.deepEqual(inputs.edgeLocations, ["ap-northeast-1"]);
  });

  it("refuses one ASN for two gateways, two kinds of gateway and more than the quotas", async () => {
    const message = await refusal(() => {
      new components.DirectConnectHub("hub", {
        amazonSideAsn: 64512,
        regions: [{ ...region, transitGatewayAsn: 64512 }],
        virtualPrivateGateways: [{ region: "ap-northeast-1", gatewayId: "v", allowedPrefixes: [] }],
        sitePrefixes: Array.from({ length: 101 }, (_, n) => `10.1.${n}.0/24`),
      });
    });
    assert.match(message, /regions\[0\]\.transitGatewayAsn: 64512 is the ASN of the Direct Connect gateway/);
    assert.match(message, /regions, virtualPrivateGateways: one gateway serves/);
    assert.match(message, /sitePrefixes: 101 prefixes/);
  });
});

describe("FabricNetwork and FabricUplink", () => {
  it("join ports of several metros inside a geo zone", async () => {
    const requested = await requestedBy(() => void new components.FabricNetwork("lan", given.lan));
    const network = only(requested, "equinix:index/fabricNetwork:FabricNetwork").inputs;
    assert.deepEqual([network.scope, network.location], ["REGIONAL", { region: "APAC" }]);
    const circuits = requested.filter(({ type }) => type === CONNECTION);
    assert.deepEqual(
      circuits.map(({ name, inputs }) => [name, inputs.type, inputs.geoScope]),
      [
        ["lan-os", "EVPLAN_VC", "JAPAN"],
        ["lan-ty", "EVPLAN_VC", "JAPAN"],
      ],
    );
  });

  it("refuse a network of one metro with two, and a site of the wrong kind", async () => {
    const message = await refusal(() => {
      new components.FabricNetwork("lan", { ...given.lan, type: "IPWAN", scope: "LOCAL" });
    });
    assert.match(message, /scope: LOCAL is one metro, and the sites are in TY, OS/);
    assert.match(message, /sites\[0\]: a site of IPWAN has a routerId/);
  });

  it("speak both address families on an uplink", async () => {
    const requested = await requestedBy(() => void new components.FabricUplink("up", given.uplink));
    const bgp = only(requested, PROTOCOL, "up-bgp").inputs;
    assert.equal((bgp.bgpIpv6s as Inputs[])[0]?.customerPeerIp, "fd00::1");
    assert.deepEqual(only(requested, PROTOCOL, "up-direct").inputs.directIpv6s, [
      { equinixIfaceIp: "fd00::/127" },
    ]);
  });
});

describe("FabricServiceToken", () => {
  it("leaves one circuit on a port for others, and keeps the token secret", async () => {
    let token: unknown;
    const requested = await requestedBy(() => {
      token = new components.FabricServiceToken("token", given.serviceToken).token;
    });
    const { inputs } = only(requested, "equinix:index/fabricServiceToken:FabricServiceToken");
    const [connection] = inputs.serviceTokenConnections as Inputs[];
    assert.equal(connection?.bandwidthLimit, 500);
    assert.deepEqual(connection?.aSides, [
      {
        accessPointSelectors: [
          { type: "COLO", port: { uuid: "port" }, linkProtocol: { type: "DOT1Q", vlanTag: 9 } },
        ],
      },
    ]);
    assert.equal(await (token as { isSecret: Promise<boolean> }).isSecret, true);
  });

  it("refuses what a token cannot grant", async () => {
    const { portId: _, ...rest } = given.serviceToken;
    const message = await refusal(() => {
      new components.FabricServiceToken("token", {
        ...rest,
        virtualDeviceId: "device",
        maxMbps: 20000,
        expires: "tomorrow",
      });
    });
    assert.match(message, /maxMbps: 20000: a whole number of Mbps, 1 to 10000/);
    assert.match(message, /vlan: 9: it goes with portId/);
    assert.match(message, /expires: "tomorrow": a moment in UTC/);
  });
});

describe("FabricPort", () => {
  it("orders a port with its cross connect, protected", async () => {
    const requested = await requestedBy(
      () => void new components.FabricPort("p", { ...given.fabricPort, links: 2 }),
    );
    const { inputs } = only(requested, "equinix:index/fabricPort:FabricPort");
    assert.deepEqual([inputs.lagEnabled, inputs.physicalPortsCount], [true, 2]);
    assert.equal((inputs.physicalPorts as Inputs[]).length, 2);
    assert.deepEqual(inputs.encapsulation, { type: "DOT1Q", tagProtocolId: "0x8100" });
  });

  it("refuses a building of another metro and optics of another speed", async () => {
    const message = await refusal(() => {
      new components.FabricPort("p", { ...given.fabricPort, ibx: "OS1", speedMbps: 1000 });
    });
    assert.match(message, /ibx: "OS1": a building of TY/);
    assert.match(message, /physicalType: "10GBASE_LR": optics of 1000 Mbps begin with 1000BASE_/);
  });
});

describe("FabricRoutePolicy", () => {
  it("filters in a direction and announces sums", async () => {
    const requested = await requestedBy(() => {
      new components.FabricRoutePolicy("p", {
        circuitId: "c",
        projectId: "project",
        inbound: [{ prefix: "10.16.0.0/12", orLonger: true }],
        aggregates: ["10.1.0.0/16"],
      });
    });
    const rule = only(requested, "equinix:index/fabricRouteFilterRule:FabricRouteFilterRule").inputs;
    assert.deepEqual([rule.prefix, rule.prefixMatch], ["10.16.0.0/12", "orlonger"]);
    assert.equal(
      only(requested, "equinix:index/fabricConnectionRouteFilter:FabricConnectionRouteFilter").inputs
        .direction,
      "INBOUND",
    );
    only(requested, "equinix:index/fabricRouteAggregationRule:FabricRouteAggregationRule");
  });

  it("refuses a list that lets nothing pass", async () => {
    assert.match(
      await refusal(() => {
        new components.FabricRoutePolicy("p", { circuitId: "c", projectId: "p", outbound: [] });
      }),
      /outbound: an empty list lets nothing pass/,
    );
  });
});

describe("Interconnect", () => {
  it("plans its circuits, says its SLA class and why", async () => {
    let circuits: components.InterconnectCircuit[] = [];
    let sla = "";
    await requestedBy(() => {
      const path = new components.Interconnect("ty-tokyo", given.path);
      circuits = path.circuits;
      sla = path.sla;
    });
    assert.deepEqual(
      circuits.map((circuit) => components.circuitName("ty-tokyo", circuit)),
      ["ty-tokyo", "ty-tokyo-2", "ty-tokyo-megaport", "ty-tokyo-megaport-2"],
    );
    assert.equal(sla, "maximum: 99.99 %");
    const one = { ...given.path, handOffs: given.path.handOffs.slice(0, 1) };
    assert.match(
      await refusal(() => {
        new components.Interconnect("x", one);
      }),
      /resiliency: "maximum" needs 2 Direct Connect locations/,
    );
  });
});

describe("networks of regions", () => {
  const create = (change: Partial<components.RegionNetworkArgs> = {}) =>
    requestedBy(() => void new components.RegionNetwork("tokyo", { ...given.network, ...change }));

  it("have private subnets only, one in each zone, and no way out", async () => {
    const requested = await create();
    const subnets = requested.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
    assert.deepEqual(
      subnets.map(({ inputs }) => [inputs.availabilityZoneId, inputs.cidrBlock, inputs.mapPublicIpOnLaunch]),
      [
        ["apne1-az1", "10.16.0.0/18", false],
        ["apne1-az4", "10.16.64.0/18", false],
      ],
    );
    assert.deepEqual(
      requested.filter(({ type }) => /nternetGateway|natGateway/.test(type)),
      [],
    );
  });

  it("say the region at each resource that has one", async () => {
    const requested = await create();
    const without = requested.filter(
      ({ type, inputs }) =>
        type.startsWith("aws:") && !type.startsWith("aws:iam/") && inputs.region !== "ap-northeast-1",
    );
    assert.deepEqual(typesOf(without), []);
  });

  it("get the endpoints that others ask for, and flow records unless they are turned off", async () => {
    const requested = await create({ interfaceEndpoints: ["datasync", "ecr.api"] });
    const endpoints = requested.filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint");
    assert.deepEqual(
      endpoints.map(({ name, inputs }) => [name, inputs.vpcEndpointType]),
      [
        ["tokyo-datasync", "Interface"],
        ["tokyo-ecr-api", "Interface"],
        ["tokyo-s3", "Gateway"],
      ],
    );
    assert.equal(only(requested, "aws:ec2/flowLog:FlowLog").inputs.trafficType, "ALL");
    const quiet = await create({ flowLogDays: 0, interfaceEndpoints: [] });
    assert.equal(
      typesOf(quiet).some((type) => /flowLog|logGroup|securityGroup/.test(type)),
      false,
    );
  });

  it("open to the Internet and to IPv6 only when asked", async () => {
    const requested = await create({ nat: true, ipv6: true });
    const outside = only(requested, "aws:ec2/subnet:Subnet", "tokyo-public").inputs;
    assert.equal(outside.cidrBlock, "10.16.255.240/28");
    only(requested, "aws:ec2/natGateway:NatGateway");
    const inside = only(requested, "aws:ec2/subnet:Subnet", "tokyo-apne1-az1").inputs;
    assert.equal(inside.assignIpv6AddressOnCreation, true);
    assert.match(
      await refusal(() => {
        new components.RegionNetwork("x", { ...given.network, flowLogDays: 91 });
      }),
      /flowLogDays: 91: CloudWatch keeps/,
    );
  });

  it("do not mix purposes: each has a route table that knows its own networks only", async () => {
    const requested = await requestedBy(() => void new components.RegionTransit("main", given.transit));
    const gateway = only(requested, "aws:ec2transitgateway/transitGateway:TransitGateway").inputs;
    assert.deepEqual(
      [gateway.defaultRouteTableAssociation, gateway.defaultRouteTablePropagation],
      ["disable", "disable"],
    );
    const learnt = requested
      .filter(({ type }) => type.includes("routeTablePropagation"))
      .map(({ name }) => name);
    assert.deepEqual(learnt, [
      "serving-arrivals",
      "serving-serving",
      "training-arrivals",
      "training-training",
    ]);
  });

  it("peer with static routes in both directions", async () => {
    const requested = await requestedBy(() => void new components.RegionPeering("p", given.peering));
    const attachment = only(requested, "aws:ec2transitgateway/peeringAttachment:PeeringAttachment").inputs;
    assert.deepEqual([attachment.region, attachment.peerRegion], ["ap-northeast-1", "ap-northeast-3"]);
    const routes = requested.filter(({ type }) => type === "aws:ec2transitgateway/route:Route");
    assert.deepEqual(
      routes.map(({ inputs }) => [inputs.region, inputs.destinationCidrBlock]),
      [
        ["ap-northeast-1", "10.32.0.0/16"],
        ["ap-northeast-3", "10.16.0.0/16"],
      ],
    );
    const { from } = given.peering;
    assert.match(
      await refusal(() => {
        new components.RegionPeering("p", { from, to: from });
      }),
      /to\.region: "ap-northeast-1" is the region of the other end/,
    );
  });
});
