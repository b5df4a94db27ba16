import assert from "node:assert/strict";
import * as components from "../../components";
import { only, type Requested, requestedBy } from "../support/mocks";
import * as site from "./site/arguments";

const claims = { dataset: "claims", classification: "restricted", kinds: [], residency: ["japan-only"] };
const tags = {
  "hybrid-ai:dataset": "claims",
  "hybrid-ai:classification": "restricted",
  "hybrid-ai:residency": "japan-only",
};

const circuit: components.FabricCircuitArgs = {
  routerId: "router",
  routerAsn: 65001,
  metro: "TY",
  sellerRegion: "ap-northeast-1",
  accountId: "111122223333",
  profileId: "profile",
  bandwidthMbps: 1000,
  geoScope: "JAPAN",
  notificationEmails: ["network@example.com"],
  directConnectGatewayId: "gateway",
  amazonSideAsn: 64512,
  link: components.linkAddresses("169.254.64.0/24", 0),
  bgpKey: "key",
  labels: claims,
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

const network: components.RegionNetworkArgs = {
  region: "ap-northeast-1",
  zoneIds: ["apne1-az1", "apne1-az4"],
  cidr: "10.16.0.0/16",
  transitGatewayAsn: 64620,
  siteCidrs: ["10.1.0.0/16"],
  labels: claims,
};

describe("components", () => {
  it("register under the name of their class", async () => {
    const requested = await requestedBy(() => {
      new components.FabricCircuit("a", circuit);
      new components.BulkTransfer("b", transfer);
      new components.RegionNetwork("c", network);
      new components.DirectConnectHub("d", { amazonSideAsn: 64512, regions: [] });
      new components.TrainingStore("e", {
        region: "ap-northeast-1",
        accountId: "111122223333",
        labels: claims,
      });
      new components.EfaCluster("g", {
        region: "ap-northeast-1",
        zoneId: "apne1-az4",
        vpcId: "vpc",
        subnetId: "subnet",
        instanceType: "p5en.48xlarge",
        count: 2,
        orchestrator: { ecs: {} },
        store: { bucketArn: "arn:aws:s3:::claims", keyArn: "key" },
        labels: claims,
      });
      new components.FabricRouter("f", {
        metro: "TY",
        projectId: "p",
        packageCode: "STANDARD",
        notificationEmails: [],
      });
      new components.BareMetalPool("g", site.existing);
      new components.InfiniBandFabric("h", site.infiniBand);
      new components.RoceFabric("i", site.roce);
      new components.Scheduling("j", site.scheduling);
      new components.HybridJoin("k", site.join);
    });
    const registered = requested
      .map(({ type }) => type)
      .filter((type) => type.startsWith("hybrid-ai-fabric:"));
    const classes = Object.entries(components).filter(
      ([, value]) => typeof value === "function" && /^class/.test(String(value)),
    );
    assert.deepEqual(registered, classes.map(([name]) => `hybrid-ai-fabric:index:${name}`).sort());
  });

  describe("FabricCircuit", () => {
    it("orders a circuit whose ends are known at preview", async () => {
      const requested = await requestedBy(() => void new components.FabricCircuit("ty-tokyo", circuit));
      const { inputs } = only(requested, "equinix:index/fabricConnection:FabricConnection");
      assert.equal(inputs.geoScope, "JAPAN");
      assert.deepEqual((inputs.zSide as { accessPoint: unknown }).accessPoint, {
        type: "SP",
        profile: { type: "L2_PROFILE", uuid: "profile" },
        authenticationKey: "111122223333",
        sellerRegion: "ap-northeast-1",
        location: { metroCode: "TY" },
      });
    });

    it("takes the connection id and the VLAN from the circuit, which only exists later", async () => {
      const requested = await requestedBy(() => void new components.FabricCircuit("ty-tokyo", circuit));
      const confirmation = only(requested, "aws:directconnect/connectionConfirmation:ConnectionConfirmation");
      assert.ok(isUnknown(confirmation.inputs.connectionId));
      assert.equal(confirmation.inputs.region, "ap-northeast-1");
      const { inputs } = only(requested, "aws:directconnect/transitVirtualInterface:TransitVirtualInterface");
      assert.ok(isUnknown(inputs.vlan));
      assert.equal(inputs.customerAddress, "169.254.64.1/30");
      assert.equal(inputs.amazonAddress, "169.254.64.2/30");
      assert.deepEqual(inputs.tags, tags);
    });

    it("speaks BGP to Amazon's end of the link, without its length", async () => {
      const requested = await requestedBy(() => void new components.FabricCircuit("ty-tokyo", circuit));
      const type = "equinix:index/fabricRoutingProtocol:FabricRoutingProtocol";
      assert.deepEqual(only(requested, type, "ty-tokyo-direct").inputs.directIpv4s, [
        { equinixIfaceIp: "169.254.64.1/30" },
      ]);
      const bgp = only(requested, type, "ty-tokyo-bgp").inputs;
      assert.deepEqual(bgp.bgpIpv4s, [{ customerPeerIp: "169.254.64.2", enabled: true }]);
      assert.equal(bgp.customerAsn, 64512);
    });

    it("gives Equinix names that it takes", async () => {
      const name = "a-very-long-name-of-a-circuit";
      const requested = await requestedBy(() => void new components.FabricCircuit(name, circuit));
      const names = requested
        .filter(({ type }) => type.startsWith("equinix:"))
        .map(({ inputs }) => String(inputs.name));
      assert.equal(new Set(names).size, 3);
      for (const given of names) assert.ok(given.length >= 1 && given.length <= 24, given);
    });
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

  describe("RegionNetwork", () => {
    it("has private subnets only, one in each zone", async () => {
      const requested = await requestedBy(() => void new components.RegionNetwork("tokyo", network));
      const subnets = requested.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
      assert.deepEqual(
        subnets.map(({ inputs }) => [
          inputs.availabilityZoneId,
          inputs.cidrBlock,
          inputs.mapPublicIpOnLaunch,
        ]),
        [
          ["apne1-az1", "10.16.0.0/18", false],
          ["apne1-az4", "10.16.64.0/18", false],
        ],
      );
      const outward = requested.filter(({ type }) => /nternetGateway|natGateway/.test(type));
      assert.deepEqual(outward, []);
    });

    it("says the region at each resource", async () => {
      const requested = await requestedBy(() => void new components.RegionNetwork("tokyo", network));
      const without = requested.filter(
        ({ type, inputs }) => type.startsWith("aws:") && inputs.region !== "ap-northeast-1",
      );
      assert.deepEqual(
        without.map(({ type }: Requested) => type),
        [],
      );
    });
  });

  describe("DirectConnectHub", () => {
    it("refuses one ASN for two gateways", async () => {
      const region = {
        region: "ap-northeast-1",
        transitGatewayId: "t",
        transitGatewayAsn: 64512,
        allowedPrefixes: [],
      };
      await requestedBy(() => {
        assert.throws(
          () => new components.DirectConnectHub("hub", { amazonSideAsn: 64512, regions: [region] }),
          /regions\[0\]\.transitGatewayAsn: 64512 is the ASN of the Direct Connect gateway too/,
        );
      });
    });
  });
});

/** How Pulumi's mocks show a value that only creation will tell. */
function isUnknown(value: unknown): boolean {
  return value === undefined || value === "04da6b54-80e4-46f7-96ec-b56ff0331ba9" || typeof value === "object";
}
