import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { isAws } from "../ends";
import type { Edge } from "../expansion";
import { mirrorTopics } from "../objects/strimzi";
import type { AgentTopology } from "../topology";
import { createCluster, type StreamCluster } from "./kafka-clusters";
import { arn, type FabricContext, type Granted, kafkaArns, regionOf } from "./region";
import { replicate } from "./replicators";

/** Replicas of a topic: one per zone. */
const REPLICAS = 3;

/** Streams in AWS: a cluster of MSK per region, topics by name, and IAM grants for exactly those. */
export function renderStreams(
  context: FabricContext,
  edges: readonly Edge[],
  topology: AgentTopology,
): { granted: Granted[]; bootstrapServers: { [place: string]: pulumi.Output<string> } } {
  const streams = edges.filter(({ transport }) => transport === "stream");
  const touching = (place: string) => streams.filter(({ from, to }) => from.at === place || to.at === place);
  const places = Object.keys(topology.places).filter(
    (place) => isAws(topology.places[place]) && touching(place).length > 0,
  );
  const clusters = new Map(
    places.map((place) => {
      const brokers = topology.places[place]?.aws?.kafka;
      const replicated = streams.some(
        ({ from, to, crosses }) => crosses && from.at === place && places.includes(to.at ?? ""),
      );
      const offer = { ...(brokers ? { brokers } : {}), edges: touching(place), replicated };
      return [place, createCluster(context, regionOf(context, place), offer)];
    }),
  );
  for (const place of places) for (const edge of touching(place)) createTopic(context, clusters, place, edge);
  replicate(context, clusters, streams);
  return {
    granted: streams.flatMap((edge) => grants(context, edge, places)),
    bootstrapServers: Object.fromEntries(
      [...clusters].map(([place, cluster]) => [place, cluster.bootstrapServers]),
    ),
  };
}

/** The topic at the sender's cluster, and at the receiver's the one that its copy is written to. */
function createTopic(
  { name, parent, regions, channels }: FabricContext,
  clusters: ReadonlyMap<string, StreamCluster>,
  place: string,
  { channel, declaration }: Edge,
): void {
  const cluster = clusters.get(place);
  const { stream } = declaration;
  if (!cluster || !stream) return;
  new aws.msk.Topic(
    `${name}-${channel}-${place}`,
    {
      region: regions[place]?.region,
      clusterArn: cluster.arn,
      name: stream.topic,
      partitionCount: stream.partitions ?? 3,
      replicationFactor: REPLICAS,
      configs: Buffer.from(`retention.ms=${(stream.retentionHours ?? 24) * 3_600_000}`).toString("base64"),
    },
    { parent: channels[channel] ?? parent },
  );
}

/** Service account that Strimzi gives to the mirror of a channel. */
export function mirrorAgent(channel: string): string {
  return `${channel}-mirrormaker2`;
}

function grants(
  context: FabricContext,
  { channel, from, to, declaration, crosses }: Edge,
  places: readonly string[],
): Granted[] {
  const topic = declaration.stream?.topic ?? "";
  const granted = (
    agent: string,
    place: string | undefined,
    actions: string[],
    topics = [topic],
  ): Granted[] =>
    place !== undefined && places.includes(place)
      ? [
          {
            agent,
            channel,
            actions: ["kafka-cluster:Connect", "kafka-cluster:DescribeTopic", ...actions],
            resources: kafkaArns(context.name, regionOf(context, place), topics, agent),
          },
        ]
      : [];
  const writes = ["kafka-cluster:WriteData"];
  const reads = ["kafka-cluster:ReadData", "kafka-cluster:DescribeGroup", "kafka-cluster:AlterGroup"];
  // A mirror on site is a client of the cluster in AWS with a role of its own, for its one topic.
  const mirrored =
    crosses && places.length > 0 && [from.at, to.at].some((place) => !places.includes(place ?? ""));
  return [
    ...(mirrored ? [...copiedTo(), ...granted(mirrorAgent(channel), from.at, reads)] : []),
    ...granted(from.name, from.at, writes),
    ...granted(to.name, to.at, reads),
  ];

  /** Where it writes to, a mirror keeps its state in topics of its own. */
  function copiedTo(): Granted[] {
    const { topics, group } = mirrorTopics(channel);
    return granted(
      mirrorAgent(channel),
      to.at,
      [...writes, "kafka-cluster:WriteDataIdempotently", "kafka-cluster:CreateTopic", ...reads],
      [topic, ...topics],
    ).map((each) => ({
      ...each,
      resources: [
        ...each.resources,
        arn(regionOf(context, to.at ?? ""), "kafka", `group/${context.name}-${to.at}/*/${group}`),
      ],
    }));
  }
}
