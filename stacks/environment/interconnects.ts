import { z } from "zod";
import { MOST_PATHS } from "../interconnect-decisions";
import type { Problem } from "../problems";
import { checkInterconnect } from "./path/checks";
import type { EnvironmentContent } from "./shape";
import { cidr, named } from "./terms";
import { transitEvidence } from "./transit-evidence";
import { directConnect } from "./via/direct-connect";
import { equinixFabric } from "./via/equinix-fabric";
import { megaport } from "./via/megaport";

const via = z.strictObject({
  equinixFabric: equinixFabric.optional(),
  megaport: megaport.optional(),
  directConnect: directConnect.optional(),
});

const macsec = z.strictObject({
  cknKey: z.string().describe("name of the secret config key with the key's name (CKN)"),
  cakKey: z.string().describe("name of the secret config key with the key itself (CAK)"),
  mode: z.enum(["must_encrypt", "should_encrypt"]).default("must_encrypt"),
});

const coreNetwork = z.strictObject({
  id: z.string().describe("id of the Cloud WAN core network"),
  edgeLocations: z
    .array(z.string())
    .min(1)
    .describe("regions of the core network that the gateway is reachable from: data can go to each of them"),
  routingPolicyLabel: z.string().optional(),
});

const routes = z.strictObject({
  inbound: z.array(cidr).min(1).optional().describe("what routers may learn from AWS; default: everything"),
  outbound: z.array(cidr).min(1).optional().describe("what routers may announce to AWS; default: everything"),
});

const interconnect = z.strictObject({
  from: z.string(),
  to: z.array(z.string()).min(1).describe("AWS places that the site may reach, in one or several regions"),
  resiliency: z.enum(["development", "high", "maximum"]),
  circuits: z
    .union([z.literal(1), z.literal(2)])
    .optional()
    .describe("circuits of development; default: 2, on two devices"),
  shareLoad: z.boolean().default(false).describe("all circuits carry; default: one carries, the others wait"),
  asn: z.number().int().default(64512).describe("ASN of the Direct Connect gateway"),
  linkCidr: cidr.default("169.254.64.0/24").describe("prefix that link addresses are taken from"),
  linkCidrIpv6: z
    .string()
    .optional()
    .describe("IPv6 prefix such as fd00:64::/64 that the /127 of uplinks are taken from; default: IPv4 only"),
  ipv6: z.boolean().default(false).describe("speaks IPv6 too, over addresses that Amazon allocates"),
  via: z.array(via).min(1).max(MOST_PATHS).describe("paths in order of preference; the first stays first"),
  virtualInterface: z
    .enum(["transit", "private"])
    .default("transit")
    .describe(
      "transit: to the transit gateways of the places; private: to a gateway of each place's network",
    ),
  coreNetwork: coreNetwork.optional().describe("Cloud WAN behind the gateway in place of transit gateways"),
  connectionAccount: z
    .string()
    .optional()
    .describe(
      "account that takes the circuits and offers them to the one of the places; default: that one itself",
    ),
  routes: routes
    .optional()
    .describe("prefixes that pass the routers that are ordered, longer ones inside them too"),
  encryption: z.strictObject({ macsec }).optional(),
  siteLink: z
    .strictObject({
      approvedBy: z
        .string()
        .min(1)
        .describe("id of the exemption in the settings that allows it, such as a change number"),
    })
    .optional()
    .describe("sites reach each other over Amazon's backbone; default: off"),
  transitEvidence: transitEvidence.optional(),
  allowReplacement: z.string().optional().describe("place that circuits may leave; remove it when they have"),
  protect: z.boolean().default(true).describe("false lets circuits be deleted"),
});

/** Private paths from a site to its regions. */
export const interconnects = named(interconnect);

export type Interconnect = z.infer<typeof interconnect>;
export type Via = z.infer<typeof via>;

export function checkInterconnects(environment: EnvironmentContent): Problem[] {
  return Object.entries(environment.interconnects).flatMap(([name, declared]) =>
    checkInterconnect(name, declared, environment),
  );
}
