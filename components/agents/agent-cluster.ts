import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../problems";
import { renderCalls } from "./cluster/calls";
import type { ClusterContext } from "./cluster/context";
import { renderBroker } from "./cluster/devices";
import { renderSiteMemories } from "./cluster/memories";
import { createNamespaces } from "./cluster/namespaces";
import { renderSiteStreams } from "./cluster/streams";
import { renderSiteTools } from "./cluster/tools";
import { type Edge, expand } from "./expansion";
import type { AgentTopology } from "./topology";
import { validateTopology, wrong } from "./validate-topology";

/** The agents of one place that run on Kubernetes: namespaces that are closed, and what each channel opens. */
export interface AgentClusterArgs {
  /** Agents, tools, memories and channels: all that may happen, and nothing else. */
  topology: AgentTopology;
  /** Name of the place: a site, or a region with an EKS cluster. */
  place: string;
  /** Name of the AgentFabric: its roles are named by it. */
  fabric: string;
  /** Prefixes in AWS that agents may reach for queues, streams and tokens. Default: none. */
  awsCidrs?: string[];
  /** Who calls from AWS. Needed when an agent in AWS calls one here by http or grpc. */
  tokens?: AgentClusterTokens;
  /** Needed for streams on a site. */
  kafka?: AgentClusterKafka;
  /** Address of IoT Core that the broker on site bridges to. Needed when an mqtt channel crosses. */
  iotEndpoint?: pulumi.Input<string>;
}

/** Issuer of the tokens of an AWS account (its outbound web identity federation). */
export interface AgentClusterTokens {
  /** https address, known after the first update of the account: a plain value, because rules must read it. */
  issuer: string;
  /** AWS account: 12 digits. */
  accountId: string;
  /** AWS region, such as ap-northeast-1. */
  region: string;
}

export interface AgentClusterKafka {
  /** Name of the Kafka object of Strimzi. */
  cluster: string;
  /** Namespace of Kubernetes that the cluster of Kafka runs in. */
  namespace: string;
  /** Brokers in AWS by place, for streams that cross. */
  bootstrapServers: pulumi.Input<{ [place: string]: string }>;
}

export class AgentCluster extends pulumi.ComponentResource {
  /** Channels that this cluster opens. */
  public readonly channels: pulumi.Output<string[]>;

  constructor(name: string, args: AgentClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:AgentCluster", name, args, opts);
    refuse(`AgentCluster ${name}`, validateCluster(args));
    const { topology, place, fabric } = args;
    const edges = expand(topology);
    const context: ClusterContext = { name, fabric, place, topology, parent: this };

    const ready = createNamespaces(context, edges, args.awsCidrs ?? []);
    renderCalls(context, edges, args.tokens, ready);
    renderSiteTools(context, edges, ready);
    renderSiteStreams(context, edges, args.kafka, ready);
    renderBroker(context, edges, args.iotEndpoint, ready);
    renderSiteMemories(context, edges, ready);

    this.channels = pulumi.output(
      edges.filter((edge) => concerns(edge, place)).map(({ channel }) => channel),
    );
    this.registerOutputs({ place: whereabouts(topology, place), channels: this.channels });
  }
}

/** The place in the words that rules read: `aws:ap-northeast-1`, or the country of a site. */
function whereabouts({ places }: AgentTopology, place: string): string {
  const found = places[place];
  return found?.aws ? `aws:${found.aws.region}` : (found?.site?.country ?? "");
}

function concerns({ from, to }: Edge, place: string): boolean {
  return from.at === place || to.at === place;
}

/** What is wrong with a cluster: its topology, and what its channels need that was not given. */
export function validateCluster({
  topology,
  place,
  tokens,
  kafka,
  iotEndpoint,
}: AgentClusterArgs): ReturnType<typeof validateTopology> {
  const problems = validateTopology(topology).map(({ propertyPath, reason }) =>
    wrong(`topology.${propertyPath}`, reason),
  );
  if (problems.length > 0) return problems;
  const here = topology.places[place];
  if (!here)
    return [wrong("place", `"${place}" is not a place (${Object.keys(topology.places).join(", ")})`)];
  const edges = expand(topology).filter((edge) => concerns(edge, place));
  const lacks = (property: string, needed: readonly Edge[]) =>
    needed.map(({ channel }) => wrong(property, `is missing, and channel "${channel}" needs it`));
  const inAws = (at: string | undefined) => topology.places[at ?? ""]?.aws !== undefined;
  const calls = edges.filter(
    ({ carrier, from, to }) => carrier === "gatewayApi" && to.at === place && inAws(from.at),
  );
  return [
    ...(tokens ? [] : lacks("tokens", calls)),
    ...(kafka || !here.site
      ? []
      : lacks(
          "kafka",
          edges.filter(
            ({ transport, carrier, from }) =>
              transport === "stream" || (carrier === "eventBridgePipe" && from.at === place),
          ),
        )),
    ...(iotEndpoint !== undefined || !here.site
      ? []
      : lacks(
          "iotEndpoint",
          edges.filter(({ transport, crosses }) => transport === "mqtt" && crosses),
        )),
  ];
}
