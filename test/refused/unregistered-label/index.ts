import * as aws from "@pulumi/aws";

const claims = {
  "hybrid-ai:dataset": "claims",
  "hybrid-ai:classification": "restricted",
  "hybrid-ai:residency": "japan-only",
};

new aws.s3.Bucket("cliams", { tags: { ...claims, "hybrid-ai:dataset": "cliams" } });
