import * as aws from "@pulumi/aws";

// A label says what the bucket holds and where that may be. The packs need nothing else.
const tags = { "hybrid-ai:dataset": "claims", "hybrid-ai:residency": "japan-only" };

const claims = new aws.s3.Bucket("claims", { tags });
const copies = new aws.s3.Bucket("copies", { region: "ap-northeast-3" });
const role = new aws.iam.Role("replication", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "s3.amazonaws.com" }),
});

/** Tokyo to Osaka. The bucket there carries no label: it takes those of what flows in. */
new aws.s3.BucketReplicationConfig("replication", {
  bucket: claims.bucket,
  role: role.arn,
  rules: [{ status: "Enabled", destination: { bucket: copies.arn } }],
});
