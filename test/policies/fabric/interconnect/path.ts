import { claims, type ResourceSpec, ref, type Spec, unborn } from "../../../support/plan";

/** A healthy path, piece by piece, in plain resources; fixtures change one thing of it. */

export const tokyo = "ap-northeast-1";
type Properties = { [property: string]: Spec };

/** The AWS side of a region: a Direct Connect gateway, a transit gateway and their association. */
export function hub(region = tokyo, suffix = ""): ResourceSpec[] {
  return [
    {
      type: "aws:directconnect/gateway:Gateway",
      name: `gateway${suffix}`,
      properties: { name: "gateway", amazonSideAsn: "64512" },
    },
    {
      type: "aws:ec2transitgateway/transitGateway:TransitGateway",
      name: `transit${suffix}`,
      properties: { region, amazonSideAsn: 64620 },
    },
    {
      type: "aws:directconnect/gatewayAssociation:GatewayAssociation",
      name: `association${suffix}`,
      properties: {
        region,
        dxGatewayId: ref(`gateway${suffix}`),
        associatedGatewayId: ref(`transit${suffix}`),
        allowedPrefixes: ["10.16.0.0/16"],
      },
    },
  ];
}

export function cloudRouter(name = "router", metro = "TY"): ResourceSpec {
  return {
    type: "equinix:index/fabricCloudRouter:FabricCloudRouter",
    name,
    properties: {
      name,
      type: "XF_ROUTER",
      location: { metroCode: metro },
      package: { code: "STANDARD" },
    },
    outputs: { uuid: unborn, equinixAsn: unborn },
  };
}

export interface CircuitOptions {
  name?: string;
  router?: string;
  metro?: string;
  link?: number;
  region?: string;
}

/** A circuit over an Equinix Fabric Cloud Router up to its BGP session. */
export function fabricCircuit(options: CircuitOptions = {}): ResourceSpec[] {
  const { name = "circuit", router = "router", metro = "TY", link = 0, region = tokyo } = options;
  const accessPoint = {
    type: "SP",
    profile: { type: "L2_PROFILE", uuid: "00000000-0000-4000-8000-000000000002" },
    authenticationKey: "111122223333",
    sellerRegion: region,
    location: { metroCode: metro },
  };
  return [
    {
      type: "equinix:index/fabricConnection:FabricConnection",
      name,
      properties: {
        name,
        type: "IP_VC",
        bandwidth: 1000,
        aSide: {
          accessPoint: {
            type: "CLOUD_ROUTER",
            router: { uuid: ref(router) },
            location: { metroCode: metro },
          },
        },
        zSide: { accessPoint },
      },
      outputs: { uuid: unborn, operations: unborn },
    },
    ...atAws(name, link, region),
    {
      type: "equinix:index/fabricRoutingProtocol:FabricRoutingProtocol",
      name: `${name}-direct`,
      properties: {
        name: `${name}-direct`,
        type: "DIRECT",
        connectionUuid: ref(name),
        directIpv4s: [{ equinixIfaceIp: addresses(link).customerAddress }],
      },
    },
    {
      type: "equinix:index/fabricRoutingProtocol:FabricRoutingProtocol",
      name: `${name}-bgp`,
      properties: {
        name: `${name}-bgp`,
        type: "BGP",
        connectionUuid: ref(name),
        customerAsn: 64512,
        bgpIpv4s: [{ customerPeerIp: host(addresses(link).amazonAddress), enabled: true, outboundMed: 100 }],
        bfds: [{ enabled: true, interval: "300" }],
        bgpAuthKey: "not-a-key",
      },
      dependsOn: [`${name}-direct`],
    },
  ];
}

export interface VxcOptions {
  name?: string;
  router?: string;
  locationId?: number;
  zone?: string;
  link?: number;
  region?: string;
}

