import { versions } from "../versions";
import { type CustomObject, waitFor } from "./custom-object";

interface Component {
  image: string;
  repository: string;
  version: string;
}

export interface NicClusterPolicySpec {
  ofedDriver: Component & {
    upgradePolicy: { autoUpgrade: boolean; safeLoad: boolean; drain: { enable: boolean } };
  };
  rdmaSharedDevicePlugin?: Component & { config: string };
  secondaryNetwork: { cniPlugins: Component; multus: Component; ipoib?: Component };
  nvIpam: Component & { enableWebhook: boolean };
  ibKubernetes?: Component & {
    pKeyGUIDPoolRangeStart: string;
    pKeyGUIDPoolRangeEnd: string;
    ufmSecret: string;
    periodicUpdateSeconds: number;
  };
}

/** The UFM that ib-kubernetes tells which GUID belongs to which partition. */
export interface UfmAccess {
  secretName: string;
  guidPoolStart: string;
  guidPoolEnd: string;
}

const MELLANOX = "nvcr.io/nvidia/mellanox";
const component = (image: string): Component => ({
  image,
  repository: MELLANOX,
  version: `network-operator-v${versions.networkOperator}`,
});

/**
 * The one object that says what the network operator installs; it takes no other name than this. Who manages an
 * InfiniBand subnet is no field of it, so an annotation tells.
 */
export function nicClusterPolicy(
  storagePort?: string,
  ufm?: UfmAccess,
  subnetManager?: string,
): CustomObject<NicClusterPolicySpec> {
  return {
    apiVersion: "mellanox.com/v1alpha1",
    kind: "NicClusterPolicy",
    metadata: {
      name: "nic-cluster-policy",
      annotations: {
        ...waitFor("jsonpath={.status.state}=ready", 1800),
        ...(subnetManager === undefined ? {} : { "hybrid-ai/subnet-manager": subnetManager }),
      },
    },
    spec: {
      ofedDriver: {
        image: "doca-driver",
        repository: MELLANOX,
        version: versions.docaDriver,
        upgradePolicy: { autoUpgrade: true, safeLoad: true, drain: { enable: true } },
      },
      ...(storagePort === undefined
        ? {}
        : {
            rdmaSharedDevicePlugin: {
              ...component("k8s-rdma-shared-dev-plugin"),
              config: sharedDevices("storage", storagePort),
            },
          }),
      secondaryNetwork: {
        cniPlugins: component("plugins"),
        multus: component("multus-cni"),
        ...(storagePort === undefined ? {} : { ipoib: component("ipoib-cni") }),
      },
      nvIpam: { ...component("nvidia-k8s-ipam"), enableWebhook: false },
      ...(ufm === undefined
        ? {}
        : {
            ibKubernetes: {
              ...component("ib-kubernetes"),
              pKeyGUIDPoolRangeStart: ufm.guidPoolStart,
              pKeyGUIDPoolRangeEnd: ufm.guidPoolEnd,
              ufmSecret: ufm.secretName,
              periodicUpdateSeconds: 5,
            },
          }),
    },
  };
}

/** Ports that pods share give the resource `rdma/<name>`. */
function sharedDevices(resourceName: string, port: string): string {
  const selectors = { vendors: ["15b3"], ifNames: [port] };
  return JSON.stringify({ configList: [{ resourceName, rdmaHcaMax: 63, selectors }] });
}
