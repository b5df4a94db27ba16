import * as aws from "@pulumi/aws";
import type { Edge } from "../expansion";
import { createDeadLetters, createQueues, receives } from "./queues";
import { type AgentRegion, arn, channelTags, type FabricContext, type Granted } from "./region";
import { serviceRole } from "./service-role";

/** Hours that a stream of a rule keeps messages: the least that Kinesis does. */
const STREAM_HOURS = 24;

/**
 * A rule of IoT Core for one channel: hands what comes in on its topic to the queue or stream of the receiver, which then
 * needs no connection of its own. What cannot be handed over becomes a dead letter.
 */
export function createTopicRule(context: FabricContext, edge: Edge, region: AgentRegion): Granted {
  const { name, parent, channels } = context;
  const { channel, declaration } = edge;
  const child = { parent: channels[channel] ?? parent };
  const prefix = `${name}-${channel}`;
  const { topic = "", deliverTo } = declaration.mqtt ?? {};
  const streams = deliverTo === "stream";
  const queues = streams ? undefined : createQueues(prefix, edge, region, child);
  const dead = queues?.dead ?? createDeadLetters(prefix, edge, region, child);
  const stream = streams ? createStream() : undefined;
  const role = serviceRole(
    context,
    `${prefix}-rule`,
    { service: "iot.amazonaws.com", accountId: region.accountId, statements: handsOver() },
    child,
  );
  const toQueue = (queue: aws.sqs.Queue) => ({ queueUrl: queue.url, roleArn: role.arn, useBase64: false });
  new aws.iot.TopicRule(
    prefix,
    {
      region: region.region,
      // Names of rules take no hyphen.
      name: prefix.replace(/-/g, "_"),
      enabled: true,
      sql: `SELECT * FROM '${topic}'`,
      sqlVersion: "2016-03-23",
      ...(queues ? { sqs: [toQueue(queues.queue)] } : {}),
      ...(stream
        ? { kineses: [{ streamName: stream.name, roleArn: role.arn, partitionKey: `\${topic()}` }] }
        : {}),
      errorAction: { sqs: toQueue(dead) },
      tags: channelTags(edge),
    },
    child,
  );
  return streams ? reads(prefix, edge, region) : receives(prefix, edge, region);

  function createStream(): aws.kinesis.Stream {
    return new aws.kinesis.Stream(
      prefix,
      {
        region: region.region,
        // Roles quote the name.
        name: prefix,
        streamModeDetails: { streamMode: "ON_DEMAND" },
        retentionPeriod: STREAM_HOURS,
        encryptionType: "KMS",
        kmsKeyId: region.keyArn ?? "alias/aws/kinesis",
        tags: channelTags(edge),
      },
      child,
    );
  }

  function handsOver(): object[] {
    const to = (action: string, service: string, resource: string) => ({
      Effect: "Allow",
      Action: action,
      Resource: arn(region, service, resource),
    });
    return [
      streams ? to("kinesis:PutRecord", "kinesis", `stream/${prefix}`) : to("sqs:SendMessage", "sqs", prefix),
      to("sqs:SendMessage", "sqs", `${prefix}-dead`),
      ...(region.keyArn
        ? [
            {
              Effect: "Allow",
              Action: ["kms:GenerateDataKey", "kms:Decrypt"],
              Resource: arn(region, "kms", "key/*"),
            },
          ]
        : []),
    ];
  }
}

function reads(name: string, { channel, to }: Edge, region: AgentRegion): Granted {
  return {
    agent: to.name,
    channel,
    actions: [
      "kinesis:DescribeStreamSummary",
      "kinesis:ListShards",
      "kinesis:GetShardIterator",
      "kinesis:GetRecords",
    ],
    resources: [arn(region, "kinesis", `stream/${name}`)],
  };
}
