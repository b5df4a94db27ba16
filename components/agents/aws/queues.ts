import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Edge } from "../expansion";
import { DEAD_LETTER_DAYS, QUEUE_DAYS } from "../flow";
import { type AgentRegion, arn, channelTags, type Granted } from "./region";

const DAY = 86_400;

/** Tries before a task counts as a dead letter. */
export const ATTEMPTS = 5;

export interface Queues {
  queue: aws.sqs.Queue;
  dead: aws.sqs.Queue;
}

/** The queue of a channel in the region of its receiver, and beside it what nobody could work off. */
export function createQueues(
  name: string,
  edge: Edge,
  region: AgentRegion,
  child: pulumi.CustomResourceOptions,
): Queues {
  const dead = createDeadLetters(name, edge, region, child);
  const queue = new aws.sqs.Queue(
    name,
    {
      ...encrypted(edge, region),
      // Roles quote the name.
      name,
      messageRetentionSeconds: QUEUE_DAYS * DAY,
      redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: ATTEMPTS }),
    },
    child,
  );
  return { queue, dead };
}

export function createDeadLetters(
  name: string,
  edge: Edge,
  region: AgentRegion,
  child: pulumi.CustomResourceOptions,
): aws.sqs.Queue {
  return new aws.sqs.Queue(
    `${name}-dead`,
    {
      ...encrypted(edge, region),
      name: `${name}-dead`,
      messageRetentionSeconds: DEAD_LETTER_DAYS * DAY,
    },
    child,
  );
}

function encrypted(edge: Edge, { region, keyArn }: AgentRegion) {
  return {
    region,
    ...(keyArn ? { kmsMasterKeyId: keyArn } : { sqsManagedSseEnabled: true }),
    tags: channelTags(edge),
  };
}

/** The receiver works its queue off. */
export function receives(name: string, { channel, to }: Edge, region: AgentRegion): Granted {
  return {
    agent: to.name,
    channel,
    actions: [
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:ChangeMessageVisibility",
      "sqs:GetQueueAttributes",
    ],
    resources: [arn(region, "sqs", name)],
  };
}
