import { type EfaClusterArgs, endpointServices, type TrainingStoreFileSystem } from "../components";
import { isAwsPlace } from "./environment/places";
import type { EnvironmentContent } from "./environment/shape";
import type { TrainingCluster } from "./environment/training-clusters";
import { labelsOf } from "./labels";

type Reference = EfaClusterArgs["vpcId"];

/** Everything of a cluster that is decided before anything exists. */
export function clusterDecisions(
  environment: EnvironmentContent,
  name: string,
  cluster: TrainingCluster,
  subnetIds: Reference[],
): Omit<EfaClusterArgs, "accountId" | "vpcId" | "subnetId" | "store"> {
  const place = environment.places[cluster.place];
  if (!isAwsPlace(place)) throw new RangeError(`${name}: ${cluster.place} is no AWS place`);
  const { eks, ecs, hyperPod } = cluster.orchestrator;
  return {
    region: place.aws,
    zoneId: cluster.zone,
    instanceType: cluster.instanceType,
    count: cluster.count,
    orchestrator: {
      ...(eks ? { eks: { ...eks, controlPlaneSubnetIds: subnetIds } } : {}),
      ...(ecs ? { ecs } : {}),
      ...(hyperPod ? { hyperPod } : {}),
    },
    labels: labelsOf(environment, cluster.store.dataset),
    ...(cluster.capacity === undefined ? {} : { capacity: cluster.capacity }),
    ...(cluster.interfaces === undefined ? {} : { interfaceStyle: cluster.interfaces }),
  };
}

/** The file system next to a cluster, as far as it is decided before anything exists. */
export function fileSystemDecisions(
  environment: EnvironmentContent,
  cluster: TrainingCluster,
): Omit<TrainingStoreFileSystem, "vpcId" | "subnetId"> | undefined {
  const { dataset, fileSystem } = cluster.store;
  if (!fileSystem) return undefined;
  return {
    ...fileSystem,
    hotTiB: fileSystem.hotTiB ?? environment.datasets[dataset]?.sizeTiB ?? 1,
    zoneId: cluster.zone,
    instanceType: cluster.instanceType,
    nodes: cluster.count,
  };
}

/** Services that the clusters of a place reach privately. */
export function endpointsOfClusters(environment: EnvironmentContent, place: string): string[] {
  return Object.values(environment.trainingClusters).flatMap((cluster) =>
    cluster.place === place ? endpointServices(cluster.orchestrator) : [],
  );
}
