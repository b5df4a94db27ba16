import * as aws from "@pulumi/aws";
import { labelTags } from "../../labels";
import type { Edge } from "../expansion";
import type { StreamCluster } from "./kafka-clusters";
import { type AgentRegion, type FabricContext, kafkaArns, regionOf } from "./region";
import { serviceRole } from "./service-role";

/** Between two regions by MSK Replicator, with the topics by name: a pattern would copy what nobody declared. */
export function replicate(
  context: FabricContext,
  clusters: ReadonlyMap<string, StreamCluster>,
  streams: readonly Edge[],
): void {
  const { name, parent, channels } = context;
  for (const edge of streams) {
    const { channel, from, to, declaration, labels } = edge;
    const [source, target] = [clusters.get(from.at ?? ""), clusters.get(to.at ?? "")];
    if (!edge.crosses || !source || !target || !declaration.stream) continue;
    const [at, far] = [regionOf(context, to.at ?? ""), regionOf(context, from.at ?? "")];
    const { topic } = declaration.stream;
    const child = { parent: channels[channel] ?? parent };
    const role = serviceRole(
      context,
      `${name}-${channel}-replicator`,
      {
        service: "kafka.amazonaws.com",
        accountId: at.accountId,
        statements: statements(name, topic, { at, far }),
      },
      child,
    );
    new aws.msk.Replicator(
      `${name}-${channel}`,
      {
        region: at.region,
        replicatorName: `${name}-${channel}`,
        serviceExecutionRoleArn: role.arn,
        kafkaClusters: [
          // To another region it brings no group: it comes by the private connections of the source.
          { amazonMskCluster: { mskClusterArn: source.arn }, vpcConfig: { subnetIds: far.subnetIds } },
          {
            amazonMskCluster: { mskClusterArn: target.arn },
            vpcConfig: { subnetIds: at.subnetIds, securityGroupsIds: [target.clientsGroupId] },
          },
        ],
        replicationInfoList: {
          sourceKafkaClusterArn: source.arn,
          targetKafkaClusterArn: target.arn,
          targetCompressionType: "NONE",
          topicReplications: [
            {
              topicsToReplicates: [topic],
              topicNameConfiguration: { type: "IDENTICAL" },
              copyAccessControlListsForTopics: false,
              detectAndCopyNewTopics: false,
            },
          ],
          consumerGroupReplications: [
            { consumerGroupsToReplicates: [to.name], detectAndCopyNewConsumerGroups: false },
          ],
        },
        tags: { ...labelTags(labels), "hybrid-ai:channel": channel },
      },
      child,
    );
  }
}

/** Reads one topic there and writes it here. Idempotent writes are asked for at both ends (MSK developer guide). */
function statements(
  fabric: string,
  topic: string,
  { at, far }: { at: AgentRegion; far: AgentRegion },
): object[] {
  const of = (region: AgentRegion, actions: string[]) => ({
    Effect: "Allow",
    Action: [
      "kafka-cluster:Connect",
      "kafka-cluster:DescribeCluster",
      "kafka-cluster:DescribeClusterDynamicConfiguration",
      "kafka-cluster:DescribeTopic",
      "kafka-cluster:DescribeTopicDynamicConfiguration",
      "kafka-cluster:DescribeGroup",
      "kafka-cluster:WriteDataIdempotently",
      ...actions,
    ],
    Resource: kafkaArns(fabric, region, [topic], "*"),
  });
  return [
    of(far, ["kafka-cluster:ReadData"]),
    of(at, [
      "kafka-cluster:WriteData",
      "kafka-cluster:AlterTopicDynamicConfiguration",
      "kafka-cluster:AlterGroup",
    ]),
  ];
}
