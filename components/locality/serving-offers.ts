import { awsRegionIds } from "./aws-regions";
import table from "./data/serving-offers.json";
import { factTable, perLayer } from "./fact-table";
import { bareType } from "./serving-instances";

/** Services of a region that serving and knowledge are built from. */
export type ServingService =
  | "hosting"
  | "inferenceComponents"
  | "featureGroups"
  | "openSearchServerless"
  | "openSearch"
  | "s3Vectors"
  | "globalAccelerator";

/** Where a type runs: on an endpoint of SageMaker, or on an EC2 instance. */
export type HostedBy = "hosting" | "onDemand";

interface RegionOffers {
  services: string[];
  hosting: string[];
  onDemand: string[];
}

const regions = factTable<RegionOffers>("servingOffers", table.asOf, table.regions);

/** Day of the collection, for messages that rest on it. */
export const servingOffersAsOf = table.asOf;

/** Whether a region has a service; undefined for a region that was not collected. */
export function hasService(region: string, service: ServingService): boolean | undefined {
  return offersOf(region)?.services.includes(service);
}

/** What the collection says about a type in a region. */
export interface TypeOffer {
  offered: boolean;
  /** `type` when the list names the type itself, `family` when only a larger size of its family was collected. */
  by: "type" | "family";
}

/** Undefined where nothing was collected about the type or its family: that is not the same as "not offered". */
export function typeOffer(region: string, type: string, hostedBy: HostedBy): TypeOffer | undefined {
  const offers = offersOf(region);
  const id = bareType(type);
  if (!offers) return undefined;
  if (collected(hostedBy).has(id)) return { offered: offers[hostedBy].includes(id), by: "type" };
  const family = id.split(".", 1)[0] ?? id;
  const known = [...collected(hostedBy)].some((other) => other.startsWith(`${family}.`));
  if (!known) return undefined;
  return { offered: offers[hostedBy].some((other) => other.startsWith(`${family}.`)), by: "family" };
}

/** Regions whose list holds the type, or a larger size of its family. */
export function regionsOffering(type: string, hostedBy: HostedBy): string[] {
  return awsRegionIds().filter((region) => typeOffer(region, type, hostedBy)?.offered === true);
}

function offersOf(region: string): RegionOffers | undefined {
  return regions.get(region);
}

const collectedTypes = perLayer(() => ({
  hosting: new Set(regions.entries().flatMap(([, offers]) => offers.hosting)),
  onDemand: new Set(regions.entries().flatMap(([, offers]) => offers.onDemand)),
}));

function collected(hostedBy: HostedBy): ReadonlySet<string> {
  return collectedTypes()[hostedBy];
}
