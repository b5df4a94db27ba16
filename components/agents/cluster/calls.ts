import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { principalPattern } from "../agent-identity";
import { siteHost } from "../aws/site-calls";
import { own } from "../ends";
import type { Edge } from "../expansion";
import { grpcRoute, httpRoute, type RouteParent } from "../objects/gateway-api";
import { allow, type Callers, readTokens, serviceRef } from "../objects/istio";
import { type ClusterContext, channelOf, createFor, namespaceOf, principalOf } from "./context";

/** Calls to agents in the cluster: for each channel a route, and an ALLOW for its caller. */
export function renderCalls(
  context: ClusterContext,
  edges: readonly Edge[],
  tokens: { issuer: string; accountId: string; region: string } | undefined,
  ready: pulumi.Resource[],
): void {
  const here = edges.filter(
    ({ transport, to, carrier }) =>
      (transport === "http" || transport === "grpc") &&
      to.at === context.place &&
      carrier !== "agentcoreRuntime",
  );
  for (const agent of new Set(here.map(({ to }) => to.name))) {
    createService(context, agent, ready);
  }
  for (const edge of here) {
    route(context, edge, ready);
    createFor(context, edge, "caller", admit(context, edge, tokens), ready);
    if (byToken(context, edge) && tokens) {
      const { place } = context;
      const audience = `https://${siteHost(edge.to.name, context.topology.places[place] ?? {})}`;
      const namespace = namespaceOf(context, edge.to.name);
      createFor(
        context,
        edge,
        "tokens",
        readTokens(edge.channel, namespace, edge.to.name, tokens.issuer, audience),
        ready,
      );
    }
  }
}

function createService(
  { name, parent, topology, ...rest }: ClusterContext,
  agent: string,
  ready: pulumi.Resource[],
): void {
  const port = own(topology.agents, agent)?.port ?? 8080;
  const namespace = namespaceOf({ name, parent, topology, ...rest }, agent);
  new kubernetes.core.v1.Service(
    `${name}-${agent}`,
    {
      metadata: { name: agent, namespace, labels: { "istio.io/use-waypoint": "waypoint" } },
      spec: { selector: { app: agent }, ports: [{ name: "http", port, targetPort: port }] },
    },
    { parent, dependsOn: ready },
  );
}

/** Agents of other places come in by the entrance; those of this one by the mesh. */
function route(context: ClusterContext, edge: Edge, ready: pulumi.Resource[]): void {
  const { to, crosses, declaration } = edge;
  const namespace = namespaceOf(context, to.name);
  const port = own(context.topology.agents, to.name)?.port ?? 8080;
  const metadata = { name: edge.channel, namespace, annotations: channelOf(edge) };
  const parents: RouteParent[] = [
    crosses
      ? { group: "gateway.networking.k8s.io", kind: "Gateway", name: "agents" }
      : { group: "", kind: "Service", name: to.name, port },
  ];
  // Lattice calls an agent by a name of its own, which is not known before creation: only sites have names.
  const place = context.topology.places[context.place];
  const hostnames = crosses && place?.site ? { hostnames: [siteHost(to.name, place)] } : {};
  const { http, grpc } = declaration;
  if (http) {
    const matches = http.paths.flatMap((value) =>
      (http.methods ?? ["POST"]).map((method) => ({ path: { type: "Exact", value }, method })),
    );
    const rules = [{ matches, backendRefs: [{ name: to.name, port }] }];
    createFor(
      context,
      edge,
      "route",
      httpRoute(metadata, { parentRefs: parents, ...hostnames, rules }),
      ready,
    );
  }
  if (grpc) {
    const methods = grpc.methods ?? [undefined];
    const matches = methods.map((method) => ({
      method: { type: "Exact", service: grpc.service, ...(method === undefined ? {} : { method }) },
    }));
    const rules = [{ matches, backendRefs: [{ name: to.name, port }] }];
    createFor(
      context,
      edge,
      "route",
      grpcRoute(metadata, { parentRefs: parents, ...hostnames, rules }),
      ready,
    );
  }
}

/** Calls from AWS to a site bring a token; those over Lattice were checked by IAM and come from the entrance. */
function byToken({ topology, place }: ClusterContext, { from }: Edge): boolean {
  return topology.places[place]?.site !== undefined && topology.places[from.at ?? ""]?.aws !== undefined;
}

function admit(
  context: ClusterContext,
  edge: Edge,
  tokens: { issuer: string; accountId: string; region: string } | undefined,
): ReturnType<typeof allow> {
  const { from, to, crosses, carrier, declaration } = edge;
  const namespace = namespaceOf(context, to.name);
  const { http, grpc } = declaration;
  const paths = http?.paths ?? (grpc?.methods ?? ["*"]).map((method) => `/${grpc?.service}/${method}`);
  const operation = { methods: http?.methods ?? ["POST"], paths };
  return allow(edge.channel, namespace, { targetRefs: [serviceRef(to.name)] }, callers(), operation);

  function callers(): Callers {
    if (byToken(context, edge) && tokens) {
      const role = principalPattern(context.fabric, from.name, tokens.accountId, tokens.region);
      return { requestPrincipals: [`${tokens.issuer}/${role}`] };
    }
    const domain = context.topology.places[context.place]?.site?.trustDomain ?? "cluster.local";
    if (crosses && (carrier === "lattice" || carrier === "loadBalancer"))
      return { principals: [`${domain}/ns/${namespace}/sa/agents-istio`] };
    return { principals: [principalOf(context, from.name)] };
  }
}
