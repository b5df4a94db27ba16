import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { labelAnnotations } from "../labels";
import type { BareMetalPoolArgs, BareMetalPoolExisting, ProvidedHosts } from "./bare-metal-pool";

/**
 * Adopts nodes by their labels. On nodes that are named it writes these labels, the country, and what data they process.
 * Taking them back is Kubernetes' own patch.
 */
export function labelNodes(
  name: string,
  { country, labels: data }: BareMetalPoolArgs,
  { nodeSelector, hosts, nodes }: BareMetalPoolExisting,
  parent: pulumi.Resource,
): ProvidedHosts {
  const labels = { ...nodeSelector, "hybrid-ai/country": country };
  const annotations = data ? labelAnnotations(data) : {};
  for (const node of nodes ?? []) {
    new kubernetes.core.v1.NodePatch(
      `${name}-${node}`,
      { metadata: { name: node, labels, annotations } },
      { parent },
    );
  }
  return {
    nodeSelector,
    count: hosts,
    evidence: "declared for nodes that exist already; neither their ports nor their switches were asked",
  };
}
