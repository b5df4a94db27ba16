import { geoScopes, soldText } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { mbps } from "../terms";

/** Which tiers exist is checked with everything else, so that a wrong one hides no other fault. */
export const hostedConnectionMbps = mbps.describe(`one of ${soldText("hostedConnection")}`);

const fabricPort = z.strictObject({
  id: z.string().describe("id of the Fabric port"),
  vlan: z.number().int().describe("VLAN of the circuit on the port"),
});

/** A path over Equinix Fabric: from a Cloud Router, or from ports of the site, to AWS in a metro. */
export const equinixFabric = z.strictObject({
  project: z.string().describe("id of the Fabric project"),
  purchaseOrder: z.string().optional(),
  accountNumber: z.string().optional(),
  profile: z.string().describe("id of the service profile AWS Direct Connect"),
  bandwidthMbps: hostedConnectionMbps,
  metro: z.string().optional().describe("metro of the hand-over to AWS; default: the one of the site"),
  location: z.string().optional().describe("Direct Connect location; default: the one of the metro"),
  sellerRegion: z
    .string()
    .optional()
    .describe("region of the hosted connection; default: the one that the location is associated with"),
  geoScope: z.enum(Object.keys(geoScopes) as [string, ...string[]]).optional(),
  routerPackage: z.enum(["LAB", "STANDARD", "ADVANCED", "PREMIUM"]).default("STANDARD"),
  ports: z
    .array(fabricPort)
    .min(1)
    .optional()
    .describe("ports of the site, one for each circuit, in place of a Cloud Router; the site speaks BGP"),
  siteAsn: z.number().int().optional().describe("ASN of the site's router: with ports"),
  notifications: z.array(z.email()).min(1).default(["network@example.com"]),
  bgpKey: z.string().optional().describe("name of the secret config key with the BGP MD5 key"),
});

export type EquinixFabric = z.infer<typeof equinixFabric>;
