import type { CustomObject } from "./custom-object";

const KUEUE = "kueue.x-k8s.io/v1beta2";

export interface TopologySpec {
  levels: { nodeLabel: string }[];
}

/** How far apart hosts are, widest first. The last level is always the host itself. */
export function topology(name: string, levels: readonly string[]): CustomObject<TopologySpec> {
  const labels = [...levels.filter((label) => label !== HOST_LABEL), HOST_LABEL];
  return {
    apiVersion: KUEUE,
    kind: "Topology",
    metadata: { name },
    spec: { levels: labels.map((nodeLabel) => ({ nodeLabel })) },
  };
}

export const HOST_LABEL = "kubernetes.io/hostname";

export interface ResourceFlavorSpec {
  nodeLabels: { [label: string]: string };
  topologyName: string;
  tolerations: { key: string; operator: string; effect: string }[];
}

/** The hosts of a pool as something to queue for. */
export function resourceFlavor(
  name: string,
  nodeLabels: { [label: string]: string },
  topologyName: string,
): CustomObject<ResourceFlavorSpec> {
  return {
    apiVersion: KUEUE,
    kind: "ResourceFlavor",
    metadata: { name },
    spec: {
      nodeLabels,
      topologyName,
      tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
    },
  };
}

export interface ClusterQueueSpec {
  cohortName: string;
  namespaceSelector: { matchLabels: { [label: string]: string } };
  resourceGroups: {
    coveredResources: string[];
    flavors: { name: string; resources: { name: string; nominalQuota: number }[] }[];
  }[];
}

/** The share of a tenant. Unused GPUs may be borrowed inside the cohort; memory and processors are not counted. */
export function clusterQueue(
  name: string,
  cohortName: string,
  namespace: string,
  flavor: string,
  quotas: { [resource: string]: number },
): CustomObject<ClusterQueueSpec> {
  const resources = Object.entries(quotas).map(([resource, nominalQuota]) => ({
    name: resource,
    nominalQuota,
  }));
  return {
    apiVersion: KUEUE,
    kind: "ClusterQueue",
    metadata: { name },
    spec: {
      cohortName,
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
      resourceGroups: [{ coveredResources: Object.keys(quotas), flavors: [{ name: flavor, resources }] }],
    },
  };
}

export interface LocalQueueSpec {
  clusterQueue: string;
  /** None or Hold. */
  stopPolicy: string;
}

/** Where the jobs of a namespace queue. A held queue starts nothing until somebody lets go. */
export function localQueue(
  name: string,
  namespace: string,
  queue: string,
  held: boolean,
): CustomObject<LocalQueueSpec> {
  return {
    apiVersion: KUEUE,
    kind: "LocalQueue",
    metadata: { name, namespace },
    spec: { clusterQueue: queue, stopPolicy: held ? "Hold" : "None" },
  };
}
