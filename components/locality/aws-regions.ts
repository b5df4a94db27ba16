import table from "./data/regions.json";

/** An AWS region: where it stands and who runs it. */
export interface AwsRegion {
  id: string;
  name: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc` ...: nothing crosses between two partitions by itself. */
  partition: string;
  /** ISO 3166-1 alpha-2. The name of a region does not tell it: `eu-west-2` is in GB. */
  country: string;
  operator: string;
  /** Degrees, rounded to the city. */
  lat?: number;
  lon?: number;
  /** Availability Zone ids (`apne1-az1`), the same in every account. */
  zoneIds: string[];
}

const regions: { [id: string]: Omit<AwsRegion, "id"> | undefined } = table.regions;

export function awsRegion(id: string): AwsRegion | undefined {
  const region = Object.hasOwn(regions, id) ? regions[id] : undefined;
  return region && { id, ...region };
}

export function awsRegionIds(): string[] {
  return Object.keys(regions).sort();
}
