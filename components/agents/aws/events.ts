import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { carrierPlace, DEAD_LETTER_DAYS, type Edge, QUEUE_DAYS, queuePlace } from "../expansion";
import type { AgentTopology } from "../topology";
import {
  type AgentRegion,
  arn,
  channelTags,
  type FabricContext,
  type Granted,
  policyOf,
  regionOf,
} from "./region";

const DAY = 86_400;

/** Tries before a task counts as a dead letter. */
const ATTEMPTS = 5;

/**
 * Events: for each channel a bus of its own, a rule, a queue and its dead letters. On a shared bus every rule sees every
 * event, so that a target in another region could be sent what another channel carries.
 */
export function renderEvents(
  context: FabricContext,
  edges: readonly Edge[],
  topology: AgentTopology,
): Granted[] {
  return edges
    .filter(({ carrier }) => carrier === "eventBridge")
    .flatMap((edge) =>
      openChannel(context, {
        edge,
        from: regionOf(context, carrierPlace(topology, "events", edge.from, edge.to)),
        to: regionOf(context, queuePlace(topology, edge.from, edge.to)),
      }),
    );
}

interface Way {
  edge: Edge;
  from: AgentRegion;
  to: AgentRegion;
}

function openChannel(context: FabricContext, { edge, from, to }: Way): Granted[] {
  const { name, parent, channels } = context;
  const { channel, declaration } = edge;
  const child = { parent: channels[channel] ?? parent };
  const events = declaration.events;
  if (!events) return [];
  const prefix = `${name}-${channel}`;
  const tags = channelTags(edge);
  const source = `${name}.${edge.from.name}`;
  const eventPattern = JSON.stringify({ source: [source], "detail-type": [events.detailType] });
  const { queue, dead } = createQueue();
  const buses = new Map([...new Set([from, to])].map((region) => [region.place, createBus(region)]));
  ruleAt(to, prefix, queue.arn, undefined);
  if (from.place !== to.place) forward();
  if (events.keepDays !== undefined) archive(events.keepDays);
  if (events.schedule !== undefined) schedule(events.schedule);
  return [
    {
      agent: edge.from.name,
      channel,
      actions: ["events:PutEvents"],
      resources: [arn(from, "events", `event-bus/${prefix}`)],
      conditions: {
        StringEquals: { "events:detail-type": [events.detailType], "events:source": [source] },
      },
    },
    {
      agent: edge.to.name,
      channel,
      actions: [
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:ChangeMessageVisibility",
        "sqs:GetQueueAttributes",
      ],
      resources: [arn(to, "sqs", prefix)],
    },
  ];

  function createBus(region: AgentRegion): aws.cloudwatch.EventBus {
    return new aws.cloudwatch.EventBus(
      `${prefix}-${region.place}`,
      {
        region: region.region,
        // The other region and the roles quote the name.
        name: prefix,
        ...(region.keyArn ? { kmsKeyIdentifier: region.keyArn } : {}),
        tags,
      },
      child,
    );
  }

  function createQueue(): { queue: aws.sqs.Queue; dead: aws.sqs.Queue } {
    const kept = {
      region: to.region,
      ...(to.keyArn ? { kmsMasterKeyId: to.keyArn } : { sqsManagedSseEnabled: true }),
      tags,
    };
    const dead = new aws.sqs.Queue(
      `${prefix}-dead`,
      { ...kept, name: `${prefix}-dead`, messageRetentionSeconds: DEAD_LETTER_DAYS * DAY },
      child,
    );
    const queue = new aws.sqs.Queue(
      prefix,
      {
        ...kept,
        // Roles quote the name.
        name: prefix,
        messageRetentionSeconds: QUEUE_DAYS * DAY,
        redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: ATTEMPTS }),
      },
      child,
    );
    for (const [role, each] of [
      ["", queue],
      ["-dead", dead],
    ] as const) {
      const policy = JSON.stringify(
        policyOf({
          Sid: "Rule",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: arn(to, "sqs", `${prefix}${role}`),
          Condition: {
            ArnEquals: { "aws:SourceArn": arn(to, "events", `rule/${prefix}/${prefix}`) },
          },
        }),
      );
      new aws.sqs.QueuePolicy(`${prefix}${role}`, { region: to.region, queueUrl: each.id, policy }, child);
    }
    return { queue, dead };
  }

  /** A rule at a bus and its only target; what cannot be delivered becomes a dead letter of the channel. */
  function ruleAt(
    at: AgentRegion,
    ruleName: string,
    target: pulumi.Input<string>,
    roleArn: pulumi.Input<string> | undefined,
  ): void {
    const bus = buses.get(at.place);
    if (!bus) throw new RangeError(`no bus at ${at.place}`);
    const rule = new aws.cloudwatch.EventRule(
      ruleName,
      { region: at.region, name: ruleName, eventBusName: bus.name, eventPattern, state: "ENABLED", tags },
      child,
    );
    new aws.cloudwatch.EventTarget(
      ruleName,
      {
        region: at.region,
        rule: rule.name,
        eventBusName: bus.name,
        arn: target,
        ...(roleArn ? { roleArn } : { deadLetterConfig: { arn: dead.arn } }),
        retryPolicy: { maximumEventAgeInSeconds: DAY, maximumRetryAttempts: ATTEMPTS },
      },
      child,
    );
  }

  /** From the bus of the sender to that of the receiver: a target in another region, by a role that can do nothing else. */
  function forward(): void {
    const target = arn(to, "events", `event-bus/${prefix}`);
    ruleAt(from, `${prefix}-to-${to.place}`, target, serviceRole("forward", "events.amazonaws.com", target));
  }

  function serviceRole(purpose: string, service: string, bus: string): pulumi.Output<string> {
    const trust = policyOf({
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": from.accountId } },
    });
    const role = new aws.iam.Role(
      `${prefix}-${purpose}`,
      { assumeRolePolicy: JSON.stringify(trust), maxSessionDuration: 3600 },
      child,
    );
    const policy = JSON.stringify(policyOf({ Effect: "Allow", Action: "events:PutEvents", Resource: bus }));
    new aws.iam.RolePolicy(`${prefix}-${purpose}`, { role: role.name, policy }, child);
    return role.arn;
  }

  function archive(retentionDays: number): void {
    const bus = buses.get(from.place);
    if (!bus) return;
    new aws.cloudwatch.EventArchive(
      prefix,
      {
        region: from.region,
        eventSourceArn: bus.arn,
        eventPattern,
        retentionDays,
        ...(from.keyArn ? { kmsKeyIdentifier: from.keyArn } : {}),
      },
      child,
    );
  }

  function schedule(scheduleExpression: string): void {
    const bus = arn(from, "events", `event-bus/${prefix}`);
    const deadLetters = from.place === to.place ? { deadLetterConfig: { arn: dead.arn } } : {};
    new aws.scheduler.Schedule(
      prefix,
      {
        region: from.region,
        scheduleExpression,
        flexibleTimeWindow: { mode: "OFF" },
        ...(from.keyArn ? { kmsKeyArn: from.keyArn } : {}),
        target: {
          arn: bus,
          roleArn: serviceRole("schedule", "scheduler.amazonaws.com", bus),
          eventbridgeParameters: { detailType: events?.detailType ?? "", source },
          ...deadLetters,
        },
      },
      child,
    );
  }
}
