import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { joinedLabels, labelTags } from "../../labels";
import type { Edge } from "../expansion";
import type { AgentPlaceLoadBalancer, AgentTopology } from "../topology";
import { type AgentRegion, channelTags, type FabricContext, type Granted, regionOf } from "./region";
import { tokenGrant } from "./site-calls";

/** TLS 1.2 and 1.3 without old ciphers (Elastic Load Balancing user guide). */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/** Name by which an agent behind a load balancer is called. */
export function balancedHost(agent: string, { domain }: AgentPlaceLoadBalancer): string {
  return `${agent}.agents.${domain}`;
}

/** Calls to agents behind load balancers: the caller is given a token of its role that is made for the one receiver. */
export function grantBalanced(edges: readonly Edge[], topology: AgentTopology): Granted[] {
  return balanced(edges).flatMap(({ channel, from, to }) => {
    const balancer = topology.places[to.at ?? ""]?.aws?.loadBalancer;
    return balancer ? [tokenGrant(from.name, channel, balancedHost(to.name, balancer))] : [];
  });
}

function balanced(edges: readonly Edge[]): Edge[] {
  return edges.filter(({ carrier }) => carrier === "loadBalancer");
}

/**
 * HTTP and gRPC to agents in AWS without Lattice: one private load balancer per place that answers nobody, and for each
 * channel a rule that lets one role in by its token. The roles must be there, because a token names one exactly.
 */
export function renderLoadBalancers(
  context: FabricContext,
  edges: readonly Edge[],
  topology: AgentTopology,
  roles: { [agent: string]: pulumi.Output<string> },
): void {
  const here = balanced(edges);
  for (const place of new Set(here.map(({ to }) => to.at ?? ""))) {
    const balancer = topology.places[place]?.aws?.loadBalancer;
    if (!balancer) continue;
    const local = here.filter(({ to }) => to.at === place);
    const region = regionOf(context, place);
    const listener = createListener(context, region, balancer, local);
    for (const edge of local) admit(context, { region, balancer, listener, edge, topology, roles });
  }
}

function createListener(
  { name, parent }: FabricContext,
  { place, region, vpcId, subnetIds, callerCidrs }: AgentRegion,
  { certificateArn }: AgentPlaceLoadBalancer,
  edges: readonly Edge[],
): aws.lb.Listener {
  const labels = joinedLabels(edges.map((edge) => edge.labels));
  const tags = labels ? labelTags(labels) : {};
  const child = { parent };
  const prefix = `${name}-${place}-balanced`;
  const callers = new aws.ec2.SecurityGroup(
    prefix,
    {
      region,
      vpcId,
      description: "Agents that call agents behind a load balancer",
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: callerCidrs }],
      egress: [{ protocol: "tcp", fromPort: 0, toPort: 65535, cidrBlocks: callerCidrs }],
      tags,
    },
    child,
  );
  const balancer = new aws.lb.LoadBalancer(
    prefix,
    {
      region,
      internal: true,
      loadBalancerType: "application",
      subnets: subnetIds,
      securityGroups: [callers.id],
      dropInvalidHeaderFields: true,
      tags,
    },
    child,
  );
  return new aws.lb.Listener(
    prefix,
    {
      region,
      loadBalancerArn: balancer.arn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: TLS_POLICY,
      certificateArn,
      // What no channel asked for is refused.
      defaultActions: [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "403" } },
      ],
      tags,
    },
    child,
  );
}

function admit(
  { name, parent, channels }: FabricContext,
  at: {
    region: AgentRegion;
    balancer: AgentPlaceLoadBalancer;
    listener: aws.lb.Listener;
    edge: Edge;
    topology: AgentTopology;
    roles: { [agent: string]: pulumi.Output<string> };
  },
): void {
  const { region, balancer, listener, edge, topology, roles } = at;
  const { channel, from, to, transport, declaration } = edge;
  const { http, grpc } = declaration;
  const child = { parent: channels[channel] ?? parent };
  const prefix = `${name}-${channel}`;
  const host = balancedHost(to.name, balancer);
  const caller = roles[from.name];
  if (!caller) throw new RangeError(`no role of ${from.name}`);
  const paths = http?.paths ?? (grpc?.methods ?? ["*"]).map((method) => `/${grpc?.service}/${method}`);
  const targets = new aws.lb.TargetGroup(
    prefix,
    {
      region: region.region,
      vpcId: region.vpcId,
      targetType: "ip",
      port: topology.agents[to.name]?.port ?? 8080,
      // TLS as far as the mesh, which takes nothing else.
      protocol: "HTTPS",
      protocolVersion: transport === "grpc" ? "GRPC" : "HTTP1",
      tags: channelTags(edge),
    },
    child,
  );
  const claim = (claimName: string, value: pulumi.Input<string>) => ({
    format: "single-string",
    name: claimName,
    values: [value],
  });
  new aws.lb.ListenerRule(
    prefix,
    {
      region: region.region,
      listenerArn: listener.arn,
      conditions: [
        { hostHeader: { values: [host] } },
        { pathPattern: { values: paths } },
        { httpRequestMethod: { values: http?.methods ?? ["POST"] } },
      ],
      actions: [
        {
          type: "jwt-validation",
          order: 1,
          jwtValidation: {
            issuer: balancer.tokenIssuer,
            jwksEndpoint: `${balancer.tokenIssuer}/.well-known/jwks.json`,
            additionalClaims: [claim("aud", `https://${host}`), claim("sub", caller)],
          },
        },
        { type: "forward", order: 2, targetGroupArn: targets.arn },
      ],
      tags: channelTags(edge),
    },
    child,
  );
}
