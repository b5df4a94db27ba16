import { mayBeIn, placeOfAwsRegion } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { createCustomerKey } from "../storage/customer-key";
import { createPrivateBucket } from "../storage/private-bucket";
import { coldStart, coldStartPredictions } from "./model-load";

/** The copy of a model artefact in one region: instances read it where they run, and never from another region. */
export interface ModelCacheArgs {
  /** AWS region of the copy. */
  region: string;
  /** AWS account that administers the key: 12 digits. */
  accountId: string;
  /** Size of the artefact in GiB, uncompressed. */
  gib: number;
  /** Instance type that loads it, for the predicted cold start. Default: none is predicted. */
  instanceType?: string;
  /** Gbps that an instance reads with. Default: half of its network, 100 Gbps at most. */
  readGbps?: number;
  /** Copies in other regions that receive what is written here. Default: none. */
  copies?: ModelCacheCopy[];
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels: DatasetLabels;
  /** Keeps Pulumi from deleting bucket and key, and leaves them when the stack goes. Default: true. */
  protect?: boolean;
}

/** Another region's copy, by what the replication needs of it. */
export interface ModelCacheCopy {
  /** Short name of the copy: it becomes part of Pulumi names. */
  name: string;
  /** AWS region, such as ap-northeast-1. */
  region: string;
  /** ARN of the bucket. */
  bucketArn: pulumi.Input<string>;
  /** ARN of the key that encrypts it, in the same region. */
  keyArn: pulumi.Input<string>;
}

export class ModelCache extends pulumi.ComponentResource {
  public readonly bucketArn: pulumi.Output<string>;
  public readonly bucketName: pulumi.Output<string>;
  public readonly keyArn: pulumi.Output<string>;
  public readonly region: string;
  /** Predicted seconds from the start of an instance to a resident model; 0 where no type was given. */
  public readonly coldStartSeconds: number;

  constructor(name: string, args: ModelCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:ModelCache", name, args, opts);
    refuse("ModelCache", validateModelCache(args));
    const child = { parent: this };
    const kept = { ...child, protect: args.protect ?? true, retainOnDelete: args.protect ?? true };
    const { region, accountId } = args;
    const tags = labelTags(args.labels);
    const copies = args.copies ?? [];
    const { instanceType } = args;
    const cold =
      instanceType === undefined
        ? undefined
        : coldStart({ gib: args.gib, instanceType, ...(args.readGbps ? { readGbps: args.readGbps } : {}) });

    const key = createCustomerKey(
      name,
      { region, accountId, description: `Encrypts the model of ${args.labels.dataset}`, tags },
      kept,
    );
    const store = createPrivateBucket(
      name,
      { region, tags, keyArn: key.arn, versioned: true },
      { kept, child },
    );
    if (copies.length > 0) replicate();

    this.bucketArn = store.bucket.arn;
    this.bucketName = store.bucket.bucket;
    this.keyArn = key.arn;
    this.region = region;
    this.coldStartSeconds = Math.round(cold?.seconds ?? 0);
    this.registerOutputs({
      region,
      bucketArn: this.bucketArn,
      bucketName: this.bucketName,
      keyArn: this.keyArn,
      coldStartSeconds: this.coldStartSeconds,
      labels: registeredLabels(args.labels),
      predictions: coldStartPredictions(name, cold, `cold start on ${instanceType}`),
    });

    /** Every destination was checked against the residency: a model remembers what it was trained on. */
    function replicate(): void {
      const role = new aws.iam.Role(
        `${name}-replicate`,
        {
          assumeRolePolicy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "s3.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: { StringEquals: { "aws:SourceAccount": accountId } },
              },
            ],
          }),
        },
        child,
      );
      const policy = new aws.iam.RolePolicy(
        `${name}-replicate`,
        { role: role.id, policy: replicationPolicy(store.bucket.arn, key.arn, copies) },
        child,
      );
      new aws.s3.BucketReplicationConfig(
        name,
        {
          region,
          bucket: store.bucket.id,
          role: role.arn,
          rules: copies.map((copy, index) => ({
            id: copy.name,
            priority: index + 1,
            status: "Enabled",
            filter: {},
            deleteMarkerReplication: { status: "Disabled" },
            sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
            destination: {
              bucket: copy.bucketArn,
              encryptionConfiguration: { replicaKmsKeyId: copy.keyArn },
            },
          })),
        },
        { ...child, dependsOn: [policy, ...(store.versioning ? [store.versioning] : [])] },
      );
    }
  }
}

function replicationPolicy(
  bucketArn: pulumi.Output<string>,
  keyArn: pulumi.Output<string>,
  copies: readonly ModelCacheCopy[],
): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"], Resource: bucketArn },
      {
        Effect: "Allow",
        Action: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
        Resource: pulumi.interpolate`${bucketArn}/*`,
      },
      {
        Effect: "Allow",
        Action: ["s3:ReplicateObject", "s3:ReplicateTags"],
        Resource: copies.map((copy) => pulumi.interpolate`${copy.bucketArn}/*`),
      },
      { Effect: "Allow", Action: "kms:Decrypt", Resource: keyArn },
      {
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:GenerateDataKey"],
        Resource: copies.map((copy) => copy.keyArn),
      },
    ],
  });
}

/** Rules on the arguments that no type expresses: copies stay inside the residency of the model. */
export function validateModelCache(args: ModelCacheArgs): ArgumentProblem[] {
  const { labels, copies = [] } = args;
  return [
    ...(args.gib > 0 ? [] : [{ propertyPath: "gib", reason: `${args.gib} is no size: GiB above 0` }]),
    ...copies.flatMap(({ region }, index) => {
      const path = `copies[${index}].region`;
      const place = placeOfAwsRegion(region);
      if (!place) return [{ propertyPath: path, reason: `"${region}" is not an AWS region` }];
      const verdict = mayBeIn(labels.residency, "store", place, { kinds: labels.kinds });
      if (region === args.region)
        return [{ propertyPath: path, reason: `"${region}" is the region of the model itself` }];
      return verdict.verdict === "broken"
        ? [
            {
              propertyPath: path,
              reason: `"${region}" (${place.country}) is outside ${labels.residency.join(" and ")}: ${verdict.reason}`,
            },
          ]
        : [];
    }),
  ];
}
