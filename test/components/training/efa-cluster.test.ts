import assert from "node:assert/strict";
import { EfaCluster, type EfaClusterArgs, TrainingStore } from "../../../components";
import { only, type Requested, requestedBy } from "../../support/mocks";

const claims = { dataset: "claims", classification: "restricted", kinds: [], residency: ["japan-only"] };
const base: EfaClusterArgs = {
  region: "ap-northeast-1",
  accountId: "111122223333",
  zoneId: "apne1-az4",
  vpcId: "vpc-1",
  subnetId: "subnet-1",
  instanceType: "p5en.48xlarge",
  count: 4,
  orchestrator: { ecs: {} },
  store: { bucketArn: "arn:aws:s3:::claims", keyArn: "key" },
  labels: claims,
};
const eks: EfaClusterArgs = {
  ...base,
  orchestrator: { eks: { controlPlaneSubnetIds: ["subnet-1", "subnet-2"] } },
};
const hyperPod: EfaClusterArgs = {
  ...base,
  orchestrator: { hyperPod: { lifecycleScripts: "s3://sagemaker-example/base/" } },
};

const template = "aws:ec2/launchTemplate:LaunchTemplate";
const build = (args: EfaClusterArgs) => requestedBy(() => void new EfaCluster("train", args));
const ofType = (requested: readonly Requested[], type: string) =>
  requested.filter((resource) => resource.type.endsWith(`:${type}`));

async function refusal(args: EfaClusterArgs): Promise<string> {
  let message = "";
  await requestedBy(() => {
    try {
      new EfaCluster("train", args);
    } catch (error) {
      message = (error as Error).message;
    }
  });
  return message;
}

