import { circuitQuotas, soldText } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { FIRST_VLAN, LAST_VLAN } from "../../../components/interconnect/vlans";
import { type Problem, problem, shown } from "../../problems";
import { checkAsn, checkSiteAsn, mbps, named } from "../terms";
import { checkLocation, checkRegion, checkSold, noOtherHosted } from "./sold";

const partner = z.strictObject({
  locationId: z.number().int().positive().describe("number of the Megaport location of AWS's ports"),
  location: z.string().describe("Direct Connect location behind them, such as ATTC1"),
  ports: z
    .strictObject({ red: z.string().optional(), blue: z.string().optional() })
    .describe("product uid of AWS's port in each diversity zone, pinned; maximum needs both"),
});

const serviceKey = z.strictObject({
  maxMbps: mbps.describe("Mbps that a circuit may have"),
  vlan: z.number().int().optional().describe("VLAN of the circuit: a single use needs one"),
  singleUse: z.boolean().default(true),
});

const port = z.strictObject({
  mbps: mbps.describe(`speed of each link: one of ${soldText("megaportPort")}`),
  links: z
    .number()
    .int()
    .min(1)
    .max(circuitQuotas.megaportLagPorts)
    .optional()
    .describe("links of a group (LAG); default: no group"),
  vlan: z.number().int().describe("VLAN of the circuit on each port"),
  serviceKeys: named(serviceKey)
    .default({})
    .describe(
      "leave for others to order a circuit on the first port; the keys are secret outputs of the stack's state",
    ),
});

/** A path over Megaport: from Cloud Routers or ports in both diversity zones to AWS's ports. */
export const megaport = z.strictObject({
  locationId: z
    .number()
    .int()
    .positive()
    .describe("number of the Megaport location of the site's routers or ports"),
  partner,
  bandwidthMbps: mbps.describe(
    `one of ${soldText("hostedConnection")}; with connectType AWS ${soldText("megaportCircuit")}`,
  ),
  connectType: z
    .enum(["AWSHC", "AWS"])
    .default("AWSHC")
    .describe("AWSHC: a hosted connection; AWS: a hosted virtual interface of Megaport's own connection"),
  port: port
    .optional()
    .describe("orders a port for each circuit in place of a Cloud Router; the site speaks BGP"),
  siteAsn: z.number().int().optional().describe("ASN of the site's router: with port"),
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

/** A tier, a place or an ASN that an entry names. */
export function checkMegaport(at: string, megaport: Megaport): Problem[] {
  const { partner, sellerRegion, bandwidthMbps, connectType } = megaport;
  const product = connectType === "AWS" ? "megaportCircuit" : "hostedConnection";
  const noOther = connectType === "AWS" ? "Megaport sells no other circuit" : noOtherHosted;
  return [
    ...checkSold(`${at}.bandwidthMbps`, product, bandwidthMbps, noOther),
    ...checkLocation(`${at}.partner.location`, partner.location),
    ...(Object.keys(partner.ports).length === 0
      ? [problem(`${at}.partner.ports`, "nothing: the uid of a port in red, in blue or in both")]
      : []),
    ...(sellerRegion === undefined ? [] : checkRegion(`${at}.sellerRegion`, sellerRegion)),
    ...(megaport.port ? checkPort(at, megaport, megaport.port) : checkRouter(at, megaport)),
  ];
}

function checkRouter(at: string, { asn, siteAsn, routerMbps, bandwidthMbps }: Megaport): Problem[] {
  return [
    ...(siteAsn === undefined
      ? []
      : [problem(`${at}.siteAsn`, `${siteAsn}: it goes with port; a Cloud Router speaks asn`)]),
    ...(asn === undefined ? [] : checkAsn(`${at}.asn`, asn)),
    ...(routerMbps === undefined
      ? []
      : checkSold(`${at}.routerMbps`, "megaportRouter", routerMbps, "Megaport sells no other Cloud Router")),
    ...(routerMbps !== undefined && routerMbps < bandwidthMbps
      ? [problem(`${at}.routerMbps`, `${routerMbps}: less than the circuit's ${bandwidthMbps} Mbps`)]
      : []),
  ];
}

/** Words of a Cloud Router say nothing where a port begins the circuit. */
function checkPort(at: string, megaport: Megaport, port: NonNullable<Megaport["port"]>): Problem[] {
  const { siteAsn, bandwidthMbps } = megaport;
  const idle = (["asn", "routerMbps", "routerMtu"] as const).flatMap((word) =>
    megaport[word] === undefined
      ? []
      : [
          problem(
            `${at}.${word}`,
            `${megaport[word]}: a word of Cloud Routers, and port begins the circuits`,
          ),
        ],
  );
  const room = port.mbps * (port.links ?? 1);
  return [
    ...idle,
    ...checkSold(`${at}.port.mbps`, "megaportPort", port.mbps, "Megaport sells no other port"),
    ...(room < bandwidthMbps
      ? [problem(`${at}.port.mbps`, `${port.mbps}: less than the circuit's ${bandwidthMbps} Mbps`)]
      : []),
    ...checkVlan(`${at}.port.vlan`, port.vlan),
    ...(siteAsn === undefined
      ? [problem(`${at}.siteAsn`, `${shown(siteAsn)}: port needs the ASN of the site's router`)]
      : checkSiteAsn(`${at}.siteAsn`, siteAsn)),
    ...Object.entries(port.serviceKeys).flatMap(([name, key]) => {
      const path = `${at}.port.serviceKeys.${name}`;
      const unnamed = key.singleUse && key.vlan === undefined;
      return [
        ...(unnamed
          ? [problem(`${path}.vlan`, "nothing: a key for a single use names the VLAN of its circuit")]
          : []),
        ...(key.vlan === undefined ? [] : checkVlan(`${path}.vlan`, key.vlan)),
        ...(key.vlan === port.vlan
          ? [problem(`${path}.vlan`, `${key.vlan} is the VLAN of our own circuit`)]
          : []),
        ...(key.maxMbps > room
          ? [problem(`${path}.maxMbps`, `${key.maxMbps}: the port has ${room} Mbps`)]
          : []),
      ];
    }),
  ];
}

function checkVlan(path: string, vlan: number): Problem[] {
  if (vlan >= FIRST_VLAN && vlan <= LAST_VLAN) return [];
  return [problem(path, `${vlan} is not a VLAN: ${FIRST_VLAN} to ${LAST_VLAN}`)];
}
