import table from "./data/interconnect.json";
import { factTable } from "./fact-table";

/** Limits of products are dated like all facts, and no choice of the user. */
factTable("interconnectLimits", table.asOf, {}, { examples: [] });

/** A product of the private path whose bandwidth is sold in steps or inside a range. */
export type BandwidthProduct = Exclude<keyof typeof table.bandwidth, "hundredGigOnly">;

/** Bandwidths in Mbps that a product is sold in; a range where any whole number is sold. */
export interface BandwidthOffer {
  mbps?: number[];
  from?: number;
  to?: number;
}

export function bandwidthOffer(product: BandwidthProduct): BandwidthOffer {
  return table.bandwidth[product];
}

/** True when the product is sold with exactly this bandwidth. */
export function isSold(product: BandwidthProduct, mbps: number): boolean {
  const { mbps: steps, from = 1, to = Number.POSITIVE_INFINITY } = bandwidthOffer(product);
  return steps ? steps.includes(mbps) : Number.isInteger(mbps) && mbps >= from && mbps <= to;
}

/** Bandwidths for messages: `50, 100, 200` or `10 to 50000`. */
export function soldText(product: BandwidthProduct): string {
  const { mbps, from, to } = bandwidthOffer(product);
  return mbps ? mbps.join(", ") : `${from} to ${to}`;
}

/** True for hosted connections that only exist on a 100 Gbps port of the partner. */
export function needsHundredGigPort(mbps: number): boolean {
  return table.bandwidth.hundredGigOnly.includes(mbps);
}

/** Port speeds in Mbps of a Direct Connect location; undefined where no table says. */
export function locationMbps(code: string): number[] | undefined {
  const speeds: { [code: string]: number[] | undefined } = table.locationMbps;
  return Object.hasOwn(speeds, code) ? speeds[code] : undefined;
}

/** What a Fabric Cloud Router package takes. BASIC is in the enum of the API, its numbers are not published. */
export interface FabricRouterPackage {
  circuitMbps: number;
  routesIpv4: number;
  routesIpv6: number;
}

export function fabricRouterPackage(code: string): FabricRouterPackage | undefined {
  const packages: { [code: string]: FabricRouterPackage | undefined } = table.fabricRouterPackages;
  return Object.hasOwn(packages, code) ? packages[code] : undefined;
}

export function fabricRouterPackageCodes(): string[] {
  return Object.keys(table.fabricRouterPackages);
}

/** Largest packets in bytes of the hops of a private path. */
export const pathMtu = table.mtu;

/** Prefixes and associations that AWS takes. */
export const prefixQuotas = table.prefixes;

/** Failure detection of BGP sessions. */
export const bfdLimits = table.bfd;
