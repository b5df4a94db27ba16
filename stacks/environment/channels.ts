import { z } from "zod";
import { named } from "./terms";

const channel = z.strictObject({
  from: z.string().describe("agent"),
  to: z.string().describe("agent, tool or memory"),
  carries: z.array(z.string()).describe("datasets"),
  http: z.strictObject({ paths: z.array(z.string()), methods: z.array(z.string()).optional() }).optional(),
  grpc: z.strictObject({ service: z.string(), methods: z.array(z.string()).optional() }).optional(),
  events: z
    .strictObject({
      detailType: z.string(),
      keepDays: z.number().optional().describe("days in an archive; default: none"),
      schedule: z.string().optional().describe("rate(...) or cron(...)"),
      fromTopic: z.string().optional().describe("topic on site that a pipe fetches events from"),
    })
    .optional(),
  stream: z
    .strictObject({
      topic: z.string(),
      partitions: z.number().optional(),
      retentionHours: z.number().optional(),
    })
    .optional(),
  mqtt: z
    .strictObject({
      topic: z.string(),
      deliverTo: z
        .string()
        .optional()
        .describe("queue or stream that a rule hands messages to; default: the receiver subscribes"),
    })
    .optional(),
  tool: z.strictObject({ operations: z.array(z.string()) }).optional(),
  memory: z.strictObject({ access: z.string().describe("read, write or readWrite") }).optional(),
});

/** Channels by name: the only ways between agents, tools and memories. Exactly one transport each. */
export const channels = named(channel);
