import { soldText } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { mbps } from "../terms";

/** Ports of our own at a Direct Connect location. */
export const directConnect = z.strictObject({
  location: z.string().describe("Direct Connect location, such as EQTY2"),
  bandwidthMbps: mbps.describe(`one of ${soldText("dedicatedConnection")}`),
  links: z.number().int().min(1).max(4).optional().describe("links of a group (LAG); default: 1, no group"),
  siteAsn: z.number().int().describe("ASN of the site's router"),
  vlans: z.array(z.number().int()).optional().describe("VLAN of each circuit; default: chosen"),
  allocatedPrefixes: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe("prefixes that a session may take; default: 100"),
  bgpKey: z.string().optional().describe("name of the secret config key with the BGP MD5 key"),
});

export type DirectConnect = z.infer<typeof directConnect>;
