import type { CustomObject } from "./custom-object";

export interface ComputeDomainSpec {
  numNodes: number;
  channel: { allocationMode: string; resourceClaimTemplate: { name: string } };
}

/**
 * Memory sharing over NVLink (IMEX) between the pods of a job that stand in one rack. 0 nodes: as many as there are
 * pods that claim the channel, so that the number cannot differ from the job's.
 */
export function computeDomain(name: string, namespace: string): CustomObject<ComputeDomainSpec> {
  return {
    apiVersion: "resource.nvidia.com/v1beta1",
    kind: "ComputeDomain",
    metadata: { name, namespace },
    spec: {
      numNodes: 0,
      channel: { allocationMode: "Single", resourceClaimTemplate: { name: `${name}-channel` } },
    },
  };
}
