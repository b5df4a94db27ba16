import * as pulumi from "@pulumi/pulumi";
import { FeatureStore, VectorIndex } from "../components";
import type { Environment } from "./environment";
import { featureDecisions, indexDecisions } from "./knowledge-decisions";
import type { RegionLayer } from "./network";
import type { ExportedStore } from "./stores";

/** What knowledge consists of, by the names of the environment. */
export interface Knowledge {
  indexes: { [name: string]: VectorIndex };
  stores: { [name: string]: FeatureStore };
}

/** Vector indexes and feature stores, each in the region of the endpoints that read it. */
export function createKnowledge(
  environment: Environment,
  regions: { [place: string]: RegionLayer },
): Knowledge {
  const knowledge: Knowledge = { indexes: {}, stores: {} };
  const config = new pulumi.Config();
  for (const [name, index] of Object.entries(environment.vectorIndexes)) {
    const region = regions[index.place];
    if (!region) continue;
    const { vpcId, subnetIds } = region.network;
    const { pinecone } = index;
    const apiKey = pinecone ? config.requireSecret(pinecone.apiKey) : "";
    const network = { vpcId, subnetIds, cidr: region.cidr };
    const decisions = indexDecisions(environment, index, region.accountId, apiKey, network);
    if (decisions) knowledge.indexes[name] = new VectorIndex(name, decisions, { provider: region.provider });
  }
  for (const [name, store] of Object.entries(environment.featureStores)) {
    const region = regions[store.place];
    const decisions = region && featureDecisions(environment, store, region.accountId);
    if (decisions) knowledge.stores[name] = new FeatureStore(name, decisions, { provider: region.provider });
  }
  return knowledge;
}

/** What the packs of other stacks must know of it: an index by the address that it is asked at, a group by its ARN. */
export function holdingsOfKnowledge(
  environment: Environment,
  { indexes, stores }: Knowledge,
): ExportedStore[] {
  const held = (dataset: string | undefined, region: string) => ({
    place: `aws:${region}`,
    dataset: dataset ?? "",
    residency: environment.datasets[dataset ?? ""]?.residency ?? [],
  });
  return [
    ...Object.entries(indexes).map(([name, { urn, endpoint, region }]) => ({
      urn,
      arn: endpoint,
      id: endpoint.apply((address) => address.replace(/^https:\/\//, "")),
      type: "hybrid-ai-fabric:index:VectorIndex",
      ...held(environment.vectorIndexes[name]?.dataset, region),
    })),
    ...Object.entries(stores).flatMap(([name, { urn, groupArns, region }]) =>
      Object.values(groupArns).map((arn) => ({
        urn,
        arn,
        id: arn.apply((text) => text.split("/").at(-1) ?? text),
        type: "aws:sagemaker/featureGroup:FeatureGroup",
        ...held(environment.featureStores[name]?.dataset, region),
      })),
    ),
  ];
}
