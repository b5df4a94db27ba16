import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { carrierPlace, queuePlace } from "../ends";
import type { Edge } from "../expansion";
import type { AgentTopology } from "../topology";
import { busArn, createPipe } from "./pipes";
import { ATTEMPTS, createDeadLetters, createQueues, receives } from "./queues";
import {
  type AgentRegion,
  arn,
  channelTags,
  type FabricContext,
  type Granted,
  policyOf,
  regionOf,
} from "./region";
import { serviceRole } from "./service-role";

const DAY = 86_400;

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
    .filter(({ transport }) => transport === "events")
    .flatMap((edge) =>
      openChannel(context, topology, {
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

function openChannel(context: FabricContext, topology: AgentTopology, { edge, from, to }: Way): Granted[] {
  const { name, parent, channels } = context;
  const { channel, declaration } = edge;
  const child = { parent: channels[channel] ?? parent };
  const events = declaration.events;
  if (!events) return [];
  const prefix = `${name}-${channel}`;
  const tags = channelTags(edge);
  const source = `${name}.${edge.from.name}`;
  const eventPattern = JSON.stringify({ source: [source], "detail-type": [events.detailType] });
  const { queue, dead } = createQueues(prefix, edge, to, child);
  admitRule(queue, prefix, to, prefix);
  admitRule(dead, `${prefix}-dead`, to, prefix);
  const undelivered = undeliveredAt(from);
  const buses = new Map([...new Set([from, to])].map((region) => [region.place, createBus(region)]));
  ruleAt(to, prefix, { arn: queue.arn, deadLetterConfig: { arn: dead.arn } });
  if (from.place !== to.place) forward();
  if (events.keepDays !== undefined) archive(events.keepDays);
  if (events.schedule !== undefined) schedule(events.schedule);
  const received = receives(prefix, edge, to);
  if (events.fromTopic !== undefined) {
    pipe();
    return [received];
  }
  return [
    {
      agent: edge.from.name,
      channel,
      actions: ["events:PutEvents"],
      resources: [busArn(from, prefix)],
      conditions: {
        StringEquals: { "events:detail-type": [events.detailType], "events:source": [source] },
      },
    },
    received,
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

  /** Only the one rule may write to a queue or to dead letters. */
  function admitRule(queue: aws.sqs.Queue, queueName: string, at: AgentRegion, ruleName: string): void {
    const policy = JSON.stringify(
      policyOf({
        Sid: "Rule",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: arn(at, "sqs", queueName),
        Condition: { ArnEquals: { "aws:SourceArn": arn(at, "events", `rule/${prefix}/${ruleName}`) } },
      }),
    );
    new aws.sqs.QueuePolicy(queueName, { region: at.region, queueUrl: queue.id, policy }, child);
  }

  /** Dead letters stay in the region of their rule, so that a channel to another region has some at both ends. */
  function undeliveredAt(at: AgentRegion): aws.sqs.Queue {
    if (at.place === to.place) return dead;
    const queueName = `${prefix}-forward-dead`;
    const undelivered = createDeadLetters(`${prefix}-forward`, edge, at, child);
    admitRule(undelivered, queueName, at, `${prefix}-to-${to.place}`);
    return undelivered;
  }

  /** A rule at a bus and its only target; what cannot be delivered becomes a dead letter of the channel. */
  function ruleAt(
    at: AgentRegion,
    ruleName: string,
    target: {
      arn: pulumi.Input<string>;
      roleArn?: pulumi.Input<string>;
      deadLetterConfig: { arn: pulumi.Input<string> };
    },
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
        ...target,
        retryPolicy: { maximumEventAgeInSeconds: DAY, maximumRetryAttempts: ATTEMPTS },
      },
      child,
    );
  }

  /** From the bus of the sender to that of the receiver: a target in another region, by a role that can do nothing else. */
  function forward(): void {
    const target = busArn(to, prefix);
    ruleAt(from, `${prefix}-to-${to.place}`, {
      arn: target,
      roleArn: putsEvents("forward", "events.amazonaws.com", target),
      deadLetterConfig: { arn: undelivered.arn },
    });
  }

  function putsEvents(
    purpose: string,
    service: string,
    bus: string,
    more: object[] = [],
  ): pulumi.Output<string> {
    const statements = [{ Effect: "Allow", Action: "events:PutEvents", Resource: bus }, ...more];
    return serviceRole(
      context,
      `${prefix}-${purpose}`,
      { service, accountId: from.accountId, statements },
      child,
    ).arn;
  }

  /** The sender writes to a topic on its site, and the pipe fetches from there. */
  function pipe(): void {
    const kafka = topology.places[edge.from.at ?? ""]?.site?.kafka;
    const bus = buses.get(to.place);
    if (kafka && bus)
      createPipe(context, edge, to, kafka, { bus: bus.arn, busArn: busArn(to, prefix), source });
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
    const bus = busArn(from, prefix);
    const deadName = from.place === to.place ? `${prefix}-dead` : `${prefix}-forward-dead`;
    // A scheduler writes dead letters by its own role.
    const writes = { Effect: "Allow", Action: "sqs:SendMessage", Resource: arn(from, "sqs", deadName) };
    new aws.scheduler.Schedule(
      prefix,
      {
        region: from.region,
        scheduleExpression,
        flexibleTimeWindow: { mode: "OFF" },
        ...(from.keyArn ? { kmsKeyArn: from.keyArn } : {}),
        target: {
          arn: bus,
          roleArn: putsEvents("schedule", "scheduler.amazonaws.com", bus, [writes]),
          eventbridgeParameters: { detailType: events?.detailType ?? "", source },
          deadLetterConfig: { arn: undelivered.arn },
        },
      },
      child,
    );
  }
}
