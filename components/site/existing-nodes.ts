import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { BareMetalPoolExisting, ProvidedHosts } from "./bare-metal-pool";

/** Adopts nodes by their labels, and writes the labels where they were not. Taking them back is Kubernetes' own patch. */
export function labelNodes(
  name: string,
  { nodeSelector, hosts, nodes }: BareMetalPoolExisting,
  parent: pulumi.Resource,
): ProvidedHosts {
  for (const node of nodes ?? []) {
    new kubernetes.core.v1.NodePatch(
      `${name}-${node}`,
      { metadata: { name: node, labels: nodeSelector } },
      { parent },
    );
  }
  return {
    nodeSelector,
    count: hosts,
    evidence: "declared for nodes that exist already; neither their ports nor their switches were asked",
  };
}
