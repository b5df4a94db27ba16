import { z } from "zod";
import { validateAgentLayer } from "../agent-topology";
import type { Problem } from "../problems";
import type { EnvironmentContent } from "./shape";
import { named } from "./terms";

const declassification = z.strictObject({
  from: z.string(),
  to: z.string(),
  approval: z.string().describe("id of an approval in the settings of the packs"),
});

const agent = z.strictObject({
  at: z.string().describe("place"),
  runtime: z.string().describe("eks, ecs or agentcore in AWS; kubernetes on a site"),
  namespace: z.string().optional().describe("default: agents"),
  image: z.string().optional().describe("container image; AgentCore needs one"),
  port: z.number().int().optional().describe("default: 8080"),
  model: z.string().optional().describe("model or inference profile of Bedrock; on a site its own model"),
  holds: z
    .array(z.string())
    .optional()
    .describe("datasets that it may receive; default: what its place allows"),
  declassifies: z.array(declassification).optional(),
});

/** Agents by name: who works where, and with what. */
export const agents = named(agent);

/** The whole layer at once: what one noun names must be among the others. */
export function checkAgents(environment: EnvironmentContent): Problem[] {
  return validateAgentLayer(environment);
}
