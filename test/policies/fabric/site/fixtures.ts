import { type ResourceSpec, ref, type Spec, unborn } from "../../../support/plan";
import type { RuleFixtures } from "../../../support/rule-suite";
import { change, dedicatedCircuit, hub } from "../interconnect/path";
import {
  adapterPolicy,
  afterSecret,
  attachment,
  gpuOperator,
  host,
  ibKubernetes,
  job,
  networkOperator,
  networks,
  object,
  railPolicy,
  release,
  ufmSecret,
} from "./manifests";

const rail0 = railPolicy("rail0");
const onRail0 = attachment("search", "search-rail0", { pkey: "0x6" });
const oneGpu = { "nvidia.com/gpu": 1, "nvidia.com/rail0": 1 };
const twoGpus = { "nvidia.com/gpu": 2, "nvidia.com/rail0": 1, "nvidia.com/rail1": 1 };
const kueue = (kind: string, name: string, spec: Spec): ResourceSpec =>
  object("kueue.x-k8s.io/v1beta2", kind, name, spec);
const domain = (spec: { numNodes: number | typeof unborn }): ResourceSpec =>
  object(
    "resource.nvidia.com/v1beta1",
    "ComputeDomain",
    "rack",
    { ...spec, channel: { resourceClaimTemplate: { name: "rack-channel" } } },
    { namespace: "search" },
  );
const claims = {
  affinity: { podAffinity: { topologyKey: "nvidia.com/gpu.clique" } },
  resourceClaims: [{ name: "channel", resourceClaimTemplateName: "rack-channel" }],
};
const queued = { "kueue.x-k8s.io/queue-name": "search" };
const labelled = { annotations: { "hybrid-ai/residency": "any" } };
const inJapan = (labels: { [label: string]: string }): ResourceSpec =>
  host("gpu", {}, { annotations: { "hybrid-ai/dataset": "claims" }, labels });

/** Two ports of one's own to one gateway, with frames of these sizes. */
const twoWays = (first: number, second: number): ResourceSpec[] =>
  change(
    change([...hub(), ...dedicatedCircuit("a", "EQTY2", 0), ...dedicatedCircuit("b", "ATTC1", 1)], "a-vif", {
      mtu: first,
    }),
    "b-vif",
    { mtu: second },
  );
export const hybridCluster = (version: Spec = "1.35"): ResourceSpec => ({
  type: "aws:eks/cluster:Cluster",
  name: "hybrid",
  properties: {
    region: "ap-northeast-1",
    version,
    remoteNetworkConfig: { remoteNodeNetworks: { cidrs: ["10.1.0.0/20"] } },
  },
});
const podNetwork = (mtu: Spec): ResourceSpec => release("cilium", { MTU: mtu });
const managed = (subnetManager: Spec): ResourceSpec =>
  adapterPolicy({}, { annotations: { "hybrid-ai/subnet-manager": subnetManager } });

