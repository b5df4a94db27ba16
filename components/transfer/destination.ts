import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { readerPath } from "../training/reader-role";

/** What a transfer writes to. */
export interface WriteAccess {
  dataset: string;
  accountId: string;
  bucketArn: pulumi.Input<string>;
  keyArn: pulumi.Input<string>;
  /** Folders of the bucket that may be written, without slashes at their ends. */
  folders: string[];
  tags: { [tag: string]: string };
}

/** The role by which DataSync writes into a bucket: it can read back what it wrote, delete nothing, and do no more. */
export function createWriterRole(
  name: string,
  access: WriteAccess,
  opts: pulumi.CustomResourceOptions,
): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
  const role = new aws.iam.Role(
    `${name}-write`,
    {
      // The bucket lets only roles of this path read, and verification reads.
      path: readerPath(access.dataset),
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "datasync.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:SourceAccount": access.accountId } },
          },
        ],
      }),
      tags: access.tags,
    },
    opts,
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-write`,
    {
      role: role.id,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
            Resource: access.bucketArn,
          },
          {
            Effect: "Allow",
            Action: [
              "s3:PutObject",
              "s3:GetObject",
              "s3:AbortMultipartUpload",
              "s3:ListMultipartUploadParts",
              "s3:PutObjectTagging",
              "s3:GetObjectTagging",
            ],
            Resource: access.folders.map((folder) => pulumi.interpolate`${access.bucketArn}/${folder}/*`),
          },
          { Effect: "Allow", Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: access.keyArn },
        ],
      }),
    },
    opts,
  );
  return { role, policy };
}
