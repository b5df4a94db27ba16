import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const tags = {
  "hybrid-ai:dataset": "claims",
  "hybrid-ai:classification": "restricted",
  "hybrid-ai:residency": "japan-only",
};

/** Triples of a bucket, its copy and the replication between them, all at home and all with unknown ends. */
const triples = Math.floor(new pulumi.Config().requireNumber("resources") / 3);
for (let index = 0; index < triples; index++) {
  const source = new aws.s3.Bucket(`data-${index}`, { tags });
  const copy = new aws.s3.Bucket(`copy-${index}`, { region: "ap-northeast-3", tags });
  new aws.s3.BucketReplicationConfig(`replication-${index}`, {
    bucket: source.id,
    role: "arn:aws:iam::111122223333:role/replication",
    rules: [{ status: "Enabled", destination: { bucket: copy.arn } }],
  });
}
