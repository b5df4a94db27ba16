import assert from "node:assert/strict";
import * as components from "../../components";
import { only, requestedBy } from "../support/mocks";
import * as agents from "./agents/arguments";
import * as privatePath from "./interconnect/arguments";
import * as serving from "./serving/arguments";
import * as site from "./site/arguments";

const claims = { dataset: "claims", classification: "restricted", kinds: [], residency: ["japan-only"] };
const tags = {
  "hybrid-ai:dataset": "claims",
  "hybrid-ai:classification": "restricted",
  "hybrid-ai:residency": "japan-only",
};

const transfer: components.BulkTransferArgs = {
  region: "ap-northeast-1",
  accountId: "111122223333",
  source: { nfs: { server: "10.1.0.20", path: "/export/claims" } },
  agentArns: ["arn:aws:datasync:ap-northeast-1:111122223333:agent/agent-0123456789abcdef0"],
  bucketArn: "arn:aws:s3:::claims",
  keyArn: "arn:aws:kms:ap-northeast-1:111122223333:key/k",
  schedule: "cron(0 15 * * ? *)",
  sizeTiB: 40,
  linkMbps: 2000,
  labels: claims,
};

describe("components", () => {
  it("register under the name of their class", async () => {
    const requested = await requestedBy(() => {
      new components.BulkTransfer("b", transfer);
      new components.TrainingStore("e", {
        region: "ap-northeast-1",
        accountId: "111122223333",
        labels: claims,
      });
      new components.EfaCluster("g", {
        region: "ap-northeast-1",
        accountId: "111122223333",
        zoneId: "apne1-az4",
        vpcId: "vpc",
        subnetId: "subnet",
        instanceType: "p5en.48xlarge",
        count: 2,
        orchestrator: { ecs: {} },
        store: { bucketArn: "arn:aws:s3:::claims", keyArn: "key" },
        labels: claims,
      });
      privatePath.createEach();
      agents.createEach();
      serving.createEach();
      new components.BareMetalPool("g", site.existing);
      new components.InfiniBandFabric("h", site.infiniBand);
      new components.RoceFabric("i", site.roce);
      new components.Scheduling("j", site.scheduling);
      new components.HybridJoin("k", site.join);
      new components.FabricReference("l", { stack: "organization/hybrid-ai-fabric/tokyo-dev" });
    });
    const registered = requested
      .map(({ type }) => type)
      .filter((type) => type.startsWith("hybrid-ai-fabric:"));
    const classes = Object.entries(components).filter(
      ([, value]) => typeof value === "function" && /^class/.test(String(value)),
    );
    assert.deepEqual(registered, classes.map(([name]) => `hybrid-ai-fabric:index:${name}`).sort());
  });

  describe("TrainingStore", () => {
    it("labels bucket and key, and lets nobody else in", async () => {
      const args = { region: "ap-northeast-1", accountId: "111122223333", labels: claims };
      const requested = await requestedBy(() => void new components.TrainingStore("claims", args));
      assert.deepEqual(only(requested, "aws:s3/bucket:Bucket").inputs.tags, tags);
      const key = only(requested, "aws:kms/key:Key").inputs;
      assert.deepEqual([key.region, key.multiRegion, key.enableKeyRotation], ["ap-northeast-1", false, true]);
      const access = only(requested, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs;
      assert.deepEqual(
        [
          access.blockPublicAcls,
          access.blockPublicPolicy,
          access.ignorePublicAcls,
          access.restrictPublicBuckets,
        ],
        [true, true, true, true],
      );
    });
  });

  describe("BulkTransfer", () => {
    it("moves one way, in a mode that verifies what it wrote", async () => {
      const requested = await requestedBy(() => void new components.BulkTransfer("claims-in", transfer));
      const { inputs } = only(requested, "aws:datasync/task:Task");
      const options = inputs.options as { [option: string]: unknown };
      assert.equal(inputs.taskMode, "ENHANCED");
      assert.equal(options.verifyMode, "ONLY_FILES_TRANSFERRED");
      assert.equal(options.preserveDeletedFiles, "PRESERVE");
      for (const type of ["nfsLocation:NfsLocation", "s3Location:S3Location", "task:Task"]) {
        assert.deepEqual(only(requested, `aws:datasync/${type}`).inputs.tags, tags);
      }
    });

    it("predicts its hours by the slower of link and limit", async () => {
      let hours = 0;
      await requestedBy(() => {
        hours = new components.BulkTransfer("claims-in", transfer).predictedHours;
      });
      assert.ok(Math.abs(hours - 61.1) < 0.1);
    });

    it("refuses what DataSync refuses, with every reason", async () => {
      const wrong = { ...transfer, agentArns: [], source: { nfs: { server: "s", path: "export" } } };
      await requestedBy(() => {
        assert.throws(
          () => new components.BulkTransfer("x", wrong),
          /source\.nfs\.path: "export".*\n.*agentArns: 0 agents/,
        );
      });
    });
  });
});
