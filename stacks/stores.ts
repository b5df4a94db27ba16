import type * as pulumi from "@pulumi/pulumi";
import { type StackOutputs, TrainingStore } from "../components";
import { type Environment, isAwsPlace } from "./environment";
import { labelsOf } from "./labels";
import { exportedAt, type RegionLayer } from "./network";
import { fileSystemDecisions } from "./training-decisions";

/** A store as other stacks see it: facts that stay known, beside the references. */
export interface ExportedStore {
  urn: pulumi.Output<string>;
  arn: pulumi.Output<string>;
  id: pulumi.Output<string>;
  type: string;
  place: string;
  dataset: string;
  residency: string[];
}

/** The stores of an environment by `<dataset>-<place>`. */
export type Stores = { [key: string]: StoreIds };

/** What the other layers need of a store, whether this stack creates it or another one did. */
export type StoreIds = Pick<
  TrainingStore,
  | "bucketArn"
  | "keyArn"
  | "fileSystemId"
  | "fileSystemArn"
  | "fileSystemDnsName"
  | "fileSystemMountName"
  | "fileSystemSecurityGroupId"
>;

export function storeKey(dataset: string, place: string): string {
  return `${dataset}-${place}`;
}

/** One store per dataset and place that a transfer fills or a cluster reads, with Lustre where a cluster asks for it. */
export function createStores(
  environment: Environment,
  regions: { [place: string]: RegionLayer },
): { [key: string]: TrainingStore } {
  const stores: { [key: string]: TrainingStore } = {};
  for (const { key, name, region } of storesIn(environment, regions)) {
    const dataset = environment.datasets[name];
    if (!dataset) continue;
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

/** Stores that another stack created. */
export function referToStores(
  environment: Environment,
  regions: { [place: string]: RegionLayer },
  from: StackOutputs<typeof exportTrainingStores>,
): Stores {
  const exported = from.output("stores");
  return Object.fromEntries(
    storesIn(environment, regions).map(({ key, name, region }) => {
      const store = exported.apply((stores) => exportedAt(stores, "stores", key));
      const { bucketArn, keyArn } = store;
      const hasFileSystem = fileSystemNextTo(environment, name, region) !== undefined;
      const ofFiles = (output: pulumi.Output<string | undefined>) =>
        hasFileSystem ? output.apply((text) => text ?? "") : undefined;
      const ids = {
        bucketArn,
        keyArn,
        fileSystemId: ofFiles(store.fileSystemId),
        fileSystemArn: ofFiles(store.fileSystemArn),
        fileSystemDnsName: ofFiles(store.fileSystemDnsName),
        fileSystemMountName: ofFiles(store.fileSystemMountName),
        fileSystemSecurityGroupId: ofFiles(store.fileSystemSecurityGroupId),
      };
      return [key, ids];
    }),
  );
}

/** What other stacks may train from, with the labels that their own packs need. */
export function exportTrainingStores(
  environment: Environment,
  regions: { [place: string]: RegionLayer },
  stores: Stores,
) {
  const exported = Object.fromEntries(
    storesIn(environment, regions).flatMap(({ key, name, region }) => {
      const store = stores[key];
      if (!store) return [];
      const { bucketArn, keyArn, fileSystemId, fileSystemArn } = store;
      const { fileSystemDnsName, fileSystemMountName, fileSystemSecurityGroupId } = store;
      const labels = labelsOf(environment, name);
      const files = {
        fileSystemId,
        fileSystemArn,
        fileSystemDnsName,
        fileSystemMountName,
        fileSystemSecurityGroupId,
      };
      return [[key, { region: region.region, bucketArn, keyArn, ...files, labels }]];
    }),
  );
  return { stores: exported };
}

/** The stores that an environment needs, each once. */
function storesIn(environment: Environment, regions: { [place: string]: RegionLayer }) {
  const used = [
    ...Object.values(environment.transfers).map(({ dataset, to }) => ({ dataset, place: to })),
    ...Object.values(environment.trainingClusters).map(({ store, place }) => ({
      dataset: store.dataset,
      place,
    })),
  ];
  const found = used.flatMap(({ dataset, place }) => {
    const region = regions[place];
    return region ? [[storeKey(dataset, place), { name: dataset, region }] as const] : [];
  });
  return [...new Map(found)].map(([key, store]) => ({ key, ...store }));
}

/** The file system of the first cluster there that wants one for the dataset. */
export function fileSystemNextTo(environment: Environment, dataset: string, region: RegionLayer) {
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

/** What the packs of other stacks must know of the stores. */
export function holdingsOf(
  environment: Environment,
  regions: { [place: string]: RegionLayer },
  stores: { [key: string]: TrainingStore },
): ExportedStore[] {
  return Object.entries(environment.datasets).flatMap(([dataset, { residency }]) =>
    Object.values(regions).flatMap(({ place, region }) => {
      const store = stores[storeKey(dataset, place)];
      if (!store) return [];
      const { urn, bucketArn: arn, bucketName: id, fileSystemArn, fileSystemId } = store;
      const facts = { urn, place: `aws:${region}`, dataset, residency };
      const bucket = { ...facts, arn, id, type: "aws:s3/bucket:Bucket" };
      if (!fileSystemArn || !fileSystemId) return [bucket];
      const type = "aws:fsx/lustreFileSystem:LustreFileSystem";
      return [bucket, { ...facts, arn: fileSystemArn, id: fileSystemId, type }];
    }),
  );
}
