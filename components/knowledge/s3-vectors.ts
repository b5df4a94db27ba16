import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createCustomerKey } from "../storage/customer-key";
import { shortName } from "./short-name";
import type { VectorIndexS3Vectors } from "./vector-index";
import { metricsOf, type VectorLoad } from "./vector-size";

/** A vector bucket with its index, encrypted with a key of its own. */
export function createVectorBucket(
  name: string,
  args: {
    region: string;
    accountId: string;
    s3Vectors: VectorIndexS3Vectors;
    load: VectorLoad;
    metric: string;
    tags: { [tag: string]: string };
  },
  kept: pulumi.CustomResourceOptions,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { region, accountId, tags } = args;
  const called = shortName(name);
  const key = createCustomerKey(
    name,
    {
      region,
      accountId,
      description: `Encrypts the vectors of ${name}`,
      services: ["indexing.s3vectors.amazonaws.com"],
      tags,
    },
    kept,
  );
  const encryptionConfigurations = [{ sseType: "aws:kms", kmsKeyArn: key.arn }];
  const bucket = new aws.s3.VectorsVectorBucket(
    name,
    { region, vectorBucketName: called, encryptionConfigurations, tags },
    kept,
  );
  const { unfilteredMetadata } = args.s3Vectors;
  const index = new aws.s3.VectorsIndex(
    name,
    {
      region,
      vectorBucketName: bucket.vectorBucketName,
      indexName: called,
      dataType: "float32",
      dimension: args.load.dimension,
      distanceMetric: metricsOf.s3Vectors[args.metric] ?? args.metric,
      encryptionConfigurations,
      ...(unfilteredMetadata === undefined
        ? {}
        : { metadataConfiguration: { nonFilterableMetadataKeys: unfilteredMetadata } }),
      tags,
    },
    child,
  );
  return index.indexArn;
}
