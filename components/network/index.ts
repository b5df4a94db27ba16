/** The AWS side: private networks of regions, the transit gateways that join them, and peering between regions. */
export { RegionNetwork, type RegionNetworkArgs } from "./region-network";
export {
  RegionPeering,
  type RegionPeeringArgs,
  type RegionPeeringEnd,
  type RegionPeeringRoute,
} from "./region-peering";
export { RegionTransit, type RegionTransitArgs, type RegionTransitNetwork } from "./region-transit";
export { VirtualPrivateGateway, type VirtualPrivateGatewayArgs } from "./virtual-private-gateway";