export const siteFixtures: { [rule: string]: RuleFixtures } = {
  "pods-ask-for-resources-that-exist": {
    pass: [rail0, onRail0, job("train", { limits: oneGpu })],
    // NVIDIA's own page on partition keys: the policy says mlnxnics, the network mlnxics.
    fail: [
      railPolicy("rail0", { resourceName: "mlnxnics" }),
      attachment("search", "ib", { pkey: "0x6" }, "nvidia.com/mlnxics"),
    ],
    unknown: [railPolicy("rail0", { resourceName: unborn }), job("train", { limits: oneGpu })],
  },
  "pods-attach-to-networks-that-exist": {
    pass: [rail0, onRail0, job("train", { limits: oneGpu, annotations: networks("search-rail0") })],
    // The same page: ib-sriov-network and ib-sriob-network.
    fail: [
      rail0,
      attachment("search", "ib-sriov-network", { pkey: "0x6" }),
      job("train", { limits: oneGpu, annotations: networks("ib-sriob-network") }),
    ],
    unknown: [rail0, onRail0, job("train", { limits: oneGpu, annotations: networks(unborn) })],
  },
  "ib-kubernetes-finds-its-secret": {
    pass: [ufmSecret, adapterPolicy({ ibKubernetes: ibKubernetes() }, afterSecret)],
    // The same page: ufm-secret and ib-kubernetes-ufm-secret.
    fail: [
      ufmSecret,
      adapterPolicy({ ibKubernetes: ibKubernetes({ ufmSecret: "ib-kubernetes-ufm-secret" }) }, afterSecret),
    ],
    unknown: [ufmSecret, adapterPolicy({ ibKubernetes: ibKubernetes({ ufmSecret: unborn }) })],
  },
  "tenants-are-kept-apart-by-partitions": {
    pass: [rail0, onRail0, attachment("speech", "speech-rail0", { pkey: "0x7" })],
    fail: [rail0, onRail0, attachment("speech", "speech-rail0", { pkey: "0x8006" })],
    unknown: [rail0, onRail0, attachment("speech", "speech-rail0", unborn)],
  },
  "json-inside-manifests-can-be-read": {
    pass: [rail0, onRail0],
    // NVIDIA's example of an InfiniBand network: a comma behind the last entry of ipam.
    fail: [
      rail0,
      object("sriovnetwork.openshift.io/v1", "SriovIBNetwork", "ib", {
        resourceName: "rail0",
        ipam: '{"type":"nv-ipam","poolName":"pool1",}',
      }),
    ],
    unknown: [
      rail0,
      object("sriovnetwork.openshift.io/v1", "SriovIBNetwork", "ib", { resourceName: "rail0", ipam: unborn }),
    ],
  },
  "required-fields-of-custom-kinds-are-there": {
    pass: [rail0],
    // NVIDIA's example of an InfiniBand policy has no node selector.
    fail: [
      object("sriovnetwork.openshift.io/v1", "SriovNetworkNodePolicy", "ib", {
        nicSelector: { pfNames: ["ib0"] },
        numVfs: 4,
        resourceName: "mlnxnics",
        linkType: "ib",
        isRdma: true,
      }),
    ],
    unknown: [object("nv-ipam.nvidia.com/v1alpha1", "IPPool", "pool", unborn)],
  },
  "a-cluster-has-one-adapter-policy": {
    pass: [
      adapterPolicy({ ofedDriver: { image: "doca-driver" } }),
      { ...adapterPolicy(), name: "elsewhere", providerRegion: "eu-west-1" },
    ],
    fail: [adapterPolicy({}, { name: "my-policy" })],
    unknown: [adapterPolicy({}, { name: unborn })],
  },
  "guid-pools-are-valid-and-apart": {
    pass: [ufmSecret, adapterPolicy({ ibKubernetes: ibKubernetes() }, afterSecret)],
    fail: [
      ufmSecret,
      adapterPolicy(
        { ibKubernetes: ibKubernetes({ pKeyGUIDPoolRangeEnd: "01:00:00:00:00:00:00:00" }) },
        afterSecret,
      ),
    ],
    unknown: [
      ufmSecret,
      adapterPolicy({ ibKubernetes: ibKubernetes({ pKeyGUIDPoolRangeEnd: unborn }) }, afterSecret),
    ],
  },
  "link-types-agree-with-devices": {
    pass: [rail0],
    fail: [railPolicy("rail0", { eSwitchMode: "switchdev" })],
    unknown: [railPolicy("rail0", { deviceType: unborn })],
  },
  "rdma-pods-may-lock-memory": {
    pass: [rail0, job("train", { limits: oneGpu })],
    fail: [rail0, job("train", { limits: oneGpu, container: { securityContext: {} } })],
    unknown: [rail0, job("train", { limits: oneGpu, container: { securityContext: unborn } })],
  },
  "pods-with-several-gpus-share-memory": {
    pass: [rail0, railPolicy("rail1"), job("train", { limits: twoGpus })],
    fail: [
      rail0,
      railPolicy("rail1"),
      job("train", { limits: twoGpus, spec: { volumes: [{ name: "shm", emptyDir: {} }] } }),
    ],
    unknown: [rail0, railPolicy("rail1"), job("train", { limits: twoGpus, spec: { volumes: unborn } })],
  },
  "gpus-reach-adapters-without-a-copy": {
    pass: [gpuOperator()],
    fail: [gpuOperator({ driver: { kernelModuleType: "proprietary" } })],
    unknown: [gpuOperator({ driver: { kernelModuleType: unborn } })],
  },
  "every-gpu-has-a-rail": {
    pass: [rail0, railPolicy("rail1"), job("train", { limits: twoGpus })],
    fail: [rail0, job("train", { limits: { "nvidia.com/gpu": 8, "nvidia.com/rail0": 1 } })],
    unknown: [rail0, job("train", { limits: { "nvidia.com/gpu": 8, "nvidia.com/rail0": unborn } })],
  },
  "each-rail-is-a-resource-of-its-own": {
    pass: [rail0, railPolicy("rail1")],
    fail: [railPolicy("rail0", { nicSelector: { vendor: "15b3" } })],
    unknown: [railPolicy("rail0", { nicSelector: unborn })],
  },
  "nccl-finds-the-fabric": {
    pass: [rail0, job("train", { limits: oneGpu, env: { NCCL_IB_HCA: "mlx5_0,mlx5_1" } })],
    fail: [rail0, job("train", { limits: oneGpu, env: { NCCL_IB_DISABLE: "1" } })],
    unknown: [rail0, job("train", { limits: oneGpu, env: { NCCL_IB_DISABLE: unborn } })],
  },
  "mtu-agrees-along-the-fabric": {
    pass: [
      railPolicy("rail0", { linkType: "eth", mtu: 9000 }),
      railPolicy("rail1", { linkType: "eth", mtu: 9000 }),
    ],
    fail: [railPolicy("rail0", { linkType: "eth", mtu: 1500 })],
    unknown: [railPolicy("rail0", { mtu: unborn })],
  },
  "frames-are-alike-on-the-hybrid-path": {
    pass: [...twoWays(8500, 8500), hybridCluster(), podNetwork(8500)],
    fail: twoWays(1500, 8500),
    unknown: [...twoWays(1500, 1500), hybridCluster(), podNetwork(unborn)],
  },
  "infiniband-has-a-subnet-manager": {
    pass: [rail0, managed("opensm")],
    fail: [rail0, adapterPolicy({ ofedDriver: { image: "doca-driver" } })],
    unknown: [rail0, managed(unborn)],
  },
  "selectors-reach-the-hardware": {
    pass: [rail0, job("train", { limits: oneGpu })],
    fail: [rail0, job("train", { limits: oneGpu, spec: { tolerations: [] } })],
    unknown: [rail0, job("train", { limits: oneGpu, spec: { tolerations: unborn } })],
  },
  "node-features-are-discovered-once": {
    pass: [networkOperator(), gpuOperator()],
    fail: [networkOperator(), gpuOperator({ nfd: { enabled: true } })],
    unknown: [networkOperator({ nfd: unborn }), gpuOperator()],
  },
  "compute-domains-fit-their-jobs": {
    pass: [
      domain({ numNodes: 0 }),
      job("train", { workers: 18, limits: { "nvidia.com/gpu": 4 }, spec: claims }),
    ],
    fail: [
      domain({ numNodes: 16 }),
      job("train", { workers: 18, limits: { "nvidia.com/gpu": 4 }, spec: claims }),
    ],
    unknown: [domain({ numNodes: unborn })],
  },
  "gpu-jobs-queue-with-their-topology": {
    pass: [
      kueue("Topology", "rack", { levels: [{ nodeLabel: "rack" }, { nodeLabel: "kubernetes.io/hostname" }] }),
      kueue("ResourceFlavor", "h100", { topologyName: "rack", nodeLabels: { pool: "h100" } }),
      job("train", {
        labels: queued,
        limits: { "nvidia.com/gpu": 1 },
        annotations: { "kueue.x-k8s.io/podset-required-topology": "rack" },
      }),
    ],
    fail: [kueue("ResourceFlavor", "h100", { topologyName: "rack" })],
    unknown: [kueue("Topology", "rack", { levels: unborn })],
  },
  "efa-and-infiniband-are-not-mixed": {
    pass: [
      job("train", {
        limits: { "vpc.amazonaws.com/efa": 4, "hugepages-2Mi": "5120Mi" },
      }),
    ],
    fail: [
      job("train", {
        limits: { "vpc.amazonaws.com/efa": 4, "hugepages-2Mi": "5120Mi" },
        env: { NCCL_IB_TIMEOUT: "22" },
      }),
    ],
    unknown: [
      job("train", {
        limits: { "vpc.amazonaws.com/efa": 4, "hugepages-2Mi": "5120Mi" },
        env: { FI_PROVIDER: ref("train") },
      }),
    ],
  },
  "hosts-boot-what-was-meant": {
    pass: [host("gpu"), host("gpu-b")],
    fail: [host("gpu", { image: { url: "https://images.example.com/ubuntu.qcow2" } })],
    unknown: [host("gpu", { image: { url: "https://images.example.com/ubuntu.qcow2", checksum: unborn } })],
  },
  "hosts-stand-where-their-data-may-be": {
    pass: [host("gpu", {}, labelled)],
    fail: [inJapan({ "hybrid-ai/country": "US" })],
    unknown: [inJapan({})],
  },
};
