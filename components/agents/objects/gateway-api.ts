import type { CustomObject, ObjectName } from "../../site/objects/custom-object";

export interface GatewaySpec {
  gatewayClassName: string;
  listeners: {
    name: string;
    port: number;
    protocol: string;
    hostname?: string;
    tls?: { mode: string; certificateRefs: { name: string }[] };
    allowedRoutes: { namespaces: { from: string } };
  }[];
}

function gateway(metadata: ObjectName, spec: GatewaySpec): CustomObject<GatewaySpec> {
  return { apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway", metadata, spec };
}

/** The waypoint of a namespace: where paths and tokens are looked at. */
export function waypoint(namespace: string): CustomObject<GatewaySpec> {
  const labels = { "istio.io/waypoint-for": "service" };
  return gateway(
    { name: "waypoint", namespace, labels },
    {
      gatewayClassName: "istio-waypoint",
      listeners: [
        { name: "mesh", port: 15008, protocol: "HBONE", allowedRoutes: { namespaces: { from: "Same" } } },
      ],
    },
  );
}

/** The way in for callers outside the mesh: private, by TLS, at a site under its names only. */
export function entrance(namespace: string, hostname: string | undefined): CustomObject<GatewaySpec> {
  return gateway(
    { name: "agents", namespace },
    {
      gatewayClassName: "istio",
      listeners: [
        {
          name: "https",
          port: 443,
          protocol: "HTTPS",
          ...(hostname === undefined ? {} : { hostname }),
          tls: { mode: "Terminate", certificateRefs: [{ name: "agents-tls" }] },
          allowedRoutes: { namespaces: { from: "Same" } },
        },
      ],
    },
  );
}

/** A gateway for one tool. */
export function toolGateway(name: string, namespace: string): CustomObject<GatewaySpec> {
  return gateway(
    { name, namespace },
    {
      gatewayClassName: "agentgateway",
      listeners: [
        { name: "mcp", port: 8080, protocol: "HTTP", allowedRoutes: { namespaces: { from: "Same" } } },
      ],
    },
  );
}

export interface RouteParent {
  group: string;
  kind: string;
  name: string;
  port?: number;
}

export interface HttpRouteMatch {
  path: { type: string; value: string };
  method?: string;
}

export interface HttpRouteSpec {
  parentRefs: RouteParent[];
  hostnames?: string[];
  rules: {
    matches: HttpRouteMatch[];
    backendRefs: { group?: string; kind?: string; name: string; port?: number }[];
  }[];
}

export function httpRoute(metadata: ObjectName, spec: HttpRouteSpec): CustomObject<HttpRouteSpec> {
  return { apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", metadata, spec };
}

export interface GrpcRouteSpec {
  parentRefs: RouteParent[];
  hostnames?: string[];
  rules: {
    matches: { method: { type: string; service: string; method?: string } }[];
    backendRefs: { name: string; port: number }[];
  }[];
}

export function grpcRoute(metadata: ObjectName, spec: GrpcRouteSpec): CustomObject<GrpcRouteSpec> {
  return { apiVersion: "gateway.networking.k8s.io/v1", kind: "GRPCRoute", metadata, spec };
}
