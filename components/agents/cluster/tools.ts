import type * as pulumi from "@pulumi/pulumi";
import { type Edge, own } from "../expansion";
import { toolBackend, toolOperations } from "../objects/agentgateway";
import { httpRoute, toolGateway } from "../objects/gateway-api";
import { allow, outsideHost } from "../objects/istio";
import { hostOf } from "../validate-topology";
import { type ClusterContext, createFor, namespaceOf, principalOf } from "./context";

/** Tools of agents on site: a gateway per channel for one caller, one host and the operations of the list. */
export function renderSiteTools(
  context: ClusterContext,
  edges: readonly Edge[],
  ready: pulumi.Resource[],
): void {
  for (const edge of edges) {
    const tool = own(context.topology.tools, edge.to.name);
    if (edge.carrier !== "agentgateway" || edge.from.at !== context.place || !tool) continue;
    const namespace = namespaceOf(context, edge.from.name);
    const metadata = { name: edge.channel, namespace };
    const host = hostOf(tool.url) ?? "";
    const path = new URL(tool.url).pathname.replace(/^\/$/, "");
    createFor(context, edge, "host", outsideHost(edge.channel, namespace, host), ready);
    createFor(context, edge, "gateway", toolGateway(edge.channel, namespace), ready);
    createFor(context, edge, "backend", toolBackend(metadata, host, path), ready);
    createFor(
      context,
      edge,
      "operations",
      toolOperations(metadata, host, edge.declaration.tool?.operations ?? []),
      ready,
    );
    createFor(
      context,
      edge,
      "route",
      httpRoute(metadata, {
        parentRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: edge.channel }],
        rules: [
          {
            matches: [{ path: { type: "PathPrefix", value: "/" } }],
            backendRefs: [{ group: "agentgateway.dev", kind: "AgentgatewayBackend", name: edge.channel }],
          },
        ],
      }),
      ready,
    );
    const selector = { matchLabels: { "gateway.networking.k8s.io/gateway-name": edge.channel } };
    const caller = { principals: [principalOf(context, edge.from.name)] };
    createFor(
      context,
      edge,
      "caller",
      allow(edge.channel, namespace, { selector }, caller, { ports: ["8080"] }),
      ready,
    );
  }
}
