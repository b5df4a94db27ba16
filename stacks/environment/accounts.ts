import { z } from "zod";
import { named } from "./terms";

const account = z.strictObject({
  id: z.string().regex(/^\d{12}$/, "must be the 12 digits of an AWS account id"),
  role: z.string().startsWith("arn:").optional().describe("ARN of the role to assume"),
  tokenIssuer: z
    .url()
    .optional()
    .describe(
      "issuer of its outbound tokens, by which sites know agents in AWS; known after its first update",
    ),
});

/** Accounts by name: who owns what stands at a place. */
export const accounts = named(account);
