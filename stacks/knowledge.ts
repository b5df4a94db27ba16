import * as pulumi from "@pulumi/pulumi";
import { FeatureStore, VectorIndex } from "../components";
import type { Environment } from "./environment";
import { featureDecisions, indexDecisions } from "./knowledge-decisions";
import type { RegionLayer } from "./network";

/** Vector indexes and feature stores, each in the region of the endpoints that read it. */
export function createKnowledge(environment: Environment, regions: { [place: string]: RegionLayer }): void {
  const config = new pulumi.Config();
  for (const [name, index] of Object.entries(environment.vectorIndexes)) {
    const region = regions[index.place];
    if (!region) continue;
    const { vpcId, subnetIds } = region.network;
    const { pinecone } = index;
    const apiKey = pinecone ? config.requireSecret(pinecone.apiKey) : "";
    const network = { vpcId, subnetIds, cidr: region.cidr };
    const decisions = indexDecisions(environment, index, region.accountId, apiKey, network);
    if (decisions) new VectorIndex(name, decisions, { provider: region.provider });
  }
  for (const [name, store] of Object.entries(environment.featureStores)) {
    const region = regions[store.place];
    const decisions = region && featureDecisions(environment, store, region.accountId);
    if (decisions) new FeatureStore(name, decisions, { provider: region.provider });
  }
}
