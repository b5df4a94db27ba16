import assert from "node:assert/strict";
import { fabricRules } from "@hybrid-ai-fabric/policy-fabric/rules";
import { openSmPartitions } from "../../../../components/site/plans/opensm-partitions";
import { type ResourceSpec, ref, type Spec, unborn } from "../../../support/plan";
import { violationsOf } from "../../../support/rule-suite";
import { change, dedicatedCircuit, hub } from "../interconnect/path";
import { hybridCluster } from "./fixtures";
import {
  adapterPolicy,
  afterSecret,
  attachment,
  gpuOperator,
  host,
  ibKubernetes,
  job,
  networks,
  object,
  railPolicy,
  release,
  ufmSecret,
} from "./manifests";

/** What a rule says of a plan, one line each: level, verdict and the property to blame. */
function said(rule: string, specs: readonly ResourceSpec[]): string[] {
  return violationsOf(fabricRules, specs)
    .filter((violation) => violation.rule === rule)
    .map(({ level, verdict, path }) => `${level} ${verdict} ${path[0]?.property}`);
}

/** The partition of everybody as this library writes it. */
const openSmDefault = () =>
  openSmPartitions([])
    .replace(/^Default=/, "")
    .trim();
const rails = (count: number) => Array.from({ length: count }, (_, index) => railPolicy(`rail${index}`));
const portsOf = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`nvidia.com/rail${index}`, 1]));

