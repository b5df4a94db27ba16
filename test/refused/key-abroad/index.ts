import * as aws from "@pulumi/aws";

const claims = {
  "hybrid-ai:dataset": "claims",
  "hybrid-ai:classification": "restricted",
  "hybrid-ai:residency": "japan-only",
};

const bucket = new aws.s3.Bucket("claims", { tags: claims });
const key = new aws.kms.Key("claims", { region: "us-east-1" });
new aws.s3.BucketServerSideEncryptionConfiguration("claims", {
  bucket: bucket.id,
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn } }],
});
