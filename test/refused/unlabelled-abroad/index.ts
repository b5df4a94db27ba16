import * as aws from "@pulumi/aws";

const claims = {
  "hybrid-ai:dataset": "claims",
  "hybrid-ai:classification": "restricted",
  "hybrid-ai:residency": "japan-only",
};

const site = new aws.datasync.NfsLocation("site", {
  serverHostname: "10.1.0.20",
  subdirectory: "/export/claims",
  onPremConfig: { agentArns: ["arn:aws:datasync:ap-northeast-1:111122223333:agent/agent-0123456789abcdef0"] },
  tags: claims,
});
// No label stands here, but the data that flows in brings it along.
const landing = new aws.s3.Bucket("landing", { region: "us-east-1" });
const destination = new aws.datasync.S3Location("destination", {
  s3BucketArn: landing.arn,
  subdirectory: "/claims",
  s3Config: { bucketAccessRoleArn: "arn:aws:iam::111122223333:role/datasync" },
});
new aws.datasync.Task("nightly", {
  sourceLocationArn: site.arn,
  destinationLocationArn: destination.arn,
});
