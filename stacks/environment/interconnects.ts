import { directConnectLocationsOfMetro, equinixMetro, geoScopes } from "@hybrid-ai-fabric/locality";
import { z } from "zod";
import { type Problem, problem, shown } from "../problems";
import { awsPlaceNames, countryOf, isAwsPlace, sitePlaceNames } from "./places";
import type { EnvironmentContent } from "./shape";
import { checkAsn, cidr, mbps, mustBe, named } from "./terms";

/** Bandwidths in Mbps that AWS sells as a hosted connection (Direct Connect user guide). */
export const hostedConnectionMbps = [50, 100, 200, 300, 400, 500, 1000, 2000, 5000, 10000, 25000];

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

/** Private paths from a site to its regions. */
export const interconnects = named(interconnect);

export type Interconnect = z.infer<typeof interconnect>;

export function checkInterconnects({ interconnects, places }: EnvironmentContent): Problem[] {
  const sites = sitePlaceNames(places);
  return Object.entries(interconnects).flatMap(([name, { from, to, via, asn }]) => {
    const path = `interconnects.${name}`;
    const site = places[from];
    const metro = site && !isAwsPlace(site) ? site.site.metro : undefined;
    const noLocation =
      metro !== undefined &&
      equinixMetro(metro) !== undefined &&
      directConnectLocationsOfMetro(metro).length === 0;
    const ends = [from, ...to].flatMap((end) => countryOf(places[end]) ?? []);
    const outside = via.flatMap(({ equinixFabric }, i) => {
      const inside = equinixFabric.geoScope === undefined ? undefined : geoScopes[equinixFabric.geoScope];
      const out = inside ? ends.filter((country) => !inside.includes(country)) : [];
      return out.length === 0
        ? []
        : [
            problem(
              `${path}.via[${i}].equinixFabric.geoScope`,
              `${shown(equinixFabric.geoScope)} does not contain both ends (${out.join(", ")} is outside)`,
            ),
          ];
    });
    return [
      ...mustBe(`${path}.from`, from, sites, "a site"),
      ...to.flatMap((end, i) => mustBe(`${path}.to[${i}]`, end, awsPlaceNames(places), "an AWS place")),
      ...(noLocation
        ? [
            problem(
              `places.${from}.site.metro`,
              `${shown(metro)} has no Direct Connect location in an Equinix building`,
            ),
          ]
        : []),
      ...outside,
      ...checkAsn(`${path}.asn`, asn),
    ];
  });
}
