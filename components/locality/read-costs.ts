import { interRegionPrice } from "./prices";

/** GB in a TiB, as bills count them. */
const GB_PER_TIB = 1024 ** 4 / 1e9;

/** USD per GB that leaves a zone and enters another one of the region: 0.01 on each side (EC2 list price, 2026). */
const CROSS_ZONE = 0.02;
/** USD per GB through a NAT gateway (VPC list price, us-east-1, 2026). */
const NAT = 0.045;

/** What reading a store across zones costs, for so many reads of the whole. */
export function crossZoneReadUsd(tib: number, reads: number): number {
  return tib * GB_PER_TIB * CROSS_ZONE * reads;
}

/** What reading data from another region costs; undefined where no price is known. */
export function crossRegionReadUsd(fromRegion: string, tib: number, reads: number): number | undefined {
  const price = interRegionPrice(fromRegion);
  return price && tib * GB_PER_TIB * price.usdPerGB * reads;
}

/** What moving data through a NAT gateway costs. */
export function natUsd(tib: number): number {
  return tib * GB_PER_TIB * NAT;
}
