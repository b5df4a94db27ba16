import { awsRegion, awsRegionIds } from "./aws-regions";
import { ANYWHERE } from "./countries";
import zones from "./data/zones.json";
import { factTable, perLayer } from "./fact-table";
import { equinixMetro } from "./metros";

/** Where something is, as exactly as it is known, and who runs it. */
export interface Place {
  /** ISO 3166-1 alpha-2. */
  country: string;
  region?: string;
  partition?: string;
  metro?: string;
  site?: string;
  operator: string;
}

export function placeOfAwsRegion(id: string): Place | undefined {
  const region = awsRegion(id);
  return (
    region && { country: region.country, region: id, partition: region.partition, operator: region.operator }
  );
}

export function placeOfMetro(code: string): Place | undefined {
  const metro = equinixMetro(code);
  return metro && { country: metro.country, metro: code, operator: "equinix" };
}

const localZones = factTable<string>("localZones", zones.asOf, zones.localZones);
const regionOfZoneId = perLayer(
  () =>
    new Map(
      awsRegionIds().flatMap((id) => (awsRegion(id)?.zoneIds ?? []).map((zone) => [zone, id] as const)),
    ),
);

/**
 * The place of an Availability Zone (name or id) or Local Zone. 14 of 35 Local Zones stand in another country than
 * their region, so a zone that no table holds has no place: never the country of its region.
 */
export function placeOfZone(zone: string): Place | undefined {
  const region = regionOfZoneId().get(zone) ?? /^([a-z]{2,4}(?:-[a-z]+)+-\d)[a-z]$/.exec(zone)?.[1];
  if (region !== undefined) return placeOfAwsRegion(region);
  const [, group, parent] = /^((.+-\d)-[a-z]{3}-\d)[a-z]?$/.exec(zone) ?? [];
  const country = group === undefined ? undefined : localZones.get(group);
  const of = parent === undefined ? undefined : placeOfAwsRegion(parent);
  return country !== undefined && of ? { ...of, country } : undefined;
}

/** Countries of the Local Zones of a region that stand abroad: where a subnet that no plan shows could be. */
export function localZoneCountries(region: string): string[] {
  const home = awsRegion(region)?.country;
  const countries = localZones
    .entries()
    .filter(([group]) => group.startsWith(`${region}-`))
    .map(([, country]) => country);
  return [...new Set(countries)].filter((country) => country !== home).sort();
}

/** Where the control plane of services without regions stands (IAM, Route 53, CloudFront), by partition. */
export function controlPlaneHome(partition: string): Place | undefined {
  const region = homes[partition];
  return region === undefined ? undefined : placeOfAwsRegion(region);
}

const homes: { [partition: string]: string | undefined } = {
  aws: "us-east-1",
  "aws-cn": "cn-northwest-1",
  "aws-eusc": "eusc-de-east-1",
  "aws-us-gov": "us-gov-west-1",
};

/** A place as a person reads it: `ap-northeast-1 (JP)`, `metro TY (JP)`, `site ty-cage (JP)`. */
export function describePlace(place: Place): string {
  if (place.country === ANYWHERE) return "any country";
  const name = place.site
    ? `site ${place.site}`
    : (place.region ?? (place.metro ? `metro ${place.metro}` : undefined));
  return name ? `${name} (${place.country})` : place.country;
}
