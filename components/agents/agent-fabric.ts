import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DatasetLabels } from "../labels";
import { refuse } from "../problems";
import { AgentIdentity } from "./agent-identity";
import { renderDevices } from "./aws/devices";
import { renderEvents } from "./aws/events";
import { createRegionKey, restrictedAt } from "./aws/keys";
import { renderLattice } from "./aws/lattice";
import { grantBalanced, renderLoadBalancers } from "./aws/load-balancers";
import { renderMemories } from "./aws/memories";
import { grantModels } from "./aws/models";
import type { AgentRegion, FabricContext, Granted } from "./aws/region";
import { grantRuntimes, renderRuntimes, runtimeName } from "./aws/runtimes";
import { serviceBoundaryOf } from "./aws/service-role";
import { renderSiteCalls } from "./aws/site-calls";
import { mirrorAgent, renderStreams } from "./aws/streams";
import { renderTools } from "./aws/tools";
import type { BoundaryScope } from "./boundary";
import { DeclaredChannel } from "./declared-channel";
import { type Edge, expand } from "./expansion";
import { type MatrixCell, matrixOf, matrixTable } from "./matrix";
import type { AgentDeclaration, AgentTopology } from "./topology";
import type { AgentIdentityTrust } from "./trust";
import { validateFabric } from "./validate-fabric";

/**
 * The agents of a platform and the only ways between them, in AWS: every channel becomes one transport, one grant and one
 * rule. What stands on Kubernetes is the business of AgentCluster, from the same topology.
 */
export interface AgentFabricArgs {
  /** Agents, tools, memories and channels: all that may happen, and nothing else. */
  topology: AgentTopology;
  /** What each AWS place offers, by its name in the topology. */
  regions: { [place: string]: AgentFabricRegion };
  /** ARNs of the certificates by which brokers on site bridge to IoT Core, by site. Default: none is attached. */
  bridgeCertificates?: { [site: string]: pulumi.Input<string> };
  /** Organization that callers and resources must belong to. Default: the account alone. */
  organizationId?: string;
  /**
   * Agents call services of AWS by endpoints in the VPCs of their regions only; endpointsOfAgents says which those need.
   * Default: from anywhere.
   */
  privateCalls?: boolean;
}

export interface AgentFabricRegion {
  /** VPC that it stands in. */
  vpcId: pulumi.Input<string>;
  /** Private subnets in two zones at least. */
  subnetIds: pulumi.Input<string>[];
  /** Prefixes that agents call from: of this VPC, of other regions and of sites. */
  callerCidrs: string[];
  /**
   * Key of the customer for queues, buses, streams, logs and memories. Default: one is made where restricted data is
   * carried or remembered; elsewhere keys of AWS.
   */
  keyArn?: pulumi.Input<string>;
  /** Name of the EKS cluster of the agents. Default: agents. */
  eksCluster?: string;
  /** Name of the ECS cluster of the agents. Default: agents. */
  ecsCluster?: string;
  /** Labels of what else the VPC carries: whoever sends it may call, so the log of calls carries them. Default: none. */
  labels?: DatasetLabels;
}

export class AgentFabric extends pulumi.ComponentResource {
  /** Every way of the topology: what is not in it is not possible. */
  public readonly matrix: pulumi.Output<MatrixCell[]>;
  /** The same as lines of a table. */
  public readonly table: pulumi.Output<string[]>;
  /** Roles by agent; agents that use nothing in AWS have none. */
  public readonly roleArns: pulumi.Output<{ [agent: string]: string }>;
  /** Issuer of the tokens that agents in AWS bring to sites; empty when none calls a site. */
  public readonly tokenIssuer: pulumi.Output<string>;
  /** Addresses of the Kafka brokers in AWS by place, for mirrors on sites. */
  public readonly bootstrapServers: pulumi.Output<{ [place: string]: string }>;

