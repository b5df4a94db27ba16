import { joinedLabels } from "../../labels";
import { principalPattern } from "../agent-identity";
import { AgentMemory, memoryName } from "../agent-memory";
import type { Edge } from "../expansion";
import type { AgentTopology } from "../topology";
import { arn, type FabricContext, type Granted, regionOf } from "./region";

const actions = {
  dynamodb: {
    read: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"],
    write: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
  },
  agentcore: {
    read: [
      "bedrock-agentcore:GetEvent",
      "bedrock-agentcore:ListEvents",
      "bedrock-agentcore:GetMemoryRecord",
      "bedrock-agentcore:RetrieveMemoryRecords",
    ],
    write: ["bedrock-agentcore:CreateEvent", "bedrock-agentcore:DeleteEvent"],
  },
};

/** Memories in AWS, each with its readers. */
export function renderMemories(
  context: FabricContext,
  edges: readonly Edge[],
  topology: AgentTopology,
): Granted[] {
  return Object.entries(topology.memories).flatMap(([memory, declaration]) => {
    if (declaration.valkey || !topology.places[declaration.at]?.aws) return [];
    const region = regionOf(context, declaration.at);
    const ways = edges.filter(({ to, transport }) => transport === "memory" && to.name === memory);
    const labels = joinedLabels(declaration.holds.flatMap((name) => topology.datasets[name] ?? []));
    if (!labels) return [];
    const name = `${context.name}-${memory}`;
    const readers = ways.map(({ from }) =>
      principalPattern(context.name, from.name, region.accountId, region.region),
    );
    const { agentcore, dynamodb } = declaration;
    new AgentMemory(
      name,
      {
        region: region.region,
        accountId: region.accountId,
        labels,
        keepDays: declaration.keepDays,
        readers: [...new Set(readers)].sort(),
        ...(region.keyArn ? { keyArn: region.keyArn } : {}),
        ...(agentcore ? { agentcore } : {}),
        ...(dynamodb ? { dynamodb } : {}),
      },
      { parent: context.parent },
    );
    const store = agentcore ? "agentcore" : "dynamodb";
    const resource = agentcore
      ? arn(region, "bedrock-agentcore", `memory/${memoryName(name)}-*`)
      : arn(region, "dynamodb", `table/${name}`);
    return ways.map(({ channel, from, declaration: { memory: way } }) => ({
      agent: from.name,
      channel,
      actions: [
        ...(way?.access !== "write" ? actions[store].read : []),
        ...(way?.access !== "read" ? actions[store].write : []),
      ],
      resources: [resource],
    }));
  });
}
