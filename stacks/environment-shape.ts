import { classifications, dataKinds, geoScopes, parseResidency } from "@hybrid-ai-fabric/locality";
import { z } from "zod";

/** The shape of one environment. Names are keys and become Pulumi names; unknown keys are refused everywhere. */

/** Bandwidths in Mbps that AWS sells as a hosted connection (Direct Connect user guide). */
export const hostedConnectionMbps = [50, 100, 200, 300, 400, 500, 1000, 2000, 5000, 10000, 25000];

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,23}$/, "must be 1 to 24 of a-z, 0-9 and -, beginning with a letter");
const named = <T extends z.ZodType>(value: T) => z.record(name, value);
const cidr = z.string().describe("IPv4 prefix, such as 10.16.0.0/16");
const mbps = z.number().int().positive();

const residency = z.string().superRefine((term, context) => {
  const parsed = parseResidency(term);
  if ("problem" in parsed) context.addIssue({ code: "custom", message: parsed.problem, input: term });
});

const account = z.strictObject({
  id: z.string().regex(/^\d{12}$/, "must be the 12 digits of an AWS account id"),
  role: z.string().startsWith("arn:").optional().describe("ARN of the role to assume"),
});

const sitePlace = z.strictObject({
  site: z.strictObject({
    metro: z.string().describe("Equinix metro code, such as TY"),
    country: z.string().describe("ISO 3166-1 alpha-2"),
  }),
  cidrs: z.array(cidr).optional().describe("prefixes of the site that AWS may reach"),
});

const awsPlace = z.strictObject({
  aws: z.string().describe("AWS region"),
  account: z.string().optional(),
  zones: z.array(z.string()).min(1).describe("Availability Zone ids, such as apne1-az1"),
  cidr,
  transitGatewayAsn: z
    .number()
    .int()
    .optional()
    .describe("private ASN; default 64600 and up in order of name"),
});

const dataset = z.strictObject({
  classification: z.enum(classifications),
  kinds: z.array(z.enum(dataKinds() as [string, ...string[]])).default([]),
  residency: z.array(residency).min(1).describe("all must hold"),
  home: z.string(),
  keysIn: z.string().optional().describe("place of the keys; default: where the data is"),
  sizeTiB: z.number().positive(),
  dailyGrowthTiB: z.number().nonnegative().default(0),
});

const equinixFabric = z.strictObject({
  project: z.string().describe("id of the Fabric project"),
  purchaseOrder: z.string().optional(),
  accountNumber: z.string().optional(),
  profile: z.string().describe("id of the service profile AWS Direct Connect"),
  bandwidthMbps: mbps.refine((value) => hostedConnectionMbps.includes(value), {
    error: `must be one of ${hostedConnectionMbps.join(", ")}: AWS sells no other hosted connection`,
  }),
  geoScope: z.enum(Object.keys(geoScopes) as [string, ...string[]]).optional(),
  routerPackage: z.enum(["LAB", "STANDARD", "ADVANCED", "PREMIUM"]).default("STANDARD"),
  notifications: z.array(z.email()).min(1).default(["network@example.com"]),
  bgpKey: z.string().optional().describe("name of the secret config key with the BGP MD5 key"),
});

const via = z.strictObject({ equinixFabric });

const interconnect = z.strictObject({
  from: z.string(),
  to: z.array(z.string()).min(1),
  resiliency: z.enum(["development"]),
  asn: z.number().int().default(64512).describe("ASN of the Direct Connect gateway"),
  linkCidr: cidr.default("169.254.64.0/24").describe("prefix that link addresses are taken from"),
  via: z.array(via).length(1, "must hold one entry: paths over several providers are not available yet"),
});

const transfer = z.strictObject({
  dataset: z.string(),
  from: z.string(),
  to: z.string(),
  source: z.strictObject({ nfs: z.strictObject({ server: z.string(), path: z.string().startsWith("/") }) }),
  agents: z.array(z.string().startsWith("arn:")).min(1).max(4).describe("ARNs of activated DataSync agents"),
  window: z.strictObject({ hours: z.number().positive(), schedule: z.string() }),
  bandwidthMbps: mbps.optional().describe("limit; default: none"),
});

const budgets = z.strictObject({ transferHours: named(z.number().positive()).default({}) });

export const environmentShape = z.strictObject({
  accounts: named(account).default({}),
  places: named(z.union([sitePlace, awsPlace])),
  datasets: named(dataset),
  interconnects: named(interconnect).default({}),
  transfers: named(transfer).default({}),
  budgets: budgets.default({ transferHours: {} }),
});

export type EnvironmentContent = z.infer<typeof environmentShape>;
export type Environment = EnvironmentContent & { name: string };
export type SitePlace = z.infer<typeof sitePlace>;
export type AwsPlace = z.infer<typeof awsPlace>;
export type Dataset = z.infer<typeof dataset>;
export type Interconnect = z.infer<typeof interconnect>;
export type Transfer = z.infer<typeof transfer>;

export function isAwsPlace(place: SitePlace | AwsPlace | undefined): place is AwsPlace {
  return place !== undefined && "aws" in place;
}