  constructor(name: string, args: AgentFabricArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:AgentFabric", name, args, opts);
    refuse(`AgentFabric ${name}`, validateFabric(args));
    const { topology } = args;
    const edges = expand(topology);
    const regions = regionsOf(args);
    const context: FabricContext = {
      name,
      parent: this,
      regions,
      channels: {},
      serviceBoundary: serviceBoundaryOf(name, scopeOf(regions, args), this),
    };
    giveKeys(context, edges, args);
    for (const edge of edges)
      context.channels[edge.channel] = new DeclaredChannel(`${name}-${edge.channel}`, edge, topology, {
        parent: this,
      });

    const siteCalls = renderSiteCalls(context, edges, topology);
    const balanced = grantBalanced(edges, topology);
    const federation = federate(siteCalls.length + balanced.length > 0, this);
    const streams = renderStreams(context, edges, topology);
    const granted: Granted[] = [
      ...siteCalls,
      ...balanced,
      ...renderLattice(context, edges, topology),
      ...grantRuntimes(context, edges),
      ...renderEvents(context, edges, topology),
      ...streams.granted,
      ...renderDevices(context, edges, topology, args.bridgeCertificates ?? {}),
      ...renderTools(context, edges, topology),
      ...renderMemories(context, edges, topology),
      ...grantModels(context, topology),
    ];
    const roles = createIdentities(this);
    renderRuntimes(context, edges, topology, roles);
    renderLoadBalancers(context, edges, topology, roles);

    this.matrix = pulumi.output(matrixOf(topology));
    this.table = pulumi.output(matrixTable(topology));
    this.roleArns = pulumi.output(roles);
    this.tokenIssuer = federation ? federation.issuerIdentifier : pulumi.output("");
    this.bootstrapServers = pulumi.output(streams.bootstrapServers);
    this.registerOutputs({
      matrix: this.matrix,
      flows: edges.map(({ channel, flow }) => ({ channel, ...flow })),
      regions: Object.values(context.regions).map(({ region }) => region),
      predictions: matrixOf(topology).map(({ from, to, channel, carries, transport }) => ({
        subject: `${from} -> ${to}`,
        quantity: channel,
        value: `${transport}, carrying ${carries}`,
        unit: "",
      })),
    });

    function createIdentities(parent: pulumi.Resource): { [agent: string]: pulumi.Output<string> } {
      const found: { [agent: string]: pulumi.Output<string> } = {};
      for (const [agent, declaration] of Object.entries({
        ...mirrorsOf(edges, topology),
        ...topology.agents,
      })) {
        const statements = granted.filter((each) => each.agent === agent);
        const home = homeOf(context, declaration, args);
        if (!home || (statements.length === 0 && !topology.places[declaration.at]?.aws)) continue;
        found[agent] = new AgentIdentity(
          `${name}-${agent}`,
          {
            agent,
            fabric: name,
            ...scopeOf(regions, args),
            region: home.region,
            trust: trustOf(name, agent, declaration, args),
            statements: statements.map(({ agent: _, ...statement }) => statement),
            ...(args.privateCalls ? { vpcIds: vpcIds(context) } : {}),
          },
          { parent },
        ).roleArn;
      }
      return found;
    }

    /** The account as an issuer of tokens: once per account, and only when somebody needs one. */
    function federate(
      needed: boolean,
      parent: pulumi.Resource,
    ): aws.iam.OutboundWebIdentityFederation | undefined {
      return needed ? new aws.iam.OutboundWebIdentityFederation(name, {}, { parent }) : undefined;
    }
  }
}

/** Mirrors of streams between a site and AWS: workloads of the site like agents, with a role each. */
function mirrorsOf(
  edges: readonly Edge[],
  { places }: AgentTopology,
): { [mirror: string]: AgentDeclaration } {
  return Object.fromEntries(
    edges.flatMap(({ channel, transport, crosses, from, to }) => {
      const site = [from.at ?? "", to.at ?? ""].find((place) => places[place]?.site);
      if (transport !== "stream" || !crosses || site === undefined) return [];
      return [[mirrorAgent(channel), { at: site, runtime: "kubernetes", namespace: "kafka" }]];
    }),
  );
}

function regionsOf({ topology, regions }: AgentFabricArgs): { [place: string]: AgentRegion } {
  return Object.fromEntries(
    Object.entries(topology.places).flatMap(([place, { aws: declared }]) => {
      const offered = regions[place];
      if (!declared || !offered) return [];
      const { vpcId, subnetIds, callerCidrs, keyArn, labels } = offered;
      const { region, accountId } = declared;
      return [[place, { place, region, accountId, vpcId, subnetIds, callerCidrs, keyArn, labels }]];
    }),
  );
}

/** Restricted data is kept under keys of the customer, also where nobody thought of one. */
function giveKeys(context: FabricContext, edges: readonly Edge[], { topology }: AgentFabricArgs): void {
  for (const region of Object.values(context.regions)) {
    const labels = restrictedAt(region.place, edges, topology);
    if (region.keyArn === undefined && labels)
      region.keyArn = createRegionKey(context.name, region, labels, context.parent);
  }
}

/** What roles of the fabric are kept inside; validation made sure that there is one account. */
function scopeOf(
  regions: { [place: string]: AgentRegion },
  { organizationId }: AgentFabricArgs,
): BoundaryScope {
  const all = Object.values(regions);
  return {
    accountId: all[0]?.accountId ?? "",
    regions: [...new Set(all.map(({ region }) => region))].sort(),
    ...(organizationId ? { organizationId } : {}),
  };
}

function vpcIds({ regions }: FabricContext): pulumi.Input<string>[] {
  return Object.keys(regions)
    .sort()
    .flatMap((place) => regions[place]?.vpcId ?? []);
}

/** The region of an agent; for one on site the first by name, because its role has to be somewhere. */
function homeOf(
  { regions }: FabricContext,
  { at }: AgentDeclaration,
  { topology }: AgentFabricArgs,
): AgentRegion | undefined {
  const [first] = Object.keys(regions).sort();
  return topology.places[at]?.aws ? regions[at] : regions[first ?? ""];
}

function trustOf(
  fabric: string,
  agent: string,
  { at, runtime, namespace = "agents" }: AgentDeclaration,
  { topology, regions }: AgentFabricArgs,
): AgentIdentityTrust {
  const site = topology.places[at]?.site;
  if (site?.issuerUrl)
    return { oidc: { issuerUrl: site.issuerUrl, subject: `system:serviceaccount:${namespace}:${agent}` } };
  if (site)
    return {
      rolesAnywhere: {
        trustAnchorArn: site.trustAnchorArn ?? "",
        spiffeId: `spiffe://${site.trustDomain}/ns/${namespace}/sa/${agent}`,
      },
    };
  if (runtime === "agentcore") return { agentcore: { runtimeName: runtimeName(fabric, agent) } };
  if (runtime === "ecs") return { ecs: { clusterName: regions[at]?.ecsCluster ?? "agents" } };
  const clusterName = regions[at]?.eksCluster ?? "agents";
  return { podIdentity: { clusterName, namespace, serviceAccount: agent } };
}
