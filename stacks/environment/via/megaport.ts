import { soldText } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { mbps } from "../terms";
import { hostedConnectionMbps } from "./equinix-fabric";

const partner = z.strictObject({
  locationId: z.number().int().positive().describe("number of the Megaport location of AWS's ports"),
  location: z.string().describe("Direct Connect location behind them, such as ATTC1"),
  ports: z
    .strictObject({ red: z.string().optional(), blue: z.string().optional() })
    .describe("product uid of AWS's port in each diversity zone, pinned; maximum needs both"),
});

/** A path over Megaport: from Cloud Routers in both diversity zones to AWS's ports. */
export const megaport = z.strictObject({
  locationId: z.number().int().positive().describe("number of the Megaport location of the site's routers"),
  partner,
  bandwidthMbps: hostedConnectionMbps,
  routerMbps: mbps
    .optional()
    .describe(`one of ${soldText("megaportRouter")}; default: the smallest that carries the circuit`),
  routerMtu: z.number().int().min(1500).max(9100).optional().describe("default: 1500"),
  asn: z.number().int().optional().describe("ASN of the routers; default: 133937, Megaport's own"),
  sellerRegion: z.string().optional().describe("default: the region that the location is associated with"),
  contractTermMonths: z.literal([1, 12, 24, 36, 48, 60]).default(12),
  bgpKey: z.string().optional().describe("name of the secret config key with the BGP MD5 key"),
});

export type Megaport = z.infer<typeof megaport>;
