import { z } from "zod";
import { named } from "./terms";

const tool = z.strictObject({
  url: z.string().describe("https address; its host is all that is opened"),
  jurisdiction: z
    .string()
    .default("")
    .describe("country whose law applies to what the tool learns: ISO 3166-1 alpha-2"),
  protocol: z.string().optional().describe("mcp, openapi or http; default: mcp"),
  schema: z.string().optional().describe("OpenAPI description in JSON, which an openapi tool needs"),
  credentialProvider: z.string().optional().describe("name of an OAuth credential provider of AgentCore"),
});

/** Tools by name: what agents call outside the platform. */
export const tools = named(tool);
