import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { refuse } from "../problems";
import { trainingBucketPolicy } from "./bucket-policy";
import {
  createFileSystem,
  planFileSystem,
  type TrainingStoreFileSystem,
  validateFileSystem,
} from "./lustre-file-system";
import { storePredictions } from "./predictions";

/** The bucket that a dataset is trained from, with a key of the customer, and a file system next to the GPUs. */
export interface TrainingStoreArgs {
  /** AWS region of the bucket. */
  region: string;
  /** AWS account that administers the key: 12 digits. */
  accountId: string;
  /** Region of the key. Default: the region of the bucket; S3 takes no other. */
  keyRegion?: string;
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels: DatasetLabels;
  /** Lustre in front of the bucket. Default: none. */
  fileSystem?: TrainingStoreFileSystem;
  /** ARN patterns of more roles that may read objects, besides those of this dataset's clusters and transfers. */
  readers?: string[];
  /** Keeps Pulumi from deleting bucket, key and file system, and leaves them when the stack goes. Default: true. */
  protect?: boolean;
}

export class TrainingStore extends pulumi.ComponentResource {
  public readonly bucketArn: pulumi.Output<string>;
  public readonly bucketName: pulumi.Output<string>;
  public readonly keyArn: pulumi.Output<string>;
  public readonly region: string;
  public readonly fileSystemId: pulumi.Output<string> | undefined;
  public readonly fileSystemArn: pulumi.Output<string> | undefined;
  /** Group that clients of the file system must be let into, both ways. */
  public readonly fileSystemSecurityGroupId: pulumi.Output<string> | undefined;

  constructor(name: string, args: TrainingStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:TrainingStore", name, args, opts);
    refuse("TrainingStore", args.fileSystem ? validateFileSystem(args.fileSystem) : []);
    const child = { parent: this };
    const kept = { ...child, protect: args.protect ?? true, retainOnDelete: args.protect ?? true };
    const { region } = args;
    const tags = labelTags(args.labels);

    const key = createKey();
    const bucket = new aws.s3.Bucket(name, { region, tags }, kept);
    encrypt();
    closeToThePublic();
    keepVersions();
    const plan = args.fileSystem && planFileSystem(args.fileSystem);
    const lustre = args.fileSystem && plan && mount(args.fileSystem, plan);

    this.bucketArn = bucket.arn;
    this.bucketName = bucket.bucket;
    this.keyArn = key.arn;
    this.region = region;
    this.fileSystemId = lustre?.fileSystem.id;
    this.fileSystemArn = lustre?.fileSystem.arn;
    this.fileSystemSecurityGroupId = lustre?.group.id;
    this.registerOutputs({
      region,
      ...(args.fileSystem && plan
        ? {
            zoneId: args.fileSystem.zoneId,
            fileSystemId: this.fileSystemId,
            fileSystemArn: this.fileSystemArn,
            fileSystemSecurityGroupId: this.fileSystemSecurityGroupId,
            capacityGiB: plan.capacityGiB,
            throughputPerTiB: plan.perTiB,
            predictions: storePredictions(name, plan),
          }
        : {}),
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
          policy: trainingBucketPolicy({
            region,
            accountId: args.accountId,
            bucketArn: bucket.arn,
            dataset: args.labels.dataset,
            readers: args.readers ?? [],
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

    function mount(files: TrainingStoreFileSystem, size: ReturnType<typeof planFileSystem>) {
      const around = {
        region,
        dataset: args.labels.dataset,
        bucketName: bucket.bucket,
        keyArn: key.arn,
        tags,
      };
      return createFileSystem(name, files, size, around, child, kept);
    }
  }
}
