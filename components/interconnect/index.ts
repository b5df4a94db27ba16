/** The private path from a site to AWS: Equinix Fabric, Megaport and Direct Connect. */
export { type AsnGateway, asnOfName, assignAsns, sharedAsns } from "./asns";
export { bfdTimers } from "./bfd-timers";
export {
  DedicatedConnection,
  type DedicatedConnectionArgs,
  type DedicatedConnectionLink,
  type DedicatedConnectionMacsec,
} from "./dedicated-connection";
export {
  DirectConnectHub,
  type DirectConnectHubArgs,
  type DirectConnectHubCoreNetwork,
  type DirectConnectHubLearner,
  type DirectConnectHubRegion,
  type DirectConnectHubVirtualPrivateGateway,
} from "./direct-connect-hub";
export type {
  FabricCircuitASide,
  FabricCircuitPort,
  FabricCircuitRouter,
  FabricCircuitServiceToken,
  FabricCircuitVirtualDevice,
} from "./fabric-a-side";
export { FabricCircuit, type FabricCircuitArgs, type FabricCircuitLink } from "./fabric-circuit";
export { FabricClock, type FabricClockAddresses, type FabricClockArgs } from "./fabric-clock";
export { FabricNetwork, type FabricNetworkArgs, type FabricNetworkSite } from "./fabric-network";
export { FabricPort, type FabricPortArgs, type FabricPortDemarcation } from "./fabric-port";
export {
  FabricRoutePolicy,
  type FabricRoutePolicyArgs,
  type FabricRoutePolicyPrefix,
} from "./fabric-route-policy";
export { FabricRouter, type FabricRouterArgs } from "./fabric-router";
export { FabricServiceToken, type FabricServiceTokenArgs } from "./fabric-service-token";
export { FabricUplink, type FabricUplinkArgs, type FabricUplinkLink } from "./fabric-uplink";
export {
  circuitName,
  Interconnect,
  type InterconnectArgs,
  type InterconnectCircuit,
  type InterconnectHandOff,
} from "./interconnect";
export { type LinkAddresses, linkAddresses, linkAddressesIpv6, linksIn } from "./link-addresses";
export { MegaportCircuit, type MegaportCircuitArgs, type MegaportCircuitLink } from "./megaport-circuit";
export { MegaportPort, type MegaportPortArgs } from "./megaport-port";
export { MegaportRouter, type MegaportRouterArgs, type MegaportRouterPrefixFilter } from "./megaport-router";
export { MegaportServiceKey, type MegaportServiceKeyArgs } from "./megaport-service-key";
export { type HandOff, planCircuits, validateResiliency } from "./resiliency";
export { VirtualInterfaceAccepter, type VirtualInterfaceAccepterArgs } from "./virtual-interface-accepter";
export { assignVlans, validateVlans } from "./vlans";
