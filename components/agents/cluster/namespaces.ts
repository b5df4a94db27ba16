import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { createObject } from "../../site/objects/custom-object";
import { siteHost } from "../aws/site-calls";
import type { Edge } from "../expansion";
import { entrance, waypoint } from "../objects/gateway-api";
import { denyByDefault, strictPeers } from "../objects/istio";
import { type ClusterContext, namespaceOf } from "./context";

/** HBONE, in which ambient wraps everything, and DNS: without these two nothing in a mesh works. */
const HBONE = 15008;
const DNS = 53;

/**
 * Namespaces of agents, closed twice: the mesh allows nothing that no channel asked for, and the network lets nothing out
 * but the mesh and the prefixes of AWS. What only the mesh refused would still leave by a pod that is not in it.
 */
export function createNamespaces(
  context: ClusterContext,
  edges: readonly Edge[],
  awsCidrs: readonly string[],
): pulumi.Resource[] {
  const { name, place, topology, parent } = context;
  const here = Object.entries(topology.agents).filter(
    ([, { at, runtime }]) => at === place && ["eks", "kubernetes"].includes(runtime),
  );
  const namespaces = [...new Set(["agents", ...here.map(([agent]) => namespaceOf(context, agent))])].sort();
  return namespaces.flatMap((namespace) => {
    const created = new kubernetes.core.v1.Namespace(
      `${name}-${namespace}`,
      {
        metadata: {
          name: namespace,
          labels: { "istio.io/dataplane-mode": "ambient", "pod-security.kubernetes.io/enforce": "baseline" },
        },
      },
      { parent },
    );
    const child = { parent, dependsOn: [created] };
    createObject(`${name}-${namespace}-peers`, strictPeers(namespace), child);
    createObject(`${name}-${namespace}-deny`, denyByDefault(namespace), child);
    createObject(`${name}-${namespace}-waypoint`, waypoint(namespace), child);
    closeNetwork(`${name}-${namespace}`, namespace, awsCidrs, child);
    const entered = edges.some(
      ({ crosses, transport, to, carrier }) =>
        crosses &&
        (transport === "http" || transport === "grpc") &&
        carrier !== "agentcoreRuntime" &&
        to.at === place &&
        namespaceOf(context, to.name) === namespace,
    );
    if (entered)
      createObject(
        `${name}-${namespace}-entrance`,
        entrance(namespace, topology.places[place]?.site && siteHost("*", topology.places[place] ?? {})),
        child,
      );
    for (const [agent] of here.filter(([agent]) => namespaceOf(context, agent) === namespace))
      new kubernetes.core.v1.ServiceAccount(
        `${name}-${agent}`,
        { metadata: { name: agent, namespace } },
        child,
      );
    return [created];
  });
}

function closeNetwork(
  name: string,
  namespace: string,
  awsCidrs: readonly string[],
  opts: pulumi.CustomResourceOptions,
): void {
  new kubernetes.networking.v1.NetworkPolicy(
    `${name}-network`,
    {
      metadata: { name: "mesh-only", namespace },
      spec: {
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ protocol: "TCP", port: HBONE }] }],
        egress: [
          { to: [{ namespaceSelector: {} }], ports: [{ protocol: "TCP", port: HBONE }] },
          {
            to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }],
            ports: [
              { protocol: "UDP", port: DNS },
              { protocol: "TCP", port: DNS },
            ],
          },
          ...(awsCidrs.length === 0
            ? []
            : [
                {
                  to: awsCidrs.map((cidr) => ({ ipBlock: { cidr } })),
                  ports: [443, 8883, 9098].map((port) => ({ protocol: "TCP", port })),
                },
              ]),
        ],
      },
    },
    opts,
  );
}
