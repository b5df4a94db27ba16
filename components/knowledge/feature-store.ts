import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { createCustomerKey } from "../storage/customer-key";
import { createPrivateBucket } from "../storage/private-bucket";

/** Features of users and things, read while a model answers, and their history for the next training. */
export interface FeatureStoreArgs {
  /** AWS region of both stores: that of the endpoints that read them. */
  region: string;
  /** AWS account: 12 digits. */
  accountId: string;
  /** Groups of features that are written and read together. */
  groups: FeatureStoreGroup[];
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels: DatasetLabels;
  /** Keeps Pulumi from deleting groups, bucket and key. Default: true. */
  protect?: boolean;
}

/** Features of one kind of thing, by its record. */
export interface FeatureStoreGroup {
  /** Name of the group, unique in its region. */
  name: string;
  /** Feature that names the thing. */
  record: string;
  /** Feature that says when: a time in ISO 8601 or in seconds. */
  eventTime: string;
  /** Features of each record. */
  features: FeatureStoreFeature[];
  /** Days until a record leaves the online store. Default: never. */
  onlineDays?: number;
  /** Standard, Standard_V2 or InMemory, which answers in less than a millisecond. Default: Standard. */
  storage?: string;
  /** History in S3 as an Iceberg table. Default: true. */
  offline?: boolean;
}

export interface FeatureStoreFeature {
  /** Name of the feature. */
  name: string;
  /** String, Integral or Fractional. */
  type: string;
}

export class FeatureStore extends pulumi.ComponentResource {
  /** ARNs of the groups by name. */
  public readonly groupArns: { [name: string]: pulumi.Output<string> };
  public readonly region: string;

  constructor(name: string, args: FeatureStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:FeatureStore", name, args, opts);
    refuse("FeatureStore", validateFeatureStore(args));
    const child = { parent: this };
    const kept = { ...child, protect: args.protect ?? true, retainOnDelete: args.protect ?? true };
    const { region, accountId } = args;
    const tags = labelTags(args.labels);

    const key = createCustomerKey(
      name,
      { region, accountId, description: `Encrypts the features of ${name}`, tags },
      kept,
    );
    const history = createPrivateBucket(
      name,
      { region, tags, keyArn: key.arn, versioned: false },
      { kept, child },
    );
    const role = letSageMakerWrite();
    const groups = args.groups.map((group) => [group.name, createGroup(group)] as const);

    this.groupArns = Object.fromEntries(groups.map(([group, { arn }]) => [group, arn]));
    this.region = region;
    this.registerOutputs({
      region,
      groupArns: this.groupArns,
      labels: registeredLabels(args.labels),
    });

    function letSageMakerWrite(): { arn: pulumi.Output<string>; policy: aws.iam.RolePolicy } {
      const created = new aws.iam.Role(
        name,
        {
          assumeRolePolicy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "sagemaker.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: { StringEquals: { "aws:SourceAccount": accountId } },
              },
            ],
          }),
          tags,
        },
        child,
      );
      const policy = new aws.iam.RolePolicy(
        name,
        {
          role: created.id,
          policy: pulumi.jsonStringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: ["s3:GetBucketAcl", "s3:ListBucket", "s3:GetBucketLocation"],
                Resource: history.bucket.arn,
              },
              {
                Effect: "Allow",
                Action: ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"],
                Resource: pulumi.interpolate`${history.bucket.arn}/*`,
              },
              { Effect: "Allow", Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: key.arn },
              {
                Effect: "Allow",
                Action: ["glue:GetTable", "glue:CreateTable", "glue:UpdateTable", "glue:GetDatabase"],
                Resource: [
                  `arn:aws:glue:${region}:${accountId}:catalog`,
                  `arn:aws:glue:${region}:${accountId}:database/sagemaker_featurestore`,
                  `arn:aws:glue:${region}:${accountId}:table/sagemaker_featurestore/*`,
                ],
              },
            ],
          }),
        },
        child,
      );
      return { arn: created.arn, policy };
    }

    function createGroup(group: FeatureStoreGroup): aws.sagemaker.FeatureGroup {
      const { onlineDays } = group;
      return new aws.sagemaker.FeatureGroup(
        `${name}-${group.name}`,
        {
          region,
          featureGroupName: `${name}-${group.name}`,
          recordIdentifierFeatureName: group.record,
          eventTimeFeatureName: group.eventTime,
          featureDefinitions: group.features.map((feature) => ({
            featureName: feature.name,
            featureType: feature.type,
          })),
          roleArn: role.arn,
          onlineStoreConfig: {
            enableOnlineStore: true,
            storageType: group.storage ?? "Standard",
            securityConfig: { kmsKeyId: key.arn },
            ...(onlineDays === undefined ? {} : { ttlDuration: { unit: "Days", value: onlineDays } }),
          },
          ...((group.offline ?? true)
            ? {
                offlineStoreConfig: {
                  s3StorageConfig: {
                    s3Uri: pulumi.interpolate`s3://${history.bucket.bucket}/${group.name}`,
                    kmsKeyId: key.arn,
                  },
                  tableFormat: "Iceberg",
                },
              }
            : {}),
          tags,
        },
        { ...kept, dependsOn: [role.policy, history.policy] },
      );
    }
  }
}

const STORAGE = ["Standard", "Standard_V2", "InMemory"];
const FEATURE_TYPES = ["String", "Integral", "Fractional"];

/** Rules on the arguments that no type expresses. */
export function validateFeatureStore(args: FeatureStoreArgs): ArgumentProblem[] {
  const names = args.groups.map(({ name }) => name);
  return [
    ...(names.length > 0 ? [] : [{ propertyPath: "groups", reason: "one group at least" }]),
    ...args.groups.flatMap((group, index) => {
      const path = `groups[${index}]`;
      const features = group.features.map(({ name }) => name);
      const { storage = "Standard", onlineDays } = group;
      const problem = (property: string, reason: string): ArgumentProblem[] => [
        { propertyPath: `${path}.${property}`, reason },
      ];
      return [
        ...(names.indexOf(group.name) === index ? [] : problem("name", `"${group.name}" stands twice`)),
        ...["record" as const, "eventTime" as const].flatMap((role) =>
          features.includes(group[role])
            ? []
            : problem(role, `"${group[role]}" is none of its features (${features.join(", ")})`),
        ),
        ...(STORAGE.includes(storage)
          ? []
          : problem("storage", `"${storage}" is none of ${STORAGE.join(", ")}`)),
        ...(onlineDays === undefined || onlineDays > 0
          ? []
          : problem("onlineDays", `${onlineDays}: above 0, or left out for records that stay`)),
        ...group.features.flatMap(({ type }, feature) =>
          FEATURE_TYPES.includes(type)
            ? []
            : problem(`features[${feature}].type`, `"${type}" is none of ${FEATURE_TYPES.join(", ")}`),
        ),
      ];
    }),
  ];
}
