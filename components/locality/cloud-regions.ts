import { awsRegion } from "./aws-regions";
import table from "./data/cloud-regions.json";
import { factTable } from "./fact-table";

const regions = factTable<string>("cloudRegions", table.asOf, table.regions);

/** Country of a region of AWS, Google Cloud or Azure. Names mean nothing without their cloud: me-central1 is in Qatar at
 * Google, me-central-1 in the United Arab Emirates at AWS. */
export function countryOfCloudRegion(cloud: string, region: string): string | undefined {
  if (cloud === "aws") return awsRegion(region)?.country;
  return regions.get(`${cloud}:${region}`);
}
