import type { Rail } from "../plans/rails";
import type { CustomObject } from "./custom-object";

export interface NetworkAttachmentSpec {
  config: string;
}

/**
 * One tenant on one rail of InfiniBand. SriovIBNetwork has no field for a partition key, so the attachment is written
 * out: the plugin asks ib-kubernetes, which tells UFM to put the GUID of the pod into the partition.
 */
export function partitionedAttachment(
  tenant: { name: string; namespace: string; pkey: string },
  rail: Rail,
  byUfm: boolean,
): CustomObject<NetworkAttachmentSpec> {
  const name = `${tenant.name}-${rail.name}`;
  return {
    apiVersion: "k8s.cni.cncf.io/v1",
    kind: "NetworkAttachmentDefinition",
    metadata: {
      name,
      namespace: tenant.namespace,
      annotations: { "k8s.v1.cni.cncf.io/resourceName": `nvidia.com/${rail.name}` },
    },
    spec: {
      config: JSON.stringify({
        cniVersion: "0.3.1",
        name,
        plugins: [
          {
            type: "ib-sriov",
            pkey: tenant.pkey,
            link_state: "enable",
            rdmaIsolation: true,
            ...(byUfm ? { ibKubernetesEnabled: true } : {}),
            ipam: { type: "nv-ipam", poolName: rail.name },
          },
          { type: "rdma" },
        ],
      }),
    },
  };
}

export interface SriovNetworkSpec {
  resourceName: string;
  networkNamespace: string;
  vlan: number;
  ipam: string;
  metaPlugins: string;
}

/** One tenant on one rail of RoCE: its VLAN keeps it apart, as far as the switches honour it. */
export function vlanNetwork(
  tenant: { name: string; namespace: string; vlan: number },
  rail: Rail,
): CustomObject<SriovNetworkSpec> {
  return {
    apiVersion: "sriovnetwork.openshift.io/v1",
    kind: "SriovNetwork",
    metadata: { name: `${tenant.name}-${rail.name}`, namespace: "nvidia-network-operator" },
    spec: {
      resourceName: rail.name,
      networkNamespace: tenant.namespace,
      vlan: tenant.vlan,
      ipam: JSON.stringify({ type: "nv-ipam", poolName: rail.name }),
      metaPlugins: JSON.stringify({ type: "rdma" }),
    },
  };
}
