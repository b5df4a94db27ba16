import * as pulumi from "@pulumi/pulumi";
import { partitionOfRegion, readerPath } from "./reader-role";

/** Who is who for the policy of a training bucket. */
export interface TrainingBucketAccess {
  region: string;
  accountId: string;
  bucketArn: pulumi.Input<string>;
  dataset: string;
  /** ARN patterns of more roles that may read. */
  readers: string[];
}

/** ARN patterns of everybody who may read objects: the rest is refused whatever their own policies say. */
export function readerPatterns(access: Omit<TrainingBucketAccess, "bucketArn">): string[] {
  const partition = partitionOfRegion(access.region);
  const role = (path: string) => `arn:${partition}:iam::${access.accountId}:role${path}*`;
  return [
    role(readerPath(access.dataset)),
    // FSx fills the file system through a role that AWS makes for it.
    role("/aws-service-role/s3.data-source.lustre.fsx.amazonaws.com/"),
    ...access.readers,
  ];
}

/** TLS only; objects are read by the clusters and transfers of the dataset alone, so that nothing leads back out. */
export function trainingBucketPolicy(access: TrainingBucketAccess): pulumi.Output<string> {
  const objects = pulumi.interpolate`${access.bucketArn}/*`;
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [access.bucketArn, objects],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "OneWay",
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Resource: objects,
        Condition: { ArnNotLike: { "aws:PrincipalArn": readerPatterns(access) } },
      },
    ],
  });
}
