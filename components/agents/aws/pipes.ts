import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Edge } from "../expansion";
import type { AgentPlaceSiteKafka } from "../topology";
import { type AgentRegion, arn, channelTags, type FabricContext } from "./region";
import { serviceRole } from "./service-role";

/** Consumer group of a pipe: the Kafka of the site lets it in by this name. */
export function pipeGroup(fabric: string, channel: string): string {
  return `${fabric}-${channel}`;
}

/**
 * Takes what a sender writes to a topic on site to the bus of the channel: from private subnets, over the interconnect,
 * with a certificate that the site gave to pipes. Nothing of the site is reached but this one topic.
 */
export function createPipe(
  context: FabricContext,
  edge: Edge,
  region: AgentRegion,
  kafka: AgentPlaceSiteKafka,
  event: { bus: pulumi.Input<string>; busArn: string; source: string },
): void {
  const { channel, declaration } = edge;
  const { name, parent, channels } = context;
  const { events } = declaration;
  if (events?.fromTopic === undefined) return;
  const child = { parent: channels[channel] ?? parent };
  const prefix = `${name}-${channel}`;
  const tags = channelTags(edge);
  const reader = new aws.ec2.SecurityGroup(
    `${prefix}-pipe`,
    {
      region: region.region,
      vpcId: region.vpcId,
      description: `Pipe of channel ${channel} to the Kafka of its site`,
      tags,
    },
    child,
  );
  const role = serviceRole(
    context,
    `${prefix}-pipe`,
    {
      service: "pipes.amazonaws.com",
      accountId: region.accountId,
      statements: [
        { Effect: "Allow", Action: "events:PutEvents", Resource: event.busArn },
        {
          Effect: "Allow",
          Action: "secretsmanager:GetSecretValue",
          Resource: [kafka.clientSecretArn, kafka.caSecretArn],
        },
        // A pipe reaches private subnets by interfaces of its own (EventBridge Pipes user guide, Kafka source).
        {
          Effect: "Allow",
          Action: [
            "ec2:CreateNetworkInterface",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcs",
          ],
          Resource: "*",
        },
      ],
    },
    child,
  );
  new aws.pipes.Pipe(
    prefix,
    {
      region: region.region,
      // The site quotes the name.
      name: prefix,
      roleArn: role.arn,
      source: `smk://${kafka.address}`,
      sourceParameters: {
        selfManagedKafkaParameters: {
          topicName: events.fromTopic,
          consumerGroupId: pipeGroup(name, channel),
          startingPosition: "TRIM_HORIZON",
          credentials: { clientCertificateTlsAuth: kafka.clientSecretArn },
          serverRootCaCertificate: kafka.caSecretArn,
          vpc: { subnets: region.subnetIds, securityGroups: [reader.id] },
        },
      },
      target: event.bus,
      targetParameters: {
        eventbridgeEventBusParameters: { detailType: events.detailType, source: event.source },
      },
      ...(region.keyArn ? { kmsKeyIdentifier: region.keyArn } : {}),
      tags,
    },
    child,
  );
}

/** ARN of the bus of a channel, known before the bus exists. */
export function busArn(region: AgentRegion, name: string): string {
  return arn(region, "events", `event-bus/${name}`);
}
