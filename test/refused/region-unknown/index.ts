import * as aws from "@pulumi/aws";

const claims = {
  "hybrid-ai:dataset": "claims",
  "hybrid-ai:classification": "restricted",
  "hybrid-ai:residency": "japan-only",
};

const seed = new aws.s3.Bucket("seed");
// A real program gets here through a lookup or another stack; the region of a bucket yet to be created is as unknown.
const elsewhere = new aws.Provider("elsewhere", { region: seed.hostedZoneId as unknown as aws.Region });
new aws.s3.Bucket("claims", { tags: claims }, { provider: elsewhere });
