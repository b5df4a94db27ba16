import type { FeatureStoreArgs, VectorIndexArgs, VectorIndexNetwork } from "../components";
import type { FeatureStore } from "./environment/feature-stores";
import { isAwsPlace } from "./environment/places";
import type { EnvironmentContent } from "./environment/shape";
import type { VectorIndex } from "./environment/vector-indexes";
import { labelsOf } from "./labels";

/** Everything of a vector index that is decided before anything exists; the network and the key are filled in later. */
export function indexDecisions(
  environment: EnvironmentContent,
  index: VectorIndex,
  accountId: string,
  apiKey: NonNullable<VectorIndexArgs["pinecone"]>["apiKey"],
  network?: VectorIndexNetwork,
): VectorIndexArgs | undefined {
  const place = environment.places[index.place];
  if (!isAwsPlace(place)) return undefined;
  const { vectors, dimension, metric, bits, replicas, openSearch, serverless, pinecone, s3Vectors } = index;
  const inside = network ?? { vpcId: "", subnetIds: place.zones.map(() => ""), cidr: place.cidr };
  return {
    region: pinecone?.region ?? place.aws,
    accountId,
    vectors,
    dimension,
    ...(metric === undefined ? {} : { metric }),
    ...(bits === undefined ? {} : { bits }),
    ...(replicas === undefined ? {} : { replicas }),
    ...(openSearch
      ? {
          openSearch: {
            network: inside,
            adminRoleArn: openSearch.adminRole,
            readerArns: openSearch.readers,
            ...(openSearch.nodeType === undefined ? {} : { nodeType: openSearch.nodeType }),
          },
        }
      : {}),
    ...(serverless
      ? {
          serverless: {
            network: inside,
            readerArns: serverless.readers,
            ...(serverless.standby === undefined ? {} : { standby: serverless.standby }),
          },
        }
      : {}),
    ...(pinecone
      ? { pinecone: { apiKey, ...(pinecone.cloud === undefined ? {} : { cloud: pinecone.cloud }) } }
      : {}),
    ...(s3Vectors ? { s3Vectors } : {}),
    labels: labelsOf(environment, index.dataset),
  };
}

/** Everything of a feature store that is decided before anything exists. */
export function featureDecisions(
  environment: EnvironmentContent,
  store: FeatureStore,
  accountId: string,
): FeatureStoreArgs | undefined {
  const place = environment.places[store.place];
  if (!isAwsPlace(place)) return undefined;
  return {
    region: place.aws,
    accountId,
    groups: Object.entries(store.groups).map(([name, { features, ...group }]) => ({
      name,
      ...group,
      features: Object.entries(features).map(([feature, type]) => ({ name: feature, type })),
    })),
    labels: labelsOf(environment, store.dataset),
  };
}
