import { equinixMetroCodes, fabricRouterPackage, geoScopes, soldText } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { FIRST_VLAN, LAST_VLAN } from "../../../components/interconnect/vlans";
import { type Problem, problem, shown } from "../../problems";
import { checkSiteAsn, cidr, mbps, mustBe } from "../terms";
import { checkLocation, checkRegion, checkSold, noOtherHosted } from "./sold";

/** Which tiers exist is checked with everything else, so that a wrong one hides no other fault. */
export const hostedConnectionMbps = mbps.describe(`one of ${soldText("hostedConnection")}`);

const fabricPort = z.strictObject({
  id: z.string().describe("id of the Fabric port"),
  vlan: z.number().int().describe("VLAN of the circuit on the port; the outer one on a QinQ port"),
  innerVlan: z.number().int().optional().describe("inner VLAN, on a QinQ port"),
});

const virtualDevice = z.strictObject({
  id: z.string().describe("id of the Network Edge device"),
  interface: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe("number of its interface; default: the next free one"),
});

const uplink = z.strictObject({
  port: z.string().describe("id of the site's Fabric port"),
  vlan: z.number().int().describe("VLAN of the uplink on the port"),
  bandwidthMbps: mbps.optional().describe("default: that of the circuits"),
});

/** A path over Equinix Fabric: from a Cloud Router, or from what the site has there, to AWS in a metro. */
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
  geoScope: z
    .enum(Object.keys(geoScopes) as [string, ...string[]])
    .optional()
    .describe("geo zone that circuits may not leave; default: the narrowest that the datasets may pass"),
  routerPackage: z.enum(["LAB", "STANDARD", "ADVANCED", "PREMIUM"]).default("STANDARD"),
  ports: z
    .array(fabricPort)
    .min(1)
    .optional()
    .describe("ports of the site, one for each circuit, in place of a Cloud Router; the site speaks BGP"),
  virtualDevices: z
    .array(virtualDevice)
    .min(1)
    .optional()
    .describe("Network Edge devices, one for each circuit, in place of a Cloud Router; they speak BGP"),
  serviceTokenKeys: z
    .array(z.string())
    .min(1)
    .optional()
    .describe(
      "names of secret config keys with a service token each, one for each circuit, in place of a Cloud Router",
    ),
  uplinks: z
    .array(uplink)
    .min(1)
    .optional()
    .describe("circuits from each Cloud Router to a port of the site, with BGP to the site's router"),
  aggregates: z
    .array(cidr)
    .min(1)
    .optional()
    .describe("prefixes that Cloud Routers announce in place of the longer ones inside them"),
  siteAsn: z
    .number()
    .int()
    .optional()
    .describe("ASN of the site's router or device: where no Cloud Router speaks BGP to AWS, and on uplinks"),
  notifications: z.array(z.email()).min(1).default(["network@example.com"]),
  bgpKey: z.string().optional().describe("name of the secret config key with the BGP MD5 key"),
});

export type EquinixFabric = z.infer<typeof equinixFabric>;

/** What a circuit may begin at in place of a Cloud Router. */
const otherBegins = ["ports", "virtualDevices", "serviceTokenKeys"] as const;

/** What the circuits of an entry begin at, and how many there are; a Cloud Router is ordered for each circuit. */
export function beginsOf(fabric: EquinixFabric): { noun: (typeof otherBegins)[number]; count: number }[] {
  return otherBegins.flatMap((noun) => {
    const count = fabric[noun]?.length;
    return count === undefined ? [] : [{ noun, count }];
  });
}

/** A tier, a place or an ASN that an entry names. */
export function checkEquinixFabric(at: string, fabric: EquinixFabric): Problem[] {
  const { location, metro, sellerRegion, bandwidthMbps, siteAsn } = fabric;
  return [
    ...(metro === undefined ? [] : mustBe(`${at}.metro`, metro, equinixMetroCodes(), "an Equinix metro")),
    ...(location === undefined ? [] : checkLocation(`${at}.location`, location)),
    ...(sellerRegion === undefined ? [] : checkRegion(`${at}.sellerRegion`, sellerRegion)),
    ...checkSold(`${at}.bandwidthMbps`, "hostedConnection", bandwidthMbps, noOtherHosted),
    ...checkPackage(at, fabric),
    ...checkBegin(at, fabric),
    ...checkSiteAsn(`${at}.siteAsn`, siteAsn),
  ];
}

/** A Cloud Router carries what its package says. */
function checkPackage(at: string, fabric: EquinixFabric): Problem[] {
  const { routerPackage, bandwidthMbps } = fabric;
  const limit = fabricRouterPackage(routerPackage)?.circuitMbps;
  if (beginsOf(fabric).length > 0 || limit === undefined || bandwidthMbps <= limit) return [];
  const reason = `${bandwidthMbps}: a ${routerPackage} router carries ${limit} Mbps per circuit`;
  return [problem(`${at}.bandwidthMbps`, reason)];
}

/** At most one kind of begin, with the ASN of who speaks BGP there, and VLANs that are some. */
function checkBegin(at: string, fabric: EquinixFabric): Problem[] {
  const begins = beginsOf(fabric).map(({ noun }) => noun);
  const several =
    begins.length > 1
      ? [problem(at, `${begins.join(" and ")}: at most one of ${otherBegins.join(", ")} in each entry`)]
      : [];
  const { siteAsn, ports = [], uplinks = [], aggregates, bandwidthMbps } = fabric;
  const withoutRouter = begins.length > 0;
  const spoken = withoutRouter || uplinks.length > 0;
  const unspoken =
    spoken === (siteAsn !== undefined)
      ? []
      : [
          problem(
            `${at}.siteAsn`,
            `${shown(siteAsn)}: it goes with ${[...otherBegins, "uplinks"].join(", ")}, where another router speaks BGP`,
          ),
        ];
  const ofRouters = Object.entries({ uplinks: fabric.uplinks, aggregates }).flatMap(([word, value]) =>
    value === undefined || !withoutRouter
      ? []
      : [
          problem(
            `${at}.${word}`,
            `it goes with Cloud Routers, and ${begins.join(" and ")} begin the circuits`,
          ),
        ],
  );
  const narrow = uplinks.flatMap(({ bandwidthMbps: own = bandwidthMbps }, i) => {
    const path = `${at}.uplinks[${i}].bandwidthMbps`;
    return own < bandwidthMbps
      ? [problem(path, `${own}: less than the circuit's ${bandwidthMbps} Mbps`)]
      : checkSold(path, "fabricCircuit", own, "Fabric sells no other circuit");
  });
  const inner = ports.flatMap(({ innerVlan }, i) =>
    innerVlan === undefined || (innerVlan >= FIRST_VLAN && innerVlan <= LAST_VLAN)
      ? []
      : [problem(`${at}.ports[${i}].innerVlan`, `${innerVlan} is not a VLAN: ${FIRST_VLAN} to ${LAST_VLAN}`)],
  );
  return [...several, ...unspoken, ...ofRouters, ...narrow, ...inner];
}
