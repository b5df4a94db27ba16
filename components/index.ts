/** Pulumi components for the network of a hybrid AI platform. */
export {
  AgentCluster,
  type AgentClusterArgs,
  type AgentClusterKafka,
  type AgentClusterTokens,
  validateCluster,
} from "./agents/agent-cluster";
export { AgentFabric, type AgentFabricArgs, type AgentFabricRegion } from "./agents/agent-fabric";
export { AgentIdentity, type AgentIdentityArgs, type AgentIdentityStatement } from "./agents/agent-identity";
export {
  AgentMemory,
  type AgentMemoryArgs,
  type AgentMemoryOfAgentCore,
  type AgentMemoryOfDynamoDb,
} from "./agents/agent-memory";
export {
  type AppMeshDescription,
  type AppMeshNode,
  type AppMeshService,
  type AppMeshTarget,
  fromAppMesh,
  type MeshIntent,
} from "./agents/app-mesh";
export { endpointsOfAgents } from "./agents/endpoint-services";
export { type MatrixCell, matrixOf, matrixTable } from "./agents/matrix";
export { type ChannelStatement, type NarrowedSession, narrowedSession } from "./agents/narrowed-session";
export {
  ServiceMesh,
  type ServiceMeshAppMesh,
  type ServiceMeshArgs,
  type ServiceMeshIstio,
  type ServiceMeshLattice,
  type ServiceMeshRemote,
} from "./agents/service-mesh";
export type * from "./agents/topology";
export type {
  AgentIdentityTrust,
  AgentTrustAgentCore,
  AgentTrustEcs,
  AgentTrustOidc,
  AgentTrustPodIdentity,
  AgentTrustRolesAnywhere,
} from "./agents/trust";
export { validateFabric } from "./agents/validate-fabric";
export { validateTopology } from "./agents/validate-topology";
export * from "./interconnect";
export * from "./knowledge";
export { type DatasetLabels, joinedLabels, labelTags } from "./labels";
export * from "./network";
export * from "./references";
export * from "./serving";
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
  type HybridJoinCertificates,
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
export { validateInfiniBand, validateRoce } from "./site/validate-fabric";
export { validateJoin } from "./site/validate-join";
export { validatePool } from "./site/validate-pool";
export type { EfaClusterCapacity, EfaClusterCapacityBlock, EfaClusterReservation } from "./training/capacity";
export type { EfaClusterEcs } from "./training/ecs-orchestrator";
export {
  EfaCluster,
  type EfaClusterArgs,
  type EfaClusterOrchestrator,
  type EfaClusterStore,
} from "./training/efa-cluster";
export type { EfaClusterEks } from "./training/eks-orchestrator";
export { endpointServices } from "./training/endpoint-services";
export type { EfaClusterHyperPod } from "./training/hyperpod-orchestrator";
export {
  planFileSystem,
  type TrainingStoreFileSystem,
  validateFileSystem,
} from "./training/lustre-file-system";
export type { EfaClusterFileSystem } from "./training/mount-on-eks";
export { TrainingStore, type TrainingStoreArgs } from "./training/training-store";
export { validateEfaCluster } from "./training/validate-efa-cluster";
export type { BulkTransferAgent, BulkTransferEndpoint } from "./transfer/agents";
export {
  BulkTransfer,
  type BulkTransferArgs,
  type BulkTransferDirectory,
  type BulkTransferFileSystem,
} from "./transfer/bulk-transfer";
export type { BulkTransferDayLimit } from "./transfer/day-limits";
export type {
  BulkTransferHdfs,
  BulkTransferKerberos,
  BulkTransferNfs,
  BulkTransferObjectStorage,
  BulkTransferSmb,
  BulkTransferSource,
} from "./transfer/sources";
export { validateBulkTransfer } from "./transfer/validate-bulk-transfer";
