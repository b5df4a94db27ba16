/** Pulumi components for the network of a hybrid AI platform. */
export {
  DirectConnectHub,
  type DirectConnectHubArgs,
  type DirectConnectHubRegion,
} from "./interconnect/direct-connect-hub";
export { FabricCircuit, type FabricCircuitArgs, type FabricCircuitLink } from "./interconnect/fabric-circuit";
export { FabricRouter, type FabricRouterArgs } from "./interconnect/fabric-router";
export { type LinkAddresses, linkAddresses } from "./interconnect/link-addresses";
export { type DatasetLabels, joinedLabels, labelTags } from "./labels";
export { RegionNetwork, type RegionNetworkArgs } from "./network/region-network";
export { TrainingStore, type TrainingStoreArgs } from "./training/training-store";
export { BulkTransfer, type BulkTransferArgs, type BulkTransferNfs } from "./transfer/bulk-transfer";
