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
export {
  BareMetalPool,
  type BareMetalPoolArgs,
  type BareMetalPoolEquinixMetal,
  type BareMetalPoolExisting,
  type BareMetalPoolHost,
  type BareMetalPoolImage,
  type BareMetalPoolMetal3,
  type BareMetalPoolRootDevice,
} from "./site/bare-metal-pool";
export type {
  FabricAttachments,
  FabricHosts,
  FabricOperators,
  FabricRails,
  FabricStorage,
  FabricTenant,
} from "./site/fabric-args";
export {
  HybridJoin,
  type HybridJoinArgs,
  type HybridJoinEks,
  type HybridJoinOnSite,
  type HybridJoinRolesAnywhere,
  type HybridJoinSsm,
} from "./site/hybrid-join";
export {
  InfiniBandFabric,
  type InfiniBandFabricArgs,
  type InfiniBandFabricOpenSm,
  type InfiniBandFabricSubnetManager,
  type InfiniBandFabricUfm,
  infiniBandAttachments,
} from "./site/infiniband-fabric";
export { RoceFabric, type RoceFabricArgs, roceAttachments } from "./site/roce-fabric";
export { Scheduling, type SchedulingArgs, type SchedulingTenant } from "./site/scheduling";
export { TrainingStore, type TrainingStoreArgs } from "./training/training-store";
export { BulkTransfer, type BulkTransferArgs, type BulkTransferNfs } from "./transfer/bulk-transfer";
