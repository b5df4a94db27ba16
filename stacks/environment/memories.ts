import { z } from "zod";
import { named } from "./terms";

const memory = z.strictObject({
  at: z.string().describe("place"),
  holds: z.array(z.string()).min(1).describe("datasets that it may hold"),
  keepDays: z.number().describe("7 to 365 in AgentCore"),
  agentcore: z.strictObject({ model: z.string().optional() }).optional(),
  dynamodb: z.strictObject({ ttlAttribute: z.string().optional() }).optional(),
  valkey: z.strictObject({ memory: z.string().describe("such as 8Gi") }).optional(),
});

/** Memories by name: context and progress that agents share, reached by channels only. */
export const memories = named(memory);
