import type * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, joinedLabels, labelTags } from "../../labels";
import { createCustomerKey } from "../../storage/customer-key";
import { rolePattern } from "../agent-identity";
import type { Edge } from "../expansion";
import type { AgentTopology } from "../topology";
import type { AgentRegion } from "./region";

/** What is restricted in a place: on channels that touch it, and in what is remembered there. */
export function restrictedAt(
  place: string,
  edges: readonly Edge[],
  { memories, datasets }: AgentTopology,
): DatasetLabels | undefined {
  const carried = edges
    .filter(({ from, to, flow }) => [from.at, to.at, ...flow.stores.map(({ at }) => at)].includes(place))
    .map(({ labels }) => labels);
  const remembered = Object.values(memories)
    .filter(({ at }) => at === place)
    .flatMap(({ holds }) => holds.flatMap((name) => datasets[name] ?? []));
  return joinedLabels(
    [...carried, ...remembered].filter(({ classification }) => classification === "restricted"),
  );
}

/** Services that keep or hand on what channels carry. */
const services = [
  "bedrock-agentcore.amazonaws.com",
  "delivery.logs.amazonaws.com",
  "dynamodb.amazonaws.com",
  "events.amazonaws.com",
  "iot.amazonaws.com",
  "kafka.amazonaws.com",
  "kinesis.amazonaws.com",
  "pipes.amazonaws.com",
  "scheduler.amazonaws.com",
  "sqs.amazonaws.com",
];

/** The key of one region for queues, buses, streams, logs and memories: its services and the roles of agents use it. */
export function createRegionKey(
  name: string,
  { place, region, accountId }: AgentRegion,
  labels: DatasetLabels,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  return createCustomerKey(
    `${name}-${place}`,
    {
      region,
      accountId,
      description: `What agents keep at ${place}`,
      services: [...services, `logs.${region}.amazonaws.com`],
      users: [rolePattern(name, accountId, region)],
      tags: labelTags(labels),
    },
    { parent },
  ).arn;
}
