import type { Rail } from "../plans/rails";
import type { CustomObject } from "./custom-object";

/** Where the network operator and its parts run. */
export const OPERATOR_NAMESPACE = "nvidia-network-operator";

export interface SriovNetworkNodePolicySpec {
  nodeSelector: { [label: string]: string };
  nicSelector: { vendor: string; pfNames: string[] };
  numVfs: number;
  resourceName: string;
  linkType: string;
  deviceType: string;
  isRdma: boolean;
  mtu?: number;
  priority: number;
}

/** Virtual functions of one rail as the resource `nvidia.com/<rail>`. */
export function railPolicy(
  rail: Rail,
  nodeSelector: { [label: string]: string },
  link: { linkType: string; mtu?: number },
): CustomObject<SriovNetworkNodePolicySpec> {
  return {
    apiVersion: "sriovnetwork.openshift.io/v1",
    kind: "SriovNetworkNodePolicy",
    metadata: { name: rail.name, namespace: OPERATOR_NAMESPACE },
    spec: {
      nodeSelector,
      // By port name, not by vendor alone: that would take the storage and management adapters as well.
      nicSelector: { vendor: "15b3", pfNames: [rail.pfName] },
      numVfs: rail.numVfs,
      resourceName: rail.name,
      linkType: link.linkType,
      deviceType: "netdevice",
      isRdma: true,
      ...(link.mtu === undefined ? {} : { mtu: link.mtu }),
      priority: 99,
    },
  };
}

export interface SriovNetworkPoolConfigSpec {
  nodeSelector: { matchLabels: { [label: string]: string } };
  maxUnavailable: number;
  rdmaMode: string;
}

/** Each pod sees its own RDMA devices only. */
export function exclusiveRdma(
  name: string,
  nodeSelector: { [label: string]: string },
): CustomObject<SriovNetworkPoolConfigSpec> {
  return {
    apiVersion: "sriovnetwork.openshift.io/v1",
    kind: "SriovNetworkPoolConfig",
    metadata: { name, namespace: OPERATOR_NAMESPACE },
    spec: { nodeSelector: { matchLabels: nodeSelector }, maxUnavailable: 1, rdmaMode: "exclusive" },
  };
}

export interface IpPoolSpec {
  subnet: string;
  perNodeBlockSize: number;
  nodeSelector: {
    nodeSelectorTerms: { matchExpressions: { key: string; operator: string; values: string[] }[] }[];
  };
}

/** Addresses of a rail, handed out in blocks per host. */
export function addressPool(
  name: string,
  subnet: string,
  perNodeBlockSize: number,
  nodeSelector: { [label: string]: string },
): CustomObject<IpPoolSpec> {
  const matchExpressions = Object.entries(nodeSelector).map(([key, value]) => ({
    key,
    operator: "In",
    values: [value],
  }));
  return {
    apiVersion: "nv-ipam.nvidia.com/v1alpha1",
    kind: "IPPool",
    metadata: { name, namespace: OPERATOR_NAMESPACE },
    spec: { subnet, perNodeBlockSize, nodeSelector: { nodeSelectorTerms: [{ matchExpressions }] } },
  };
}

export interface IpoibNetworkSpec {
  master: string;
  networkNamespace: string;
  ipam: string;
}

/** A network over IPoIB for storage: not isolated by tenant, and slower than RDMA. */
export function ipoibNetwork(
  name: string,
  port: string,
  namespace: string,
  poolName: string,
): CustomObject<IpoibNetworkSpec> {
  return {
    apiVersion: "mellanox.com/v1alpha1",
    kind: "IPoIBNetwork",
    metadata: { name },
    spec: { master: port, networkNamespace: namespace, ipam: JSON.stringify({ type: "nv-ipam", poolName }) },
  };
}
