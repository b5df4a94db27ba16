import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { joinedLabels, labelTags } from "../../labels";
import { type Edge, isAws } from "../expansion";
import type { AgentTopology } from "../topology";
import { type AgentRegion, arn, type FabricContext, type Granted, regionOf } from "./region";

/** Replicas of a topic: one per zone. */
const REPLICAS = 3;

/** Streams in AWS: a serverless cluster of MSK per region, topics by name, and IAM grants for exactly those. */
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
    places.map((place) => [place, createCluster(context, regionOf(context, place), touching(place))]),
  );
  for (const place of places) for (const edge of touching(place)) createTopic(context, clusters, place, edge);
  replicate(context, clusters, streams);
  return {
    granted: streams.flatMap((edge) => grants(context, edge, places)),
    bootstrapServers: Object.fromEntries(
      [...clusters].map(([place, cluster]) => [place, cluster.bootstrapBrokersSaslIam]),
    ),
  };
}

function clusterName(fabric: string, { place }: AgentRegion): string {
  return `${fabric}-${place}`;
}

function createCluster(
  { name, parent }: FabricContext,
  region: AgentRegion,
  edges: readonly Edge[],
): aws.msk.ServerlessCluster {
  const labels = joinedLabels(edges.map((edge) => edge.labels));
  const tags = labels ? labelTags(labels) : {};
  const clients = new aws.ec2.SecurityGroup(
    `${name}-${region.place}-stream`,
    {
      region: region.region,
      vpcId: region.vpcId,
      description: "Agents that stream by Kafka with IAM",
      ingress: [{ protocol: "tcp", fromPort: 9098, toPort: 9098, cidrBlocks: region.callerCidrs }],
      tags,
    },
    { parent },
  );
  return new aws.msk.ServerlessCluster(
    `${name}-${region.place}`,
    {
      region: region.region,
      // Roles quote the name.
      clusterName: clusterName(name, region),
      clientAuthentication: { sasl: { iam: { enabled: true } } },
      vpcConfigs: [{ subnetIds: region.subnetIds, securityGroupIds: [clients.id] }],
      tags,
    },
    { parent },
  );
}

/** The topic at the sender's cluster, and at the receiver's the one that its copy is written to. */
function createTopic(
  { name, parent, regions, channels }: FabricContext,
  clusters: ReadonlyMap<string, aws.msk.ServerlessCluster>,
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

/** Between two regions by MSK Replicator, with the topics by name: a pattern would copy what nobody declared. */
function replicate(
  context: FabricContext,
  clusters: ReadonlyMap<string, aws.msk.ServerlessCluster>,
  streams: readonly Edge[],
): void {
  const { name, parent, channels } = context;
  for (const edge of streams) {
    const { channel, from, to, declaration, labels } = edge;
    const [source, target] = [clusters.get(from.at ?? ""), clusters.get(to.at ?? "")];
    if (!edge.crosses || !source || !target || !declaration.stream) continue;
    const [at, far] = [regionOf(context, to.at ?? ""), regionOf(context, from.at ?? "")];
    const tags = { ...labelTags(labels), "hybrid-ai:channel": channel };
    const role = replicatorRole(context, edge, at, far);
    new aws.msk.Replicator(
      `${name}-${channel}`,
      {
        region: at.region,
        replicatorName: `${name}-${channel}`,
        serviceExecutionRoleArn: role.arn,
        kafkaClusters: [
          { amazonMskCluster: { mskClusterArn: source.arn }, vpcConfig: { subnetIds: far.subnetIds } },
          { amazonMskCluster: { mskClusterArn: target.arn }, vpcConfig: { subnetIds: at.subnetIds } },
        ],
        replicationInfoList: {
          sourceKafkaClusterArn: source.arn,
          targetKafkaClusterArn: target.arn,
          targetCompressionType: "NONE",
          topicReplications: [
            {
              topicsToReplicates: [declaration.stream.topic],
              topicNameConfiguration: { type: "IDENTICAL" },
              copyAccessControlListsForTopics: false,
              detectAndCopyNewTopics: false,
            },
          ],
          consumerGroupReplications: [
            { consumerGroupsToReplicates: [to.name], detectAndCopyNewConsumerGroups: false },
          ],
        },
        tags,
      },
      { parent: channels[channel] ?? parent },
    );
  }
}

function replicatorRole(
  { name, parent, channels }: FabricContext,
  { channel, declaration }: Edge,
  at: AgentRegion,
  far: AgentRegion,
): aws.iam.Role {
  const statement = {
    Effect: "Allow",
    Principal: { Service: "kafka.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": at.accountId } },
  };
  const role = new aws.iam.Role(
    `${name}-${channel}-replicator`,
    {
      assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      maxSessionDuration: 3600,
    },
    { parent: channels[channel] ?? parent },
  );
  const topic = declaration.stream?.topic ?? "";
  const of = (region: AgentRegion, actions: string[]) => ({
    Effect: "Allow",
    Action: actions,
    Resource: kafkaArns(name, region, topic, "*"),
  });
  const policy = {
    Version: "2012-10-17",
    Statement: [
      of(far, [
        "kafka-cluster:Connect",
        "kafka-cluster:DescribeTopic",
        "kafka-cluster:ReadData",
        "kafka-cluster:DescribeGroup",
      ]),
      of(at, [
        "kafka-cluster:Connect",
        "kafka-cluster:DescribeTopic",
        "kafka-cluster:WriteData",
        "kafka-cluster:AlterGroup",
      ]),
    ],
  };
  new aws.iam.RolePolicy(
    `${name}-${channel}-replicator`,
    { role: role.name, policy: JSON.stringify(policy) },
    { parent: channels[channel] ?? parent },
  );
  return role;
}

