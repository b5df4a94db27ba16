import * as pulumi from "@pulumi/pulumi";
import { partitionOfRegion, readerPath } from "./reader-role";

/** Who is who for the policy of a training bucket. */
export interface TrainingBucketAccess {
  region: string;
  accountId: string;
  dataset: string;
  /** ARN patterns of more roles that may read. */
  readers: string[];
}

/** ARN patterns of everybody who may read objects: the rest is refused whatever their own policies say. */
export function readerPatterns(access: TrainingBucketAccess): string[] {
  const partition = partitionOfRegion(access.region);
  const role = (path: string) => `arn:${partition}:iam::${access.accountId}:role${path}*`;
  return [
    role(readerPath(access.dataset)),
    // FSx fills the file system through a role that AWS makes for it.
    role("/aws-service-role/s3.data-source.lustre.fsx.amazonaws.com/"),
    ...access.readers,
  ];
}

/** Objects are read by the clusters and transfers of the dataset alone, so that nothing leads back out. */
export function oneWay(
  bucketArn: pulumi.Output<string>,
  access: TrainingBucketAccess,
): { [key: string]: unknown } {
  return {
    Sid: "OneWay",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:GetObject", "s3:GetObjectVersion"],
    Resource: pulumi.interpolate`${bucketArn}/*`,
    Condition: { ArnNotLike: { "aws:PrincipalArn": readerPatterns(access) } },
  };
}