/** A circuit over a Megaport Cloud Router, ordered as a hosted connection. */
export function megaportCircuit(options: VxcOptions = {}): ResourceSpec[] {
  const { name = "vxc", router = "mcr", locationId = 900, zone = "red", link = 8, region = tokyo } = options;
  const { customerAddress, amazonAddress } = addresses(link);
  return [
    {
      type: "pulumi:providers:megaport",
      name: `${name}-provider`,
      properties: { environment: "production" },
    },
    {
      type: "megaport:index/mcr:Mcr",
      name: router,
      properties: { productName: router, locationId, portSpeed: 10000, asn: 64700, diversityZone: zone },
      outputs: { productUid: unborn },
      provider: `${name}-provider`,
    },
    {
      type: "megaport:index/vxc:Vxc",
      name,
      properties: {
        productName: name,
        rateLimit: 1000,
        aEnd: { requestedProductUid: ref(router) },
        bEnd: { requestedProductUid: `port-${name}` },
        aEndPartnerConfig: {
          partner: "vrouter",
          vrouterConfig: {
            interfaces: [
              {
                ipAddresses: [customerAddress],
                ipMtu: 1500,
                bfd: { txInterval: 300, rxInterval: 300, multiplier: 3 },
                bgpConnections: [
                  {
                    peerAsn: 64512,
                    localAsn: 64700,
                    localIpAddress: host(customerAddress),
                    peerIpAddress: host(amazonAddress),
                    password: "not-a-key",
                    bfdEnabled: true,
                    medOut: 200,
                  },
                ],
              },
            ],
          },
        },
        bEndPartnerConfig: {
          partner: "aws",
          awsConfig: { connectType: "AWSHC", ownerAccount: "111122223333", name },
        },
      },
      outputs: { productUid: unborn, cspConnections: unborn },
      provider: `${name}-provider`,
    },
    ...atAws(name, link, region),
  ];
}

/** A port of one's own at AWS with one transit interface on it. */
export function dedicatedCircuit(name = "port", location = "EQTY2", link = 16): ResourceSpec[] {
  return [
    {
      type: "aws:directconnect/connection:Connection",
      name,
      properties: { name, bandwidth: "10Gbps", location, region: tokyo },
    },
    {
      ...interfaceOf(name, link, tokyo),
      properties: { ...interfaceOf(name, link, tokyo).properties, connectionId: ref(name), vlan: 101 },
    },
  ];
}

function atAws(name: string, link: number, region: string): ResourceSpec[] {
  return [
    {
      type: "aws:directconnect/connectionConfirmation:ConnectionConfirmation",
      name: `${name}-accepted`,
      properties: { region, connectionId: ref(name) },
    },
    interfaceOf(name, link, region),
  ];
}

function interfaceOf(name: string, link: number, region: string): ResourceSpec {
  return {
    type: "aws:directconnect/transitVirtualInterface:TransitVirtualInterface",
    name: `${name}-vif`,
    properties: {
      region,
      name,
      connectionId: ref(`${name}-accepted`),
      dxGatewayId: ref("gateway"),
      vlan: unborn,
      addressFamily: "ipv4",
      ...addresses(link),
      bgpAsn: 64700,
      bgpAuthKey: "not-a-key",
    },
  };
}

/** The n-th /30 of 169.254.64.0/24. */
export function addresses(link: number): { customerAddress: string; amazonAddress: string } {
  const at = (offset: number) => `169.254.64.${link * 4 + offset}/30`;
  return { customerAddress: at(1), amazonAddress: at(2) };
}

function host(address: string): string {
  return address.split("/", 1)[0] ?? address;
}

/** The same plan with some properties of one resource set anew; `undefined` removes one. */
export function change(
  specs: readonly ResourceSpec[],
  name: string,
  properties: { [property: string]: Spec | undefined },
): ResourceSpec[] {
  if (!specs.some((spec) => spec.name === name)) throw new Error(`the plan has no resource ${name}`);
  return specs.map((spec) => {
    if (spec.name !== name) return spec;
    const merged = Object.entries({ ...spec.properties, ...properties });
    return {
      ...spec,
      properties: Object.fromEntries(
        merged.filter((entry): entry is [string, Spec] => entry[1] !== undefined),
      ),
    };
  });
}

/** One resource of the plan as far as its provider has created it. */
export function created(specs: readonly ResourceSpec[], name: string, outputs: Properties): ResourceSpec[] {
  return specs.map((spec) => (spec.name === name ? { ...spec, outputs } : spec));
}

/** The labels of the fixtures' dataset on a resource with tags. */
export function labelled(specs: readonly ResourceSpec[], name: string): ResourceSpec[] {
  return change(specs, name, { tags: claims });
}

/** Components register labels for children whose types have no tags. */
export function inside(component: ResourceSpec, specs: readonly ResourceSpec[]): ResourceSpec[] {
  return [component, ...specs.map((spec) => ({ parent: component.name, ...spec }))];
}

export const simple = (): ResourceSpec[] => [...hub(), cloudRouter(), ...fabricCircuit()];
export const overMegaport = (): ResourceSpec[] => [...hub(), ...megaportCircuit()];
export const dedicated = (): ResourceSpec[] => [...hub(), ...dedicatedCircuit()];
