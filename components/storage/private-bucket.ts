import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A bucket that nobody outside the account reaches. */
export interface PrivateBucket {
  region: string;
  tags: { [tag: string]: string };
  /** Key of the customer. Absent: keys of S3, which load balancers need for their logs. */
  keyArn?: pulumi.Input<string>;
  /** Earlier versions are kept, which replication needs. */
  versioned: boolean;
  /** Statements beside the one that demands TLS. */
  statements?: (bucketArn: pulumi.Output<string>) => { [key: string]: unknown }[];
  /** Days until an object is deleted. Default: never. */
  expiresAfterDays?: number;
  /** Days until an earlier version is deleted. Default: never. */
  versionsExpireAfterDays?: number;
}

/** Encrypted, closed to the public, TLS only, owned by the account that it stands in. */
export function createPrivateBucket(
  name: string,
  args: PrivateBucket,
  opts: { kept: pulumi.CustomResourceOptions; child: pulumi.CustomResourceOptions },
): { bucket: aws.s3.Bucket; versioning?: aws.s3.BucketVersioning; policy: aws.s3.BucketPolicy } {
  const { region, tags } = args;
  const { child } = opts;
  const bucket = new aws.s3.Bucket(name, { region, tags }, opts.kept);
  const of = { region, bucket: bucket.id };
  new aws.s3.BucketServerSideEncryptionConfiguration(name, { ...of, rules: [encryptionRule(args)] }, child);
  const open = new aws.s3.BucketPublicAccessBlock(
    name,
    {
      ...of,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    child,
  );
  new aws.s3.BucketOwnershipControls(
    name,
    { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } },
    child,
  );
  const policy = new aws.s3.BucketPolicy(
    name,
    {
      ...of,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [tlsOnly(bucket.arn), ...(args.statements?.(bucket.arn) ?? [])],
      }),
    },
    { ...child, dependsOn: [open] },
  );
  const versioning = args.versioned
    ? new aws.s3.BucketVersioning(name, { ...of, versioningConfiguration: { status: "Enabled" } }, child)
    : undefined;
  const expiry = expiryRules(args);
  if (expiry.length > 0) {
    new aws.s3.BucketLifecycleConfiguration(
      name,
      { ...of, rules: expiry },
      { ...child, ...(versioning ? { dependsOn: [versioning] } : {}) },
    );
  }
  return { bucket, policy, ...(versioning ? { versioning } : {}) };
}

function expiryRules({ expiresAfterDays, versionsExpireAfterDays }: PrivateBucket) {
  const rule = { status: "Enabled", filter: {} };
  return [
    ...(expiresAfterDays === undefined
      ? []
      : [{ ...rule, id: "expire", expiration: { days: expiresAfterDays } }]),
    ...(versionsExpireAfterDays === undefined
      ? []
      : [
          {
            ...rule,
            id: "expire-old-versions",
            noncurrentVersionExpiration: { noncurrentDays: versionsExpireAfterDays },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
        ]),
  ];
}

function encryptionRule({ keyArn }: PrivateBucket) {
  return keyArn === undefined
    ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
    : {
        bucketKeyEnabled: true,
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
      };
}

function tlsOnly(bucketArn: pulumi.Output<string>): { [key: string]: unknown } {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
