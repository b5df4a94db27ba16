import * as aws from "@pulumi/aws";

const claims = {
  "hybrid-ai:dataset": "claims",
  "hybrid-ai:classification": "restricted",
  "hybrid-ai:residency": "japan-only",
};

// The engine hands resources to policies in another order in each run: a pack that gives up at the first unknown
// finds this leak only when it comes first.
new aws.s3.Bucket("known", { region: "us-east-1", tags: claims });
const seed = new aws.s3.Bucket("seed");
new aws.s3.Bucket("unknown", { region: seed.hostedZoneId, tags: claims });
