import { isRecord, isUnknown, leavesAt, type PlannedResource, type Value } from "@hybrid-ai-fabric/graph";

/** Properties of a bucket in CloudFormation, from the resources that Pulumi and Terraform keep apart. */
const parts: {
  [type: string]: { path: string; put(destination: unknown): { [property: string]: unknown } };
} = {
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": {
    path: "rules[].destination.bucket",
    put: (Bucket) => ({
      ReplicationConfiguration: {
        Role: "arn:aws:iam::111122223333:role/replication",
        Rules: [{ Status: "Enabled", Destination: { Bucket } }],
      },
    }),
  },
  "aws:s3/bucketLogging:BucketLogging": {
    path: "targetBucket",
    put: (DestinationBucketName) => ({ LoggingConfiguration: { DestinationBucketName } }),
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    path: "rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId",
    put: (KMSMasterKeyID) => ({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID } },
        ],
      },
    }),
  },
};

/**
 * What of a plan a template can say: one stack is one region, so what stands in another one is named by a literal or by a
 * parameter. Undefined for a plan whose leak is a region.
 */
export function template(resources: readonly PlannedResource[]): unknown {
  const properties: { [property: string]: unknown } = {};
  for (const resource of resources) {
    const part = parts[resource.type];
    if (!part) continue;
    const [leaf] = leavesAt(resource.inputs, part.path);
    if (leaf) Object.assign(properties, part.put(written(leaf.value)));
  }
  if (Object.keys(properties).length === 0) return undefined;
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Parameters: { Destination: { Type: "String" } },
    Resources: { Claims: { Type: "AWS::S3::Bucket", Properties: properties } },
  };
}

function written(value: Value): unknown {
  return isUnknown(value) || isRecord(value) ? { Ref: "Destination" } : value;
}

/** A template of a size, for timing. */
export function largeTemplate(size: number): unknown {
  const bucket = { Type: "AWS::S3::Bucket", Properties: { BucketName: "b" } };
  const Resources = Object.fromEntries(Array.from({ length: size }, (_, index) => [`B${index}`, bucket]));
  return { AWSTemplateFormatVersion: "2010-09-09", Resources };
}
