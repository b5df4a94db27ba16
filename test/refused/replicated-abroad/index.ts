import * as aws from "@pulumi/aws";

const claims = {
  "hybrid-ai:dataset": "claims",
  "hybrid-ai:classification": "restricted",
  "hybrid-ai:residency": "japan-only",
};

const source = new aws.s3.Bucket("claims", { tags: claims });
// Its ARN is unknown before creation: only the trace from the rule to the bucket shows where the copy goes.
const copy = new aws.s3.Bucket("copy", { region: "us-east-1" });
new aws.s3.BucketReplicationConfig("replication", {
  bucket: source.id,
  role: "arn:aws:iam::111122223333:role/replication",
  rules: [{ status: "Enabled", destination: { bucket: copy.arn } }],
});
