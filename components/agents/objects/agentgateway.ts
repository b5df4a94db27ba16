import type { CustomObject, ObjectName } from "../../site/objects/custom-object";

const API = "agentgateway.dev/v1alpha1";

export interface AgentgatewayBackendSpec {
  mcp?: {
    targets: { name: string; static: { host: string; port: number; protocol: string; path?: string } }[];
  };
  static?: { host: string; port: number };
}

/** One tool behind a gateway: its host, and nothing that a request could choose. */
export function toolBackend(
  metadata: ObjectName,
  host: string,
  path: string,
): CustomObject<AgentgatewayBackendSpec> {
  const target = { host, port: 443, protocol: "StreamableHTTP", ...(path === "" ? {} : { path }) };
  return {
    apiVersion: API,
    kind: "AgentgatewayBackend",
    metadata,
    spec: { mcp: { targets: [{ name: metadata.name, static: target }] } },
  };
}

/** A tool that is no MCP server: its host, with what may be called there in the route. */
export function hostBackend(metadata: ObjectName, host: string): CustomObject<AgentgatewayBackendSpec> {
  return { apiVersion: API, kind: "AgentgatewayBackend", metadata, spec: { static: { host, port: 443 } } };
}

export interface AgentgatewayPolicySpec {
  targetRefs: { group: string; kind: string; name: string }[];
  backend: {
    tls: { sni: string };
    mcp?: { authorization: { action: string; policy: { matchExpressions: string[] } } };
  };
}

/**
 * TLS to the tool and, of an MCP server, the operations that may be called. Allow only: its Deny rules fail open when an
 * expression fails.
 */
export function toolOperations(
  metadata: ObjectName,
  host: string,
  operations: readonly string[] | undefined,
): CustomObject<AgentgatewayPolicySpec> {
  const matchExpressions = operations?.map((operation) => `mcp.tool.name == ${JSON.stringify(operation)}`);
  return {
    apiVersion: API,
    kind: "AgentgatewayPolicy",
    metadata,
    spec: {
      targetRefs: [{ group: "agentgateway.dev", kind: "AgentgatewayBackend", name: metadata.name }],
      backend: {
        tls: { sni: host },
        ...(matchExpressions
          ? { mcp: { authorization: { action: "Allow", policy: { matchExpressions } } } }
          : {}),
      },
    },
  };
}
