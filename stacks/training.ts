import { EfaCluster, planFileSystem } from "../components";
import type { Environment } from "./environment";
import type { RegionLayer } from "./network";
import { fileSystemNextTo, type StoreIds, type Stores, storeKey, subnetIn } from "./stores";
import { clusterDecisions } from "./training-decisions";

/** What nodes mount, where the store has a file system. */
function mounts(
  { fileSystemId, fileSystemDnsName, fileSystemMountName }: StoreIds,
  decided: ReturnType<typeof fileSystemNextTo>,
) {
  if (!fileSystemId || !fileSystemDnsName || !fileSystemMountName || !decided) return {};
  return {
    fileSystem: {
      id: fileSystemId,
      dnsName: fileSystemDnsName,
      mountName: fileSystemMountName,
      gib: planFileSystem(decided).capacityGiB,
    },
  };
}

/** The training clusters, each next to its store. */
export function createTraining(
  environment: Environment,
  regions: { [place: string]: RegionLayer },
  stores: Stores,
): void {
  for (const [name, cluster] of Object.entries(environment.trainingClusters)) {
    const region = regions[cluster.place];
    const store = stores[storeKey(cluster.store.dataset, cluster.place)];
    const subnetId = region && subnetIn(environment, region, cluster.zone);
    if (!region || !store || !subnetId) continue;
    const files = store.fileSystemSecurityGroupId;
    new EfaCluster(
      name,
      {
        ...clusterDecisions(environment, name, cluster, region.network.subnetIds),
        accountId: region.accountId,
        vpcId: region.network.vpcId,
        subnetId,
        store: {
          bucketArn: store.bucketArn,
          keyArn: store.keyArn,
          ...(files ? { fileSystemSecurityGroupId: files } : {}),
          ...mounts(store, fileSystemNextTo(environment, cluster.store.dataset, region)),
          readsPerDay: cluster.store.readsPerDay,
        },
      },
      { provider: region.provider },
    );
  }
}
