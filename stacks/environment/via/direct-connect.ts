import { circuitQuotas, isSold, locationMbps, soldText } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { validateVlans } from "../../../components/interconnect/vlans";
import { type Problem, problem } from "../../problems";
import { checkSiteAsn, mbps } from "../terms";
import { checkLocation, checkSold } from "./sold";

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

/** A tier, a location, a group or a VLAN that an entry names. */
export function checkDirectConnect(at: string, directConnect: DirectConnect): Problem[] {
  const { location, bandwidthMbps, links = 1, vlans = [], siteAsn } = directConnect;
  const speeds = locationMbps(location);
  const sold = isSold("dedicatedConnection", bandwidthMbps);
  const most = circuitQuotas.lagMembers[bandwidthMbps] ?? links;
  // Each circuit of a path has a connection of its own: a VLAN may stand in both.
  const tags = vlans.map((vlan, i) => ({ path: `${at}.vlans[${i}]`, port: String(i), vlan }));
  const noOther = "AWS sells no other dedicated connection";
  return [
    ...checkLocation(`${at}.location`, location),
    ...checkSold(`${at}.bandwidthMbps`, "dedicatedConnection", bandwidthMbps, noOther),
    ...(speeds && sold && !speeds.includes(bandwidthMbps)
      ? [
          problem(
            `${at}.bandwidthMbps`,
            `${bandwidthMbps}: ${location} has ports of ${speeds.join(", ")} Mbps`,
          ),
        ]
      : []),
    ...(links > most
      ? [problem(`${at}.links`, `${links}: a group of ${bandwidthMbps} Mbps has ${most} links at most`)]
      : []),
    ...validateVlans(tags).map(({ propertyPath, reason }) => problem(propertyPath, reason)),
    ...checkSiteAsn(`${at}.siteAsn`, siteAsn),
  ];
}