describe("site rules on manifests of anybody", () => {
  it("take 8 GPUs with 8 rails and 4 with 4, and report 8 with 7", () => {
    const rule = "every-gpu-has-a-rail";
    const train = (gpus: number, ports: number) => [
      ...rails(ports),
      job("train", { limits: { "nvidia.com/gpu": gpus, ...portsOf(ports) } }),
    ];
    assert.deepEqual(said(rule, train(8, 8)), []);
    assert.deepEqual(said(rule, train(4, 4)), []);
    assert.deepEqual(said(rule, train(8, 7)), [
      "advisory broken spec.template.spec.containers[].resources.limits",
    ]);
  });

  it("report a fabric component whose hosts have too few rails", () => {
    const fabric = (model: string, gpusPerHost: number, count: number): ResourceSpec => ({
      type: "hybrid-ai-fabric:index:InfiniBandFabric",
      name: "ib",
      properties: { gpuModel: model, gpusPerHost, rdmaResources: Object.keys(portsOf(count)) },
    });
    assert.deepEqual(said("every-gpu-has-a-rail", [fabric("GB200", 4, 4)]), []);
    assert.deepEqual(said("every-gpu-has-a-rail", [fabric("H100", 8, 4)]), ["advisory broken rdmaResources"]);
  });

  it("ask for no IPC_LOCK where pod or namespace say that locked memory is unlimited", () => {
    const rule = "rdma-pods-may-lock-memory";
    const train = (annotations: { [annotation: string]: string }) => [
      ...rails(1),
      job("train", { limits: portsOf(1), annotations, container: { securityContext: {} } }),
    ];
    const namespace = (value: string): ResourceSpec => ({
      type: "kubernetes:core/v1:Namespace",
      name: "search",
      properties: { metadata: { name: "search", annotations: { "hybrid-ai/memlock": value } } },
    });
    const missing = ["advisory broken spec.template.spec.containers[0].securityContext"];
    assert.deepEqual(said(rule, train({})), missing);
    assert.deepEqual(said(rule, train({ "hybrid-ai/memlock": "unlimited" })), []);
    assert.deepEqual(said(rule, [...train({}), namespace("unlimited")]), []);
    assert.deepEqual(said(rule, [...train({}), namespace("64Ki")]), missing);
    const elsewhere = { ...namespace("unlimited"), providerRegion: "eu-west-1" };
    assert.deepEqual(said(rule, [...train({}), elsewhere]), missing);
  });

  it("report pods that send more than the path carries, and tunnels beside large frames", () => {
    const rule = "frames-are-alike-on-the-hybrid-path";
    const way = [...hub(), ...dedicatedCircuit("a", "EQTY2", 0)];
    const large = change(way, "a-vif", { mtu: 8500 });
    const installation = object("operator.tigera.io/v1", "Installation", "default", {
      calicoNetwork: { mtu: 8900 },
    });
    assert.deepEqual(said(rule, [...way, hybridCluster(), release("cilium", { MTU: 9000 })]), [
      "advisory broken values.MTU",
    ]);
    assert.deepEqual(said(rule, [...large, hybridCluster(), installation]), [
      "advisory broken spec.calicoNetwork.mtu",
    ]);
    assert.deepEqual(said(rule, [...way, release("cilium", { MTU: 9000 })]), []);
    const tunnel: ResourceSpec = {
      type: "aws:ec2/vpnConnection:VpnConnection",
      name: "backup",
      properties: { transitGatewayId: ref("transit") },
    };
    assert.deepEqual(said(rule, [...large, tunnel]), ["advisory broken transitGatewayId"]);
    assert.deepEqual(said(rule, [...way, tunnel]), []);
  });

  it("report a default partition that joins tenants, and InfiniBand whose manager nobody names", () => {
    const rule = "infiniband-has-a-subnet-manager";
    const partitions = (everybody: string, tenants = "a=0x10, ipoib : SELF;\nb=0x11, ipoib : SELF;") => [
      {
        type: "kubernetes:core/v1:ConfigMap",
        name: "opensm",
        properties: { data: { "partitions.conf": `# members\nDefault=${everybody}\n${tenants}\n` } },
      },
    ];
    const joined = ['advisory broken data["partitions.conf"]'];
    assert.deepEqual(said(rule, partitions("0x7fff, ipoib, defmember=full : ALL;")), joined);
    assert.deepEqual(said(rule, partitions("0xffff, ipoib : ALL=full;")), joined);
    assert.deepEqual(said(rule, partitions("0x7fff, ipoib, defmember=limited : ALL, SELF=full;")), []);
    assert.deepEqual(said(rule, partitions("0x7fff, ipoib, defmember=full : ALL=limited, SELF;")), []);
    assert.deepEqual(said(rule, partitions("0x7fff, ipoib : ALL=full;", "a=0x10 : SELF;")), []);
    const attached = attachment("a", "n", { pkey: "0x6" });
    assert.deepEqual(said(rule, [attached, adapterPolicy()]), ["advisory broken spec.ibKubernetes"]);
    assert.deepEqual(said(rule, [attached]), []);
    assert.deepEqual(said(rule, partitions(openSmDefault())), []);
  });

  it("report a DRA driver on a Kubernetes that is too old for it", () => {
    const rule = "compute-domains-fit-their-jobs";
    const provider: ResourceSpec = {
      type: "pulumi:providers:kubernetes",
      name: "cluster",
      properties: { kubeconfig: ref("hybrid") },
    };
    const driver = { ...release("dra-driver-nvidia-gpu", {}), provider: "cluster" };
    const plan = (version: Spec) => [hybridCluster(version), provider, driver];
    assert.deepEqual(said(rule, plan("1.31")), ["advisory broken provider"]);
    assert.deepEqual(said(rule, plan("1.32")), []);
    assert.deepEqual(said(rule, plan(unborn)), ["advisory cannotBeShown provider"]);
    assert.deepEqual(said(rule, [driver, { ...provider, properties: {} }]), []);
  });

  it("judge nodes that carry data like hosts", () => {
    const rule = "hosts-stand-where-their-data-may-be";
    const node = (country: string | undefined): ResourceSpec => ({
      type: "kubernetes:core/v1:NodePatch",
      name: "gpu-1",
      properties: {
        metadata: {
          name: "gpu-1",
          annotations: { "hybrid-ai/dataset": "claims" },
          ...(country === undefined ? {} : { labels: { "hybrid-ai/country": country } }),
        },
      },
    });
    assert.deepEqual(said(rule, [node("JP")]), []);
    assert.deepEqual(said(rule, [node("US")]), ["mandatory broken metadata.labels"]);
    assert.deepEqual(said(rule, [node(undefined)]), ["mandatory cannotBeShown metadata.labels"]);
  });

  it("report switched-off certificate verification and plain http, and refuse what can only be wrong", () => {
    const rule = "hosts-boot-what-was-meant";
    const bmc = { address: "redfish-virtualmedia+https://h.example.com/1", credentialsName: "bmc" };
    assert.deepEqual(said(rule, [host("gpu", { bmc: { ...bmc, disableCertificateVerification: true } })]), [
      "advisory broken spec.bmc.disableCertificateVerification",
    ]);
    assert.deepEqual(
      said(rule, [host("gpu", { image: { url: "http://i.example.com/x", checksum: "a".repeat(64) } })]),
      ["advisory broken spec.image.url"],
    );
    assert.deepEqual(said(rule, [host("gpu", { bmc: { ...bmc, address: "redfish-virtual-media://h/1" } })]), [
      "mandatory broken spec.bmc.address",
    ]);
    const twin = { bootMACAddress: "02:00:00:00:00:03" };
    assert.deepEqual(said(rule, [host("gpu", twin), host("gpu-b", twin)]), [
      "mandatory broken spec.bootMACAddress",
    ]);
  });

  it("refuse keys that are nobody's, tenants without one, and pods with two", () => {
    const rule = "tenants-are-kept-apart-by-partitions";
    for (const pkey of ["0x0", "0x7fff", "0xffff"]) {
      assert.deepEqual(said(rule, [attachment("a", "n", { pkey })]), ["mandatory broken spec.config"], pkey);
    }
    assert.deepEqual(said(rule, [attachment("a", "n", { pkey: "0x6" }), attachment("b", "n", {})]), [
      "mandatory broken spec.config",
    ]);
    const keyless = object("sriovnetwork.openshift.io/v1", "SriovIBNetwork", "ib", {
      resourceName: "rail0",
      networkNamespace: "b",
    });
    assert.deepEqual(said(rule, [attachment("a", "n", { pkey: "0x6" }), keyless]), ["mandatory broken spec"]);
    assert.deepEqual(said(rule, [keyless]), []);
    const both = [attachment("search", "n", { pkey: "0x6" }), attachment("search", "m", { pkey: "0x7" })];
    assert.deepEqual(said(rule, [...both, job("train", { annotations: networks("n,m") })]), [
      'mandatory broken spec.template.metadata.annotations["k8s.v1.cni.cncf.io/networks"]',
    ]);
  });

  it("refuse ib-kubernetes where it is asked for and not deployed", () => {
    const rule = "tenants-are-kept-apart-by-partitions";
    const asking = attachment("a", "n", { pkey: "0x6", ibKubernetesEnabled: true });
    assert.deepEqual(said(rule, [asking, adapterPolicy()]), ["mandatory broken spec.config"]);
    assert.deepEqual(said(rule, [asking]), ["advisory cannotBeShown spec.config"]);
    assert.deepEqual(said(rule, [asking, ufmSecret, adapterPolicy({ ibKubernetes: ibKubernetes() })]), []);
  });

  it("refuse a secret that may come after the policy", () => {
    const rule = "ib-kubernetes-finds-its-secret";
    const section = { ibKubernetes: ibKubernetes() };
    assert.deepEqual(said(rule, [ufmSecret, adapterPolicy(section)]), [
      "mandatory broken spec.ibKubernetes.ufmSecret",
    ]);
    assert.deepEqual(said(rule, [ufmSecret, adapterPolicy(section, afterSecret)]), []);
  });

  it("keep clusters apart, and doubt pools of GUIDs that meet", () => {
    const other = {
      ...adapterPolicy({ ibKubernetes: ibKubernetes() }),
      name: "b",
      providerRegion: "eu-west-1",
    };
    const plan = [ufmSecret, adapterPolicy({ ibKubernetes: ibKubernetes() }, afterSecret), other];
    assert.deepEqual(said("a-cluster-has-one-adapter-policy", plan), []);
    assert.deepEqual(said("guid-pools-are-valid-and-apart", plan), [
      "mandatory cannotBeShown spec.ibKubernetes.pKeyGUIDPoolRangeStart",
    ]);
    const second = { ...adapterPolicy(), name: "second" };
    assert.deepEqual(said("a-cluster-has-one-adapter-policy", [adapterPolicy(), second]), [
      "mandatory broken metadata.name",
    ]);
  });

  it("read the resources of device plugins out of their strings", () => {
    const config = JSON.stringify({
      configList: [{ resourceName: "shared", selectors: { ifNames: ["ib0"] } }],
    });
    const policy = adapterPolicy({ rdmaSharedDevicePlugin: { image: "k8s-rdma-shared-dev-plugin", config } });
    const rule = "pods-ask-for-resources-that-exist";
    assert.deepEqual(said(rule, [policy, job("train", { limits: { "rdma/shared": 1 } })]), []);
    assert.deepEqual(said(rule, [policy, job("train", { limits: { "rdma/sharde": 1 } })]), [
      'mandatory broken spec.template.spec.containers[].resources.limits["rdma/sharde"]',
    ]);
    assert.deepEqual(said(rule, [job("train", { limits: { "rdma/shared": 1 } })]), [
      'advisory cannotBeShown spec.template.spec.containers[].resources.limits["rdma/shared"]',
    ]);
    const broken = adapterPolicy({ rdmaSharedDevicePlugin: { image: "p", config: "{}" } });
    assert.deepEqual(said("json-inside-manifests-can-be-read", [broken]), [
      "mandatory broken spec.rdmaSharedDevicePlugin.config",
    ]);
  });

  it("see a ClusterPolicy and the values of its chart alike", () => {
    const rule = "gpus-reach-adapters-without-a-copy";
    const spec = { driver: { rdma: { enabled: true } }, gdrcopy: { enabled: true } };
    const policy = object("nvidia.com/v1", "ClusterPolicy", "cluster-policy", spec);
    const deployed = adapterPolicy({ ofedDriver: { image: "doca-driver" } });
    assert.deepEqual(said(rule, [policy]), ["mandatory broken spec.driver.rdma.enabled"]);
    assert.deepEqual(said(rule, [release("nvidia/gpu-operator", spec)]), [
      "mandatory broken values.driver.rdma.enabled",
    ]);
    assert.deepEqual(said(rule, [policy, deployed]), []);
    assert.deepEqual(said(rule, [gpuOperator({ gdrcopy: {} })]), ["advisory broken values.gdrcopy.enabled"]);
  });

  it("tell apart functions of one port that overlap from those that do not", () => {
    const rule = "each-rail-is-a-resource-of-its-own";
    const on = (name: string, pfName: string) => railPolicy(name, { nicSelector: { pfNames: [pfName] } });
    assert.deepEqual(said(rule, [on("a", "ib0#0-1"), on("b", "ib0#2-3")]), []);
    assert.deepEqual(said(rule, [on("a", "ib0#0-2"), on("b", "ib0#2-3")]), [
      "advisory broken spec.nicSelector.pfNames",
    ]);
    assert.deepEqual(said(rule, [on("a", "ib0"), on("b", "ib0#2-3")]).length, 1);
  });
});
