import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { joinedLabels, labelAnnotations } from "../../labels";
import type { Edge } from "../expansion";
import { allow } from "../objects/istio";
import { type ClusterContext, createFor, principalOf } from "./context";

const IMAGE = "docker.io/valkey/valkey:8.1";

/** Memories on site: Valkey, which forgets by itself, and an ALLOW for each agent that has a channel to it. */
export function renderSiteMemories(
  context: ClusterContext,
  edges: readonly Edge[],
  ready: pulumi.Resource[],
): void {
  const { name, place, topology, parent } = context;
  const namespace = "agents";
  for (const [memory, { at, holds, keepDays, valkey }] of Object.entries(topology.memories)) {
    const labels = joinedLabels(holds.flatMap((dataset) => topology.datasets[dataset] ?? []));
    if (at !== place || !valkey || !labels) continue;
    const app = { app: memory };
    const annotations = { ...labelAnnotations(labels), "hybrid-ai/keep-days": String(keepDays) };
    new kubernetes.apps.v1.StatefulSet(
      `${name}-${memory}`,
      {
        metadata: { name: memory, namespace, annotations },
        spec: {
          serviceName: memory,
          replicas: 1,
          selector: { matchLabels: app },
          template: {
            metadata: { labels: app, annotations },
            spec: {
              containers: [
                {
                  name: "valkey",
                  image: IMAGE,
                  // Whoever writes sets the expiry; what has none goes first when the memory is full.
                  args: [
                    "valkey-server",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--maxmemory-policy",
                    "allkeys-lru",
                  ],
                  ports: [{ containerPort: 6379 }],
                  resources: { limits: { memory: valkey.memory } },
                },
              ],
            },
          },
        },
      },
      { parent, dependsOn: ready },
    );
    new kubernetes.core.v1.Service(
      `${name}-${memory}`,
      {
        metadata: { name: memory, namespace },
        spec: { clusterIP: "None", selector: app, ports: [{ name: "valkey", port: 6379 }] },
      },
      { parent, dependsOn: ready },
    );
    for (const edge of edges.filter(({ transport, to }) => transport === "memory" && to.name === memory)) {
      const source = { principals: [principalOf(context, edge.from.name)] };
      const selector = { matchLabels: app };
      createFor(
        context,
        edge,
        "caller",
        allow(edge.channel, namespace, { selector }, source, { ports: ["6379"] }),
        ready,
      );
    }
  }
}
