import type { CustomObject } from "../../site/objects/custom-object";

export interface TargetRef {
  group: string;
  kind: string;
  name: string;
}

export interface AuthorizationPolicySpec {
  action?: string;
  selector?: { matchLabels: { [label: string]: string } };
  targetRefs?: TargetRef[];
  rules?: {
    from?: { source: { principals?: string[]; requestPrincipals?: string[] } }[];
    to?: { operation: { methods?: string[]; paths?: string[]; ports?: string[] } }[];
  }[];
}

/** Who an ALLOW lets in: workloads by their identity, or bearers of a token of one issuer. */
export interface Callers {
  principals?: string[];
  requestPrincipals?: string[];
}

/** Lets some callers do something at one target; beside the denial of everything else. */
export function allow(
  name: string,
  namespace: string,
  at: Pick<AuthorizationPolicySpec, "selector" | "targetRefs">,
  source: Callers,
  operation: { methods?: string[]; paths?: string[]; ports?: string[] },
): CustomObject<AuthorizationPolicySpec> {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name, namespace },
    spec: { ...at, action: "ALLOW", rules: [{ from: [{ source }], to: [{ operation }] }] },
  };
}

/** An ALLOW without a rule fits nothing, so that what no other policy allows is denied. */
export function denyByDefault(namespace: string): CustomObject<AuthorizationPolicySpec> {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: "deny-by-default", namespace },
    spec: { action: "ALLOW" },
  };
}

export interface PeerAuthenticationSpec {
  mtls: { mode: string };
}

export function strictPeers(namespace: string): CustomObject<PeerAuthenticationSpec> {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name: "strict", namespace },
    spec: { mtls: { mode: "STRICT" } },
  };
}

export interface RequestAuthenticationSpec {
  targetRefs: TargetRef[];
  jwtRules: { issuer: string; audiences: string[]; jwksUri: string }[];
}

/** Reads tokens of one issuer that were made for one receiver. Alone it lets requests without a token through. */
export function readTokens(
  name: string,
  namespace: string,
  service: string,
  issuer: string,
  audience: string,
): CustomObject<RequestAuthenticationSpec> {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "RequestAuthentication",
    metadata: { name, namespace },
    spec: {
      targetRefs: [serviceRef(service)],
      jwtRules: [{ issuer, audiences: [audience], jwksUri: `${issuer}/.well-known/jwks.json` }],
    },
  };
}

export interface ServiceEntrySpec {
  hosts: string[];
  location: string;
  resolution: string;
  ports: { number: number; name: string; protocol: string }[];
}

/** A host outside the mesh by its name, so that the mesh knows it and nothing else out there. */
export function outsideHost(name: string, namespace: string, host: string): CustomObject<ServiceEntrySpec> {
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "ServiceEntry",
    metadata: { name, namespace },
    spec: {
      hosts: [host],
      location: "MESH_EXTERNAL",
      resolution: "DNS",
      ports: [{ number: 443, name: "tls", protocol: "TLS" }],
    },
  };
}

export function serviceRef(name: string): TargetRef {
  return { group: "", kind: "Service", name };
}
