import table from "./data/zone-offers.json";
import { factTable } from "./fact-table";

interface RegionOffers {
  /** Zones that offer a type, for the types that were collected. */
  zones: { [type: string]: string[] | undefined };
  /** Types with an on-demand price. */
  onDemand: string[];
  /** Types of SageMaker HyperPod. */
  hyperPod: string[];
}

const regions = factTable<RegionOffers>(
  "zoneOffers",
  table.asOf,
  table.regions as unknown as { [region: string]: RegionOffers },
);

/** Newest day of the collection. Offers change, so it can only warn. */
export const zoneOffersAsOf = table.asOf;

/** What the collected offers say about a type in a zone. */
export type ZoneOffer =
  | { offered: "yes" }
  /** The table lists the zones of this type, and this is none of them. */
  | { offered: "elsewhere"; zones: string[] }
  /** The table says nothing about this type in this region. */
  | { offered: "unknown" };

export function zoneOffer(region: string, type: string, zoneId: string): ZoneOffer {
  const zones = regions.get(region)?.zones[type];
  if (!zones) return { offered: "unknown" };
  return zones.includes(zoneId) ? { offered: "yes" } : { offered: "elsewhere", zones };
}

/** Whether SageMaker HyperPod lists a type in a region; undefined where nothing was collected. */
export function hyperPodOffers(region: string, type: string): boolean | undefined {
  const list = regions.get(region)?.hyperPod;
  return list === undefined || list.length === 0 ? undefined : list.includes(type);
}
