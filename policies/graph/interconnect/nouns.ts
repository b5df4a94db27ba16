/** What a resource of a private path is, whichever package wraps it. */
export type Noun =
  | "fabricConnection"
  | "fabricRouter"
  | "routingProtocol"
  | "fabricNetwork"
  | "fabricPort"
  | "fabricServiceToken"
  | "edgeDevice"
  | "precisionTime"
  | "vxc"
  | "mcr"
  | "megaportPort"
  | "lagPort"
  | "mve"
  | "prefixList"
  | "connection"
  | "hostedConnection"
  | "confirmation"
  | "lag"
  | "lagMember"
  | "macsecKey"
  | "gateway"
  | "association"
  | "associationProposal"
  | "privateInterface"
  | "transitInterface"
  | "publicInterface"
  | "hostedPrivateInterface"
  | "hostedTransitInterface"
  | "privateAcceptor"
  | "transitAcceptor"
  | "bgpPeer"
  | "transitGateway"
  | "vpnGateway"
  | "peering"
  | "cloudWanAttachment"
  | "coreNetwork"
  | "coreNetworkPolicy"
  | "coreNetworkPeering";

/**
 * Tokens without their package: `pulumi package add --provider-name` gives an SDK any prefix. Tokens are those of the
 * dynamic bridge (equinix/equinix 5.1.0, megaport/megaport 1.13.1), of equinix/pulumi-equinix and of @pulumi/aws 7.48.
 */
const anyPackage: { [token: string]: Noun | undefined } = {
  "index/fabricConnection:FabricConnection": "fabricConnection",
  "index/fabricCloudRouter:FabricCloudRouter": "fabricRouter",
  "index/fabricRoutingProtocol:FabricRoutingProtocol": "routingProtocol",
  "index/fabricNetwork:FabricNetwork": "fabricNetwork",
  "index/fabricPort:FabricPort": "fabricPort",
  "index/fabricServiceToken:FabricServiceToken": "fabricServiceToken",
  "index/fabricPrecisionTimeService:FabricPrecisionTimeService": "precisionTime",
  "index/networkDevice:NetworkDevice": "edgeDevice",
  "fabric/connection:Connection": "fabricConnection",
  "fabric/cloudRouter:CloudRouter": "fabricRouter",
  "fabric/routingProtocol:RoutingProtocol": "routingProtocol",
  "fabric/network:Network": "fabricNetwork",
  "fabric/port:Port": "fabricPort",
  "fabric/serviceToken:ServiceToken": "fabricServiceToken",
  "fabric/precisionTimeService:PrecisionTimeService": "precisionTime",
  "networkedge/device:Device": "edgeDevice",
  "index/vxc:Vxc": "vxc",
  "index/mcr:Mcr": "mcr",
  "index/lagPort:LagPort": "lagPort",
  "index/mve:Mve": "mve",
  "index/mcrPrefixFilterList:McrPrefixFilterList": "prefixList",
  "directconnect/connection:Connection": "connection",
  "directconnect/hostedConnection:HostedConnection": "hostedConnection",
  "directconnect/connectionConfirmation:ConnectionConfirmation": "confirmation",
  "directconnect/linkAggregationGroup:LinkAggregationGroup": "lag",
  "directconnect/connectionAssociation:ConnectionAssociation": "lagMember",
  "directconnect/macsecKeyAssociation:MacsecKeyAssociation": "macsecKey",
  "directconnect/gateway:Gateway": "gateway",
  "directconnect/gatewayAssociation:GatewayAssociation": "association",
  "directconnect/gatewayAssociationProposal:GatewayAssociationProposal": "associationProposal",
  "directconnect/privateVirtualInterface:PrivateVirtualInterface": "privateInterface",
  "directconnect/transitVirtualInterface:TransitVirtualInterface": "transitInterface",
  "directconnect/publicVirtualInterface:PublicVirtualInterface": "publicInterface",
  "directconnect/hostedPrivateVirtualInterface:HostedPrivateVirtualInterface": "hostedPrivateInterface",
  "directconnect/hostedTransitVirtualInterface:HostedTransitVirtualInterface": "hostedTransitInterface",
  "directconnect/hostedPrivateVirtualInterfaceAccepter:HostedPrivateVirtualInterfaceAccepter":
    "privateAcceptor",
  "directconnect/hostedTransitVirtualInterfaceAcceptor:HostedTransitVirtualInterfaceAcceptor":
    "transitAcceptor",
  "directconnect/bgpPeer:BgpPeer": "bgpPeer",
  "ec2transitgateway/transitGateway:TransitGateway": "transitGateway",
  "ec2transitgateway/peeringAttachment:PeeringAttachment": "peering",
  "ec2/vpnGateway:VpnGateway": "vpnGateway",
  "networkmanager/dxGatewayAttachment:DxGatewayAttachment": "cloudWanAttachment",
  "networkmanager/coreNetwork:CoreNetwork": "coreNetwork",
  "networkmanager/coreNetworkPolicyAttachment:CoreNetworkPolicyAttachment": "coreNetworkPolicy",
  "networkmanager/transitGatewayPeering:TransitGatewayPeering": "coreNetworkPeering",
};

/** Names too plain to be taken from a package that is not Megaport's. */
const ofMegaport: { [token: string]: Noun | undefined } = { "index/port:Port": "megaportPort" };

export function nounOf(type: string): Noun | undefined {
  const colon = type.indexOf(":");
  const token = type.slice(colon + 1);
  if (Object.hasOwn(anyPackage, token)) return anyPackage[token];
  return type.slice(0, colon).includes("megaport") ? ofMegaport[token] : undefined;
}

/** Virtual interfaces that this account orders on a connection, its own or for another account. */
export const virtualInterfaces = [
  "privateInterface",
  "transitInterface",
  "publicInterface",
  "hostedPrivateInterface",
  "hostedTransitInterface",
] as const satisfies readonly Noun[];
