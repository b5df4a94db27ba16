import * as pinecone from "@pulumi/pinecone";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, registeredLabels } from "../labels";
import type { VectorIndexPinecone } from "./vector-index";
import { metricsOf, type VectorLoad } from "./vector-size";

/** An index at Pinecone, in a region that is a plain value: policies read it before anything is created. */
export function createPineconeIndex(
  name: string,
  args: {
    region: string;
    pinecone: VectorIndexPinecone;
    load: VectorLoad;
    metric: string;
    labels: DatasetLabels;
  },
  kept: pulumi.CustomResourceOptions,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const provider = new pinecone.Provider(name, { apiKey: pulumi.secret(args.pinecone.apiKey) }, child);
  const index = new pinecone.Index(
    name,
    {
      name,
      dimension: args.load.dimension,
      metric: metricsOf.pinecone[args.metric] ?? args.metric,
      vectorType: "dense",
      deletionProtection: kept.protect === true ? "enabled" : "disabled",
      spec: { serverless: { cloud: args.pinecone.cloud ?? "aws", region: args.region } },
      // Pinecone takes no colon in the name of a tag, so the labels of the component say whose vectors these are.
      tags: { dataset: registeredLabels(args.labels).dataset ?? "" },
    },
    { ...kept, provider },
  );
  return pulumi.interpolate`https://${index.host}`;
}
