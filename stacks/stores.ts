import type * as pulumi from "@pulumi/pulumi";
import { TrainingStore } from "../components";
import { type Environment, isAwsPlace } from "./environment";
import { labelsOf } from "./labels";
import type { RegionLayer } from "./network";
import { fileSystemDecisions } from "./training-decisions";

/** A store as other stacks see it: facts that stay known, beside the references. */
export interface ExportedStore {
  urn: pulumi.Output<string>;
  arn: pulumi.Output<string>;
  type: string;
  place: string;
  dataset: string;
  residency: string[];
}

/** The stores of an environment by `<dataset>-<place>`. */
export type Stores = { [key: string]: TrainingStore };

export function storeKey(dataset: string, place: string): string {
  return `${dataset}-${place}`;
}

/** One store per dataset and place that a transfer fills or a cluster reads, with Lustre where a cluster asks for it. */
export function createStores(environment: Environment, regions: { [place: string]: RegionLayer }): Stores {
  const used = [
    ...Object.values(environment.transfers).map(({ dataset, to }) => ({ dataset, place: to })),
    ...Object.values(environment.trainingClusters).map(({ store, place }) => ({
      dataset: store.dataset,
      place,
    })),
  ];
  const stores: Stores = {};
  for (const { dataset: name, place } of used) {
    const key = storeKey(name, place);
    const region = regions[place];
    const dataset = environment.datasets[name];
    if (stores[key] || !region || !dataset) continue;
    const keyPlace = dataset.keysIn === undefined ? undefined : environment.places[dataset.keysIn];
    const fileSystem = fileSystemNextTo(environment, name, region);
    stores[key] = new TrainingStore(
      key,
      {
        region: region.region,
        accountId: region.accountId,
        labels: labelsOf(environment, name),
        ...(isAwsPlace(keyPlace) ? { keyRegion: keyPlace.aws } : {}),
        ...(fileSystem ? { fileSystem } : {}),
      },
      { provider: region.provider },
    );
  }
  return stores;
}

/** The file system of the first cluster there that wants one for the dataset. */
function fileSystemNextTo(environment: Environment, dataset: string, region: RegionLayer) {
  const cluster = Object.values(environment.trainingClusters).find(
    ({ place, store }) => place === region.place && store.dataset === dataset && store.fileSystem,
  );
  const decided = cluster && fileSystemDecisions(environment, cluster);
  const subnetId = cluster && subnetIn(environment, region, cluster.zone);
  return decided && subnetId ? { ...decided, vpcId: region.network.vpcId, subnetId } : undefined;
}

/** The private subnet of a place in one of its zones. */
export function subnetIn(
  environment: Environment,
  region: RegionLayer,
  zone: string,
): pulumi.Output<string> | undefined {
  const place = environment.places[region.place];
  return isAwsPlace(place) ? region.network.subnetIds[place.zones.indexOf(zone)] : undefined;
}

/** What other stacks may read of the stores. */
export function exportStores(
  environment: Environment,
  regions: { [place: string]: RegionLayer },
  stores: Stores,
): ExportedStore[] {
  return Object.entries(environment.datasets).flatMap(([dataset, { residency }]) =>
    Object.values(regions).flatMap(({ place, region }) => {
      const store = stores[storeKey(dataset, place)];
      if (!store) return [];
      const { urn, bucketArn: arn } = store;
      return [{ urn, arn, type: "aws:s3/bucket:Bucket", place: region, dataset, residency }];
    }),
  );
}