/** Service account that Strimzi gives to the mirror of a channel. */
export function mirrorAgent(channel: string): string {
  return `${channel}-mirrormaker2`;
}

/** ARNs of one topic and group; the uuid in the middle is only known when the cluster exists. */
function kafkaArns(fabric: string, region: AgentRegion, topic: string, group: string): string[] {
  const cluster = clusterName(fabric, region);
  return [
    arn(region, "kafka", `cluster/${cluster}/*`),
    arn(region, "kafka", `topic/${cluster}/*/${topic}`),
    arn(region, "kafka", `group/${cluster}/*/${group}`),
  ];
}

function grants(
  context: FabricContext,
  { channel, from, to, declaration, crosses }: Edge,
  places: readonly string[],
): Granted[] {
  const topic = declaration.stream?.topic ?? "";
  const granted = (agent: string, place: string | undefined, actions: string[]): Granted[] =>
    place !== undefined && places.includes(place)
      ? [
          {
            agent,
            channel,
            actions,
            resources: kafkaArns(context.name, regionOf(context, place), topic, agent),
          },
        ]
      : [];
  // A mirror on site is a client of the cluster in AWS with a role of its own, for its one topic.
  const mirrored =
    crosses && places.length > 0 && [from.at, to.at].some((place) => !places.includes(place ?? ""));
  const cluster = [from.at, to.at].find((place) => places.includes(place ?? ""));
  const toAws = cluster === to.at;
  return [
    ...(mirrored
      ? granted(mirrorAgent(channel), cluster, [
          "kafka-cluster:Connect",
          "kafka-cluster:DescribeTopic",
          toAws ? "kafka-cluster:WriteData" : "kafka-cluster:ReadData",
          "kafka-cluster:DescribeGroup",
          "kafka-cluster:AlterGroup",
        ])
      : []),
    ...granted(from.name, from.at, [
      "kafka-cluster:Connect",
      "kafka-cluster:DescribeTopic",
      "kafka-cluster:WriteData",
    ]),
    ...granted(to.name, to.at, [
      "kafka-cluster:Connect",
      "kafka-cluster:DescribeTopic",
      "kafka-cluster:ReadData",
      "kafka-cluster:DescribeGroup",
      "kafka-cluster:AlterGroup",
    ]),
  ];
}
