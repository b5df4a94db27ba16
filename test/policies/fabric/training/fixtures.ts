import { type ResourceSpec, ref, unborn } from "../../../support/plan";
import type { RuleFixtures } from "../../../support/rule-suite";
import { changed, cluster, interfaces, nic, without } from "./cluster";

const pass = [...cluster];
const with_ = (...more: ResourceSpec[]): ResourceSpec[] => [...cluster, ...more];
const block = { instanceMarketOptions: { marketType: "capacity-block" }, placement: null };
const target = (id: string | typeof unborn) => ({
  capacityReservationSpecification: { capacityReservationTarget: { capacityReservationId: id } },
});
const pod = (
  limits: { [resource: string]: string | number | typeof unborn },
  env: { name: string }[] = [],
) => ({
  type: "kubernetes:core/v1:Pod",
  name: "pod",
  properties: {
    spec: {
      volumes: [{ name: "shm", emptyDir: { medium: "Memory" } }],
      containers: [
        { name: "c", resources: { limits }, env, volumeMounts: [{ name: "shm", mountPath: "/dev/shm" }] },
      ],
    },
  },
});
const pages = { "nvidia.com/gpu": 8, "hugepages-2Mi": "5120Mi" };
const taskDefinition = (containerDefinitions: string | typeof unborn): ResourceSpec => ({
  type: "aws:ecs/taskDefinition:TaskDefinition",
  name: "job",
  properties: { containerDefinitions },
});

export const trainingFixtures: { [rule: string]: RuleFixtures } = {
  "efa-security-groups-allow-themselves": {
    pass: with_(),
    fail: changed("nodes-out", { referencedSecurityGroupId: null, cidrIpv4: "0.0.0.0/0" }),
    unknown: changed("nodes-out", { referencedSecurityGroupId: unborn }),
  },
  "efa-is-asked-of-types-that-have-it": {
    pass,
    fail: changed("template", { instanceType: "g5.xlarge" }),
    unknown: changed("template", { instanceType: unborn }),
  },
  "every-card-that-takes-efa-has-one": {
    pass,
    fail: changed("template", { networkInterfaces: interfaces(1) }),
    unknown: changed("template", { instanceType: unborn }),
  },
  "network-interfaces-fit-the-cards": {
    pass,
    fail: changed("template", { networkInterfaces: [...interfaces(), nic(3, 1, "efa-only")] }),
    unknown: changed("template", { networkInterfaces: interfaces(16, { networkCardIndex: unborn }) }),
  },
  "nodes-with-efa-have-no-public-address": {
    pass,
    fail: changed("subnet", { mapPublicIpOnLaunch: true }),
    unknown: changed("template", {
      networkInterfaces: interfaces(16, { associatePublicIpAddress: unborn }),
    }),
  },
  "efa-stays-in-one-zone": {
    pass,
    fail: changed("group", { subnetIds: [ref("subnet"), "subnet-of-another-zone"] }),
    unknown: changed("group", { subnetIds: unborn }),
  },
  "efa-nodes-are-placed-together": {
    pass,
    fail: changed("together", { strategy: "spread" }),
    unknown: changed("together", { strategy: unborn }),
  },
  "capacity-fits-how-it-is-asked-for": {
    pass: changed(
      "group",
      { capacityType: "CAPACITY_BLOCK" },
      changed("template", { ...block, ...target("cr-0123456789abcdef0") }),
    ),
    fail: changed("template", { ...block, ...target("cr-0123456789abcdef0") }),
    unknown: changed("template", { instanceMarketOptions: { marketType: unborn } }),
  },
  "instances-are-bought-as-they-are-sold": {
    pass,
    fail: changed("template", { instanceType: "trn2.48xlarge" }),
    unknown: changed("template", { instanceType: unborn }),
  },
  "zones-offer-the-instance-type": {
    pass,
    fail: changed("subnet", { availabilityZoneId: "apne1-az1" }),
    unknown: changed("subnet", { availabilityZoneId: unborn }),
  },
  "machine-images-fit-the-instance-type": {
    pass,
    fail: changed("group", { amiType: "AL2023_ARM_64_NVIDIA" }),
    unknown: changed("group", { amiType: unborn }),
  },
  "efa-nodes-have-its-driver": {
    pass,
    fail: without("dranet"),
    unknown: changed("dranet", { chart: unborn }),
  },
  "pods-with-efa-ask-for-what-it-needs": {
    pass: with_(pod({ ...pages, "vpc.amazonaws.com/efa": 16 })),
    fail: with_(pod({ ...pages, "vpc.amazonaws.com/efa": 32 })),
    unknown: with_(pod({ ...pages, "vpc.amazonaws.com/efa": unborn })),
  },
  "nccl-is-not-told-what-it-finds-out": {
    pass: with_(
      pod(pages, [{ name: "NCCL_DEBUG" }]),
      taskDefinition('[{"environment":[{"name":"NCCL_DEBUG"}]}]'),
      // Fargate has neither GPUs nor EFA, so nothing is asked of what it runs.
      {
        ...taskDefinition(unborn),
        name: "web",
        properties: { requiresCompatibilities: ["FARGATE"], containerDefinitions: unborn },
      },
    ),
    fail: with_(taskDefinition('[{"environment":[{"name":"FI_PROVIDER","value":"efa"}]}]')),
    unknown: with_(taskDefinition(unborn)),
  },
  "addresses-suffice-for-every-interface": {
    pass,
    fail: changed(
      "subnet",
      { cidrBlock: "10.16.0.0/28" },
      changed("group", {
        scalingConfig: { minSize: 0, maxSize: 12, desiredSize: 12 },
      }),
    ),
    unknown: changed("subnet", { cidrBlock: unborn }),
  },
  "lustre-has-what-efa-needs": {
    pass,
    fail: changed("lustre", { storageCapacity: 5000 }),
    unknown: changed("lustre", { efaEnabled: unborn }),
  },
  "lustre-repositories-fit-their-file-system": {
    pass,
    fail: changed("lustre", { storageType: "INTELLIGENT_TIERING" }),
    unknown: changed("link", { fileSystemId: unborn }),
  },
  "lustre-and-its-clients-reach-each-other": {
    pass,
    fail: without("files-to-nodes"),
    unknown: changed("files-to-nodes", { referencedSecurityGroupId: unborn }),
  },
  "transfers-verify-in-a-mode-that-can": {
    pass,
    fail: changed("task", { options: null }),
    unknown: changed("task", { options: { verifyMode: unborn } }),
  },
  "locations-have-agents-within-the-quota": {
    pass,
    fail: changed("source", { onPremConfig: { agentArns: ["a", "b", "c", "d", "e"] } }),
    unknown: changed("source", { onPremConfig: { agentArns: unborn } }),
  },
};
