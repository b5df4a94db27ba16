import type * as pulumi from "@pulumi/pulumi";
import { own } from "../ends";
import type { Edge } from "../expansion";
import { hostBackend, toolBackend, toolOperations } from "../objects/agentgateway";
import { type HttpRouteMatch, httpRoute, toolGateway } from "../objects/gateway-api";
import { allow, outsideHost } from "../objects/istio";
import { readOpenApi } from "../open-api";
import type { AgentTool } from "../topology";
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
    const operations = edge.declaration.tool?.operations ?? [];
    const speaksMcp = (tool.protocol ?? "mcp") === "mcp";
    createFor(context, edge, "host", outsideHost(edge.channel, namespace, host), ready);
    createFor(context, edge, "gateway", toolGateway(edge.channel, namespace), ready);
    const backend = speaksMcp ? toolBackend(metadata, host, path) : hostBackend(metadata, host);
    createFor(context, edge, "backend", backend, ready);
    createFor(
      context,
      edge,
      "operations",
      toolOperations(metadata, host, speaksMcp ? operations : undefined),
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
            matches: speaksMcp
              ? [{ path: { type: "PathPrefix", value: "/" } }]
              : operations.map((operation) => matchOf(operation, tool)),
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

/** What a gateway lets through for one operation of a tool that is no MCP server: its path and, where known, its method. */
function matchOf(operation: string, { protocol, schema = "" }: AgentTool): HttpRouteMatch {
  const described = protocol === "openapi" ? readOpenApi(schema) : undefined;
  const found =
    described && "operations" in described
      ? described.operations.find(({ name }) => name === operation)
      : undefined;
  if (!found) return { path: { type: "Exact", value: operation } };
  const { method, path } = found;
  const value = path.replace(/[.+*?^$()[\]|\\]/g, "\\$&").replace(/\{[^}]+\}/g, "[^/]+");
  return path.includes("{")
    ? { path: { type: "RegularExpression", value }, method }
    : { path: { type: "Exact", value: path }, method };
}