describe("EfaCluster", () => {
  it("puts one EFA on every card, in the group, without a public address", async () => {
    const { inputs } = only(await build(base), template);
    const interfaces = inputs.networkInterfaces as { [property: string]: unknown }[];
    assert.equal(interfaces.length, 17);
    assert.equal(interfaces.filter(({ interfaceType }) => interfaceType === "efa-only").length, 16);
    for (const entry of interfaces) {
      assert.equal(entry.associatePublicIpAddress, "false");
      assert.equal((entry.securityGroups as unknown[]).length, 1);
      assert.equal(entry.subnetId, undefined);
    }
    assert.deepEqual(inputs.metadataOptions, {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 2,
    });
  });

  it("lets the group speak with itself, in both directions and all protocols", async () => {
    const requested = await build(base);
    for (const [type, name] of [
      ["SecurityGroupEgressRule", "train-efa-self-out"],
      ["SecurityGroupIngressRule", "train-efa-self-in"],
    ]) {
      const { inputs } = only(requested, `aws:vpc/${type?.replace("S", "s")}:${type}`, name);
      assert.equal(inputs.ipProtocol, "-1");
      assert.ok("referencedSecurityGroupId" in inputs);
      assert.equal(inputs.cidrIpv4, undefined);
    }
  });

  it("has a cluster placement group on demand, and none with a reservation made outside of one", async () => {
    const groups = async (args: EfaClusterArgs) => ofType(await build(args), "PlacementGroup").length;
    assert.equal(await groups(base), 1);
    assert.equal(await groups({ ...base, count: 1 }), 0);
    assert.equal(await groups({ ...base, capacity: { reservation: { id: "cr-1" } } }), 0);
    const block = { ...base, capacity: { capacityBlock: { id: "cr-2" } } };
    const requested = await build(block);
    assert.equal(ofType(requested, "PlacementGroup").length, 0);
    const { inputs } = only(requested, template);
    assert.deepEqual(inputs.instanceMarketOptions, { marketType: "capacity-block" });
    assert.deepEqual(inputs.capacityReservationSpecification, {
      capacityReservationTarget: { capacityReservationId: "cr-2" },
    });
    // Nothing is asked for before the block begins.
    assert.equal(
      ofType(requested, "Group").find(({ name }) => name === "train-nodes")?.inputs.desiredCapacity,
      0,
    );
  });

  it("runs under EKS: one zone, the drivers of EFA and GPUs, pods that read by identity", async () => {
    const requested = await build(eks);
    const { inputs } = only(requested, "aws:eks/nodeGroup:NodeGroup");
    assert.deepEqual(inputs.subnetIds, ["subnet-1"]);
    assert.equal(inputs.amiType, "AL2023_x86_64_NVIDIA");
    const cluster = only(requested, "aws:eks/cluster:Cluster").inputs;
    assert.equal((cluster.vpcConfig as { endpointPublicAccess: boolean }).endpointPublicAccess, false);
    const charts = ofType(requested, "Release").map(({ inputs }) => inputs.chart);
    assert.deepEqual(charts.sort(), ["aws-dranet", "nvidia-device-plugin"]);
    assert.equal(ofType(requested, "PodIdentityAssociation").length, 1);
    const trust = String(only(requested, "aws:iam/role:Role", "train-trainer").inputs.assumeRolePolicy);
    assert.match(trust, /"aws:SourceArn":"arn:aws:eks:ap-northeast-1:111122223333:cluster\/train"/);
    assert.match(trust, /kubernetes-service-account":"trainer"/);
    const older = await build({
      ...base,
      orchestrator: { eks: { controlPlaneSubnetIds: ["a", "b"], version: "1.33" } },
    });
    const plugin = ofType(older, "Release").map(({ inputs }) => inputs.chart);
    assert.ok(plugin.includes("aws-efa-k8s-device-plugin"));
  });

  it("runs under ECS: GPUs, EFA devices, pinned memory and the instance's own disks", async () => {
    const requested = await build(base);
    const { inputs } = only(requested, "aws:ecs/taskDefinition:TaskDefinition");
    const [container] = JSON.parse(String(inputs.containerDefinitions)) as {
      linuxParameters: { devices: { hostPath: string }[] };
      ulimits: { softLimit: number }[];
      resourceRequirements: { value: string }[];
    }[];
    assert.equal(container?.linuxParameters.devices.length, 16);
    assert.equal(container?.linuxParameters.devices[15]?.hostPath, "/dev/infiniband/uverbs15");
    assert.equal(container?.ulimits[0]?.softLimit, -1);
    assert.equal(container?.resourceRequirements[0]?.value, "8");
    assert.equal(inputs.networkMode, "host");
    const proof = JSON.stringify(container);
    assert.match(proof, /torchrun --nnodes=4 --nproc-per-node=8 --rdzv-backend=c10d/);
    assert.match(proof, /"image":"public\.ecr\.aws\/deep-learning-containers\/pytorch/);
    const [single] = JSON.parse(
      String(
        only(await build({ ...base, count: 1 }), "aws:ecs/taskDefinition:TaskDefinition").inputs
          .containerDefinitions,
      ),
    ) as { command: string[] }[];
    assert.match(single?.command.join(" ") ?? "", /all_reduce_perf .* -g 8$/);
    const userData = Buffer.from(String(only(requested, template).inputs.userData), "base64").toString();
    assert.match(userData, /ECS_CLUSTER=train/);
    assert.match(userData, /mdadm --create/);
  });

  it("mounts the file system: a static volume and its claim under EKS, by the instances under ECS", async () => {
    const fileSystem = { id: "fs-1", dnsName: "fs-1.example", mountName: "abc", gib: 9600 };
    const mounted = { store: { ...base.store, fileSystem } };
    const requested = await build({ ...eks, ...mounted });
    const volume = only(requested, "kubernetes:core/v1:PersistentVolume").inputs;
    const { csi, ...spec } = volume.spec as { csi: { [key: string]: unknown } } & { [key: string]: unknown };
    assert.deepEqual(csi, {
      driver: "fsx.csi.aws.com",
      volumeHandle: "fs-1",
      volumeAttributes: { dnsname: "fs-1.example", mountname: "abc" },
    });
    assert.equal(spec.persistentVolumeReclaimPolicy, "Retain");
    assert.equal(spec.storageClassName, "");
    const { metadata } = volume as { metadata: { annotations: { [key: string]: string }; name: string } };
    assert.equal(metadata.annotations["hybrid-ai/dataset"], "claims");
    const claim = only(requested, "kubernetes:core/v1:PersistentVolumeClaim").inputs;
    assert.equal((claim.spec as { volumeName: string }).volumeName, metadata.name);
    assert.equal((claim.metadata as { namespace: string }).namespace, "training");
    const addons = ofType(requested, "Addon").map(({ inputs }) => inputs.addonName);
    assert.ok(addons.includes("aws-fsx-csi-driver"));
    const { inputs } = only(await build({ ...base, ...mounted }), template);
    const userData = Buffer.from(String(inputs.userData), "base64").toString();
    assert.match(
      userData,
      /configure-efa-fsx-lustre-client[\s\S]*mount -t lustre .* fs-1\.example@tcp:\/abc \/fsx/,
    );
    assert.equal(ofType(await build(eks), "PersistentVolume").length, 0);
  });

  it("joins the memory of an UltraServer under EKS, and nothing else", async () => {
    const gb200 = {
      ...eks,
      instanceType: "p6e-gb200.36xlarge",
      count: 18,
      capacity: { capacityBlock: { id: "cr-1" } },
    };
    let job = "";
    const requested = await requestedBy(() => {
      new EfaCluster("train", gb200).ncclTests.apply((text) => {
        job = text;
      });
    });
    const domain = only(requested, "kubernetes:resource.nvidia.com/v1beta1:ComputeDomain").inputs;
    const { channel } = domain.spec as { channel: { resourceClaimTemplate: { name: string } } };
    assert.ok(job.includes(`"resourceClaimTemplateName": "${channel.resourceClaimTemplate.name}"`));
    assert.match(job, /nvidia\.com\/gpu\.clique/);
    assert.equal(ofType(await build(eks), "ComputeDomain").length, 0);
  });

  it("runs under HyperPod: nodes that are checked before they work", async () => {
    const requested = await build(hyperPod);
    const { inputs } = only(requested, "aws-native:sagemaker:Cluster");
    const groups = inputs.instanceGroups as { [property: string]: unknown }[];
    const nodes = groups.find(({ instanceGroupName }) => instanceGroupName === "nodes");
    assert.equal(nodes?.instanceType, "ml.p5en.48xlarge");
    assert.equal(nodes?.instanceCount, 4);
    assert.deepEqual(nodes?.networkInterface, { interfaceType: "efa-only" });
    assert.deepEqual(nodes?.onStartDeepHealthChecks, ["InstanceStress", "InstanceConnectivity"]);
    assert.equal(only(requested, "pulumi:providers:aws-native").inputs.region, "ap-northeast-1");
    assert.equal(ofType(requested, "LaunchTemplate").length, 0);
  });

  it("says what health checks must find, and gives each orchestrator its proof", async () => {
    const cases: [EfaClusterArgs, RegExp][] = [
      [eks, /"deviceClassName": "efa\.networking\.k8s\.aws"[\s\S]*"count": 16[\s\S]*"replicas": 4/],
      [hyperPod, /#SBATCH --nodes=4[\s\S]*all_reduce_perf/],
    ];
    for (const [args, proof] of cases) {
      let job = "";
      await requestedBy(() => {
        const cluster = new EfaCluster("train", args);
        assert.deepEqual(
          [cluster.expectedEfaPerNode, cluster.expectedGbpsPerNode, cluster.ncclBusFloorGBps],
          [16, 3200, 320],
        );
        cluster.ncclTests.apply((text) => {
          job = text;
        });
      });
      assert.match(job, proof);
      assert.doesNotMatch(job, /FI_PROVIDER|NCCL_PROTO|FI_EFA_USE_DEVICE_RDMA/);
    }
  });

  it("refuses what EC2 refuses, all at once and with what would do", async () => {
    const message = await refusal({
      ...base,
      instanceType: "g5.xlarge",
      count: 0,
      interfaceStyle: "both",
      orchestrator: { ecs: {}, eks: { controlPlaneSubnetIds: ["a"], version: "1.33", efaDevices: "dra" } },
    });
    for (const part of [
      /instanceType: "g5\.xlarge": it has no EFA; nearest with EFA: g5\.\d+xlarge/,
      /count: 0 is not a number of instances/,
      /interfaceStyle: "both" is none of efa-only, efa/,
      /orchestrator: eks and ecs; exactly one/,
      /controlPlaneSubnetIds: 1; EKS takes subnets in two zones/,
      /efaDevices: dra needs Kubernetes 1\.34, not 1\.33/,
    ]) {
      assert.match(message, part);
    }
  });

  it("refuses a capacity that the type is not sold as, and more than a block holds", async () => {
    assert.match(
      await refusal({ ...base, instanceType: "p5e.48xlarge" }),
      /p5e\.48xlarge is not sold as on-demand, but as capacity-block/,
    );
    const block = { capacityBlock: { id: "cr-1" } };
    assert.match(
      await refusal({ ...base, count: 65, capacity: block }),
      /65 instances; one Capacity Block holds 64: 2 blocks would do/,
    );
    const ultra = { ...base, instanceType: "p6e-gb200.36xlarge", capacity: block };
    assert.match(await refusal({ ...ultra, count: 10 }), /10 instances; an UltraServer has 9 or 18/);
    assert.equal(await refusal({ ...ultra, count: 18 }), "");
    assert.match(
      await refusal({ ...hyperPod, capacity: { reservation: { id: "cr-1" } } }),
      /HyperPod takes no reservation of EC2; say trainingPlanArn/,
    );
  });
});

describe("TrainingStore with a file system", () => {
  const args = {
    region: "ap-northeast-1",
    accountId: "111122223333",
    labels: claims,
    fileSystem: {
      vpcId: "vpc-1",
      subnetId: "subnet-1",
      zoneId: "apne1-az4",
      hotTiB: 40,
      instanceType: "p5en.48xlarge",
      nodes: 16,
    },
  };
  const store = (change = {}) =>
    requestedBy(
      () => void new TrainingStore("claims", { ...args, fileSystem: { ...args.fileSystem, ...change } }),
    );

  it("buys a capacity on sale that feeds the GPUs, with EFA, in the subnet of the cluster", async () => {
    const { inputs } = only(await store(), "aws:fsx/lustreFileSystem:LustreFileSystem");
    assert.equal(inputs.deploymentType, "PERSISTENT_2");
    assert.equal(inputs.efaEnabled, true);
    assert.deepEqual(inputs.metadataConfiguration, { mode: "AUTOMATIC" });
    assert.equal(inputs.subnetIds, "subnet-1");
    const capacity = Number(inputs.storageCapacity);
    const perTiB = Number(inputs.perUnitStorageThroughput);
    assert.ok(capacity >= 40 * 1024);
    // 128 GPUs at 0.5 GB/s.
    assert.ok((capacity / 1024) * perTiB >= 64_000);
  });

  it("brings data in only, unless writing back is asked for", async () => {
    const type = "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation";
    const events = ["NEW", "CHANGED", "DELETED"];
    assert.deepEqual(only(await store(), type).inputs.s3, { autoImportPolicy: { events } });
    assert.deepEqual(only(await store({ writeBack: true }), type).inputs.s3, {
      autoImportPolicy: { events },
      autoExportPolicy: { events },
    });
  });

  it("refuses a capacity that is not on sale, naming those around it", async () => {
    await requestedBy(() => {
      const fileSystem = {
        ...args.fileSystem,
        capacityGiB: 5000,
        throughputPerTiB: 1000,
        metadataIops: 2000,
      };
      assert.throws(
        () => new TrainingStore("claims", { ...args, fileSystem }),
        /5000 GiB is not on sale at 1000 MBps per TiB with EFA; 4800 or 9600 is\n.*metadataIops: 2000/,
      );
    });
  });
});
