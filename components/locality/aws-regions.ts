import table from "./data/regions.json";
import { factTable } from "./fact-table";

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

const regions = factTable<Omit<AwsRegion, "id">>("regions", table.asOf, table.regions);

export function awsRegion(id: string): AwsRegion | undefined {
  const region = regions.get(id);
  return region && { id, ...region };
}

export function awsRegionIds(): string[] {
  return regions.keys().sort();
}
