import * as components from "../../../components";

/** Arguments that each component of the private path takes, for tests to change. */
export const claims = {
  dataset: "claims",
  classification: "restricted",
  kinds: [],
  residency: ["japan-only"],
};
export const tags = {
  "hybrid-ai:dataset": "claims",
  "hybrid-ai:classification": "restricted",
  "hybrid-ai:residency": "japan-only",
};
const link = components.linkAddresses("169.254.64.0/24", 0);
const mail = ["network@example.com"];

export const fabricCircuit: components.FabricCircuitArgs = {
  interconnect: "ty-tokyo",
  aSide: { router: { id: "router" } },
  customerAsn: 65001,
  metro: "TY",
  sellerRegion: "ap-northeast-1",
  accountId: "111122223333",
  profileId: "profile",
  bandwidthMbps: 1000,
  geoScope: "JAPAN",
  notificationEmails: mail,
  directConnectGatewayId: "gateway",
  amazonSideAsn: 64512,
  link,
  bgpKey: "key",
  labels: claims,
};

export const megaportCircuit: components.MegaportCircuitArgs = {
  interconnect: "ty-tokyo",
  beginUid: "mcr",
  beginLocationId: 1,
  router: true,
  customerAsn: 133937,
  partnerPortUid: "partner-port",
  partnerLocationId: 2,
  diversityZone: "red",
  location: "ATTC1",
  bandwidthMbps: 1000,
  accountId: "111122223333",
  sellerRegion: "ap-northeast-1",
  directConnectGatewayId: "gateway",
  amazonSideAsn: 64512,
  link,
  bgpKey: "key",
  labels: claims,
};

export const dedicated: components.DedicatedConnectionArgs = {
  region: "ap-northeast-1",
  location: "EQTY2",
  bandwidthMbps: 10000,
  vlan: 101,
  directConnectGatewayId: "gateway",
  customerAsn: 65010,
  link,
  bgpKey: "key",
  labels: claims,
};

export const router: components.FabricRouterArgs = {
  metro: "TY",
  projectId: "project",
  packageCode: "STANDARD",
  notificationEmails: mail,
};

export const uplink: components.FabricUplinkArgs = {
  routerId: "router",
  metro: "TY",
  portId: "port",
  vlan: 7,
  bandwidthMbps: 2000,
  notificationEmails: mail,
  siteAsn: 65010,
  link: { router: "10.255.0.1/30", site: "10.255.0.2/30" },
  linkIpv6: { router: "fd00::/127", site: "fd00::1/127" },
};

export const lan: components.FabricNetworkArgs = {
  type: "EVPLAN",
  scope: "REGIONAL",
  fabricRegion: "APAC",
  projectId: "project",
  notificationEmails: mail,
  sites: [
    { name: "ty", metro: "TY", bandwidthMbps: 1000, portId: "port-ty", vlan: 7, geoScope: "JAPAN" },
    { name: "os", metro: "OS", bandwidthMbps: 1000, portId: "port-os", vlan: 8, geoScope: "JAPAN" },
  ],
  labels: claims,
};

export const serviceToken: components.FabricServiceTokenArgs = {
  projectId: "project",
  portId: "port",
  vlan: 9,
  maxMbps: 500,
  expires: "2027-01-31T00:00:00Z",
  notificationEmails: mail,
};

export const fabricPort: components.FabricPortArgs = {
  metro: "TY",
  ibx: "TY4",
  projectId: "project",
  accountNumber: 1,
  speedMbps: 10000,
  physicalType: "10GBASE_LR",
  demarcation: { cage: "TY4:01:000001", cabinet: "0101", patchPanel: "PP:0101:000001", connector: "LC" },
  registeredUsers: ["network"],
};

export const megaportRouter: components.MegaportRouterArgs = {
  locationId: 1,
  speedMbps: 2500,
  diversityZone: "red",
  prefixFilters: [{ name: "site", prefixes: ["10.1.0.0/16"] }],
  labels: claims,
};

export const megaportPort: components.MegaportPortArgs = {
  locationId: 1,
  speedMbps: 10000,
  diversityZone: "blue",
  labels: claims,
};

export const network: components.RegionNetworkArgs = {
  region: "ap-northeast-1",
  zoneIds: ["apne1-az1", "apne1-az4"],
  cidr: "10.16.0.0/16",
  siteCidrs: ["10.1.0.0/16"],
  labels: claims,
};

export const transit: components.RegionTransitArgs = {
  region: "ap-northeast-1",
  asn: 64620,
  networks: ["training", "serving"].map((purpose) => ({
    name: purpose,
    purpose,
    vpcId: `vpc-${purpose}`,
    subnetIds: ["subnet"],
    routeTableId: "routes",
    destinations: ["10.1.0.0/16"],
  })),
  labels: claims,
};

const end = (region: string, destination: string): components.RegionPeeringEnd => ({
  region,
  transitGatewayId: `tgw-${region}`,
  arrivalRouteTableId: `arrivals-${region}`,
  routes: [{ table: "training", routeTableId: `training-${region}`, destination }],
});
export const peering: components.RegionPeeringArgs = {
  from: end("ap-northeast-1", "10.32.0.0/16"),
  to: end("ap-northeast-3", "10.16.0.0/16"),
  labels: claims,
};

export const path: components.InterconnectArgs = {
  metro: "TY",
  regions: ["ap-northeast-1"],
  resiliency: "maximum",
  handOffs: [
    { provider: "equinixFabric", location: "EQTY2" },
    { provider: "megaport", location: "ATTC1" },
  ],
  labels: claims,
};

/** One of each, as a program would ask for them. */
export function createEach(): void {
  new components.Interconnect("path", path);
  new components.DirectConnectHub("hub", { amazonSideAsn: 64512, regions: [] });
  new components.FabricRouter("router", router);
  new components.FabricCircuit("circuit", fabricCircuit);
  new components.FabricUplink("uplink", uplink);
  new components.FabricNetwork("lan", lan);
  new components.FabricRoutePolicy("policy", {
    circuitId: "circuit",
    projectId: "project",
    inbound: [{ prefix: "10.16.0.0/16" }],
  });
  new components.FabricClock("clock", {
    circuitId: "circuit",
    protocol: "PTP",
    addresses: {
      primary: "192.0.2.2",
      secondary: "192.0.2.3",
      netmask: "255.255.255.248",
      gateway: "192.0.2.1",
    },
  });
  new components.FabricServiceToken("token", serviceToken);
  new components.FabricPort("fabric-port", fabricPort);
  new components.MegaportPort("port", megaportPort);
  new components.MegaportRouter("mcr", megaportRouter);
  new components.MegaportCircuit("vxc", megaportCircuit);
  new components.MegaportServiceKey("leave", { productUid: "port", maxMbps: 500, vlan: 9 });
  new components.DedicatedConnection("dedicated", dedicated);
  new components.VirtualInterfaceAccepter("accepter", {
    region: "ap-northeast-1",
    virtualInterface: "transit",
    virtualInterfaceId: "dxvif",
    directConnectGatewayId: "gateway",
  });
  new components.RegionNetwork("network", network);
  new components.RegionTransit("transit", transit);
  new components.RegionPeering("peering", peering);
  new components.VirtualPrivateGateway("vgw", {
    region: "ap-northeast-1",
    vpcId: "vpc",
    routeTableId: "routes",
    asn: 64700,
  });
}
