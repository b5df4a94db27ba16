import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { computeDomain } from "./objects/compute-domain";
import { createObject } from "./objects/custom-object";
import { OPERATOR_NAMESPACE } from "./objects/rail-objects";
import { versions } from "./versions";

const NVIDIA_CHARTS = "https://helm.ngc.nvidia.com/nvidia";

/** Label that node feature discovery gives to hosts with an NVIDIA adapter. */
export const ADAPTER_LABEL = { "feature.node.kubernetes.io/pci-15b3.present": "true" };

/** The network operator with node feature discovery, the only one in the cluster, and the SR-IOV operator. */
export function installNetworkOperator(
  name: string,
  nodeSelector: { [label: string]: string },
  opts: pulumi.CustomResourceOptions,
): kubernetes.helm.v3.Release {
  return new kubernetes.helm.v3.Release(
    `${name}-network-operator`,
    {
      name: "network-operator",
      chart: "network-operator",
      version: versions.networkOperator,
      namespace: OPERATOR_NAMESPACE,
      createNamespace: true,
      repositoryOpts: { repo: NVIDIA_CHARTS },
      timeout: 1200,
      values: {
        nfd: { enabled: true, deployNodeFeatureRules: true },
        upgradeCRDs: true,
        sriovNetworkOperator: { enabled: true },
        "sriov-network-operator": {
          operator: { resourcePrefix: "nvidia.com" },
          sriovOperatorConfig: { configDaemonNodeSelector: { ...ADAPTER_LABEL, ...nodeSelector } },
        },
      },
    },
    opts,
  );
}

/**
 * The GPU operator. Its chart writes the ClusterPolicy itself, so the policy stands in the values: GPUDirect RDMA by
 * DMA-BUF (open kernel modules, no peer memory module), GDRCopy, and whole GPUs unless asked otherwise.
 */
export function installGpuOperator(
  name: string,
  migStrategy: string,
  opts: pulumi.CustomResourceOptions,
): kubernetes.helm.v3.Release {
  return new kubernetes.helm.v3.Release(
    `${name}-gpu-operator`,
    {
      name: "gpu-operator",
      chart: "gpu-operator",
      version: versions.gpuOperator,
      namespace: "gpu-operator",
      createNamespace: true,
      repositoryOpts: { repo: NVIDIA_CHARTS },
      timeout: 1800,
      values: {
        // The network operator brings it; two of them fight over the labels of every node.
        nfd: { enabled: false },
        driver: { enabled: true, kernelModuleType: "open", rdma: { enabled: false, useHostMofed: false } },
        gdrcopy: { enabled: true },
        mig: { strategy: migStrategy },
      },
    },
    opts,
  );
}

/** The DRA driver that connects the memory of a rack, and one domain per tenant. */
export function createNvlinkDomains(
  name: string,
  namespaces: { [tenant: string]: string },
  opts: pulumi.CustomResourceOptions & { dependsOn: pulumi.Resource[] },
): void {
  const driver = installDraDriver(name, "/run/nvidia/driver", opts);
  for (const [tenant, namespace] of Object.entries(namespaces)) {
    createObject(`${name}-${tenant}-nvlink`, computeDomain(`${tenant}-nvlink`, namespace), {
      ...opts,
      dependsOn: [...opts.dependsOn, driver],
    });
  }
}

/** The DRA driver; `driverRoot` is where the driver of the GPUs stands on the host: the operator's folder, or `/`. */
export function installDraDriver(
  name: string,
  driverRoot: string,
  opts: pulumi.CustomResourceOptions,
): kubernetes.helm.v3.Release {
  return new kubernetes.helm.v3.Release(
    `${name}-dra-driver`,
    {
      name: "dra-driver-nvidia-gpu",
      chart: "oci://registry.k8s.io/dra-driver-nvidia/charts/dra-driver-nvidia-gpu",
      version: versions.draDriver,
      namespace: "dra-driver-nvidia-gpu",
      createNamespace: true,
      values: {
        nvidiaDriverRoot: driverRoot,
        resources: { gpus: { enabled: false }, computeDomains: { enabled: true } },
      },
    },
    opts,
  );
}
