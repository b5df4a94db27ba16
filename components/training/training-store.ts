import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";

/** The bucket that a dataset is trained from, with a key of the customer. */
export interface TrainingStoreArgs {
  /** AWS region of the bucket. */
  region: string;
  /** AWS account that administers the key: 12 digits. */
  accountId: string;
  /** Region of the key. Default: the region of the bucket; S3 takes no other. */
  keyRegion?: string;
  labels: DatasetLabels;
  /** Keeps Pulumi from deleting bucket and key, and leaves them when the stack goes. Default: true. */
  protect?: boolean;
}

export class TrainingStore extends pulumi.ComponentResource {
  public readonly bucketArn: pulumi.Output<string>;
  public readonly bucketName: pulumi.Output<string>;
  public readonly keyArn: pulumi.Output<string>;
  public readonly region: string;

  constructor(name: string, args: TrainingStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:TrainingStore", name, args, opts);
    const child = { parent: this };
    const kept = { ...child, protect: args.protect ?? true, retainOnDelete: args.protect ?? true };
    const { region } = args;
    const tags = labelTags(args.labels);

    const key = createKey();
    const bucket = new aws.s3.Bucket(name, { region, tags }, kept);
    encrypt();
    closeToThePublic();
    keepVersions();

    this.bucketArn = bucket.arn;
    this.bucketName = bucket.bucket;
    this.keyArn = key.arn;
    this.region = region;
    this.registerOutputs({
      region,
      bucketArn: this.bucketArn,
      bucketName: this.bucketName,
      keyArn: this.keyArn,
      labels: registeredLabels(args.labels),
    });

    function createKey(): aws.kms.Key {
      const root = `arn:aws:iam::${args.accountId}:root`;
      return new aws.kms.Key(
        name,
        {
          region: args.keyRegion ?? region,
          description: `Encrypts ${args.labels.dataset}`,
          enableKeyRotation: true,
          // Never multi-region: a replica would hold the key material in another place.
          multiRegion: false,
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              { Sid: "Account", Effect: "Allow", Principal: { AWS: root }, Action: "kms:*", Resource: "*" },
              {
                Sid: "LogGroups",
                Effect: "Allow",
                Principal: { Service: `logs.${region}.amazonaws.com` },
                Action: [
                  "kms:Encrypt",
                  "kms:Decrypt",
                  "kms:ReEncrypt*",
                  "kms:GenerateDataKey*",
                  "kms:DescribeKey",
                ],
                Resource: "*",
                Condition: {
                  ArnLike: {
                    "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${args.accountId}:*`,
                  },
                },
              },
            ],
          }),
          tags,
        },
        kept,
      );
    }

    function encrypt(): void {
      new aws.s3.BucketServerSideEncryptionConfiguration(
        name,
        {
          region,
          bucket: bucket.id,
          rules: [
            {
              bucketKeyEnabled: true,
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
            },
          ],
        },
        child,
      );
    }

    function closeToThePublic(): void {
      const open = new aws.s3.BucketPublicAccessBlock(
        name,
        {
          region,
          bucket: bucket.id,
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        },
        child,
      );
      new aws.s3.BucketOwnershipControls(
        name,
        { region, bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
        child,
      );
      new aws.s3.BucketPolicy(
        name,
        {
          region,
          bucket: bucket.id,
          policy: pulumi.jsonStringify({
            Version: "2012-10-17",
            Statement: [
              {
                Sid: "TlsOnly",
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
                Condition: { Bool: { "aws:SecureTransport": "false" } },
              },
            ],
          }),
        },
        { ...child, dependsOn: [open] },
      );
    }

    function keepVersions(): void {
      const versioning = new aws.s3.BucketVersioning(
        name,
        { region, bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
        child,
      );
      new aws.s3.BucketLifecycleConfiguration(
        name,
        {
          region,
          bucket: bucket.id,
          rules: [
            {
              id: "expire-old-versions",
              status: "Enabled",
              filter: {},
              noncurrentVersionExpiration: { noncurrentDays: 30 },
              abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
            },
          ],
        },
        { ...child, dependsOn: [versioning] },
      );
    }
  }
}
