import { type ResourceSpec, ref, type Spec, unborn } from "../../../support/plan";

type Properties = { [property: string]: Spec };

const rule = (name: string, direction: "Ingress" | "Egress", group: string, peer: string): ResourceSpec => ({
  type: `aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`,
  name,
  properties: { securityGroupId: ref(group), referencedSecurityGroupId: ref(peer), ipProtocol: "-1" },
});

const group = (name: string): ResourceSpec => ({
  type: "aws:ec2/securityGroup:SecurityGroup",
  name,
  properties: { description: name },
});

/** The interfaces of p5en: ENA on card 0, EFA on all sixteen. */
export const interfaces = (count = 16, change: Properties = {}): Spec[] => [
  nic(0, 0, "interface"),
  ...Array.from({ length: count }, (_, card) => ({
    ...nic(card, card === 0 ? 1 : 0, "efa-only"),
    ...change,
  })),
];

export const nic = (card: number, device: number, interfaceType: string): { [key: string]: Spec } => ({
  networkCardIndex: card,
  deviceIndex: device,
  interfaceType,
  securityGroups: [ref("nodes")],
  associatePublicIpAddress: "false",
});

/** A cluster that every rule of the area passes: nodes, their file system, and the transfer that fills it. */
export const cluster: readonly ResourceSpec[] = [
  {
    type: "aws:ec2/subnet:Subnet",
    name: "subnet",
    properties: {
      region: "ap-northeast-1",
      availabilityZoneId: "apne1-az4",
      cidrBlock: "10.16.0.0/18",
      mapPublicIpOnLaunch: false,
    },
  },
  group("nodes"),
  rule("nodes-in", "Ingress", "nodes", "nodes"),
  rule("nodes-out", "Egress", "nodes", "nodes"),
  group("files"),
  rule("files-in", "Ingress", "files", "files"),
  rule("files-out", "Egress", "files", "files"),
  rule("nodes-to-files", "Egress", "nodes", "files"),
  rule("files-from-nodes", "Ingress", "files", "nodes"),
  rule("files-to-nodes", "Egress", "files", "nodes"),
  rule("nodes-from-files", "Ingress", "nodes", "files"),
  { type: "aws:ec2/placementGroup:PlacementGroup", name: "together", properties: { strategy: "cluster" } },
  {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "template",
    properties: {
      instanceType: "p5en.48xlarge",
      networkInterfaces: interfaces(),
      placement: { groupName: ref("together") },
    },
  },
  {
    type: "aws:eks/nodeGroup:NodeGroup",
    name: "group",
    properties: {
      launchTemplate: { id: ref("template"), version: "1" },
      subnetIds: [ref("subnet")],
      amiType: "AL2023_x86_64_NVIDIA",
      scalingConfig: { minSize: 0, maxSize: 4, desiredSize: 4 },
    },
  },
  { type: "kubernetes:helm.sh/v3:Release", name: "dranet", properties: { chart: "aws-dranet" } },
  {
    type: "aws:fsx/lustreFileSystem:LustreFileSystem",
    name: "lustre",
    properties: {
      deploymentType: "PERSISTENT_2",
      storageType: "SSD",
      storageCapacity: 9600,
      perUnitStorageThroughput: 1000,
      efaEnabled: true,
      metadataConfiguration: { mode: "AUTOMATIC" },
      securityGroupIds: [ref("files")],
      subnetIds: ref("subnet"),
    },
  },
  {
    type: "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation",
    name: "link",
    properties: { fileSystemId: ref("lustre"), fileSystemPath: "/d", dataRepositoryPath: "s3://d" },
  },
  {
    type: "aws:datasync/nfsLocation:NfsLocation",
    name: "source",
    properties: { onPremConfig: { agentArns: [unborn] } },
  },
  {
    type: "aws:datasync/task:Task",
    name: "task",
    properties: { taskMode: "ENHANCED", options: { verifyMode: "ONLY_FILES_TRANSFERRED" } },
  },
];

/** The cluster with some properties of one resource changed; `null` takes a property away. */
export function changed(
  name: string,
  change: Properties,
  specs: readonly ResourceSpec[] = cluster,
): ResourceSpec[] {
  return specs.map((spec) => {
    if (spec.name !== name) return spec;
    const properties = Object.entries({ ...spec.properties, ...change }).filter(
      ([, value]) => value !== null,
    );
    return { ...spec, properties: Object.fromEntries(properties) };
  });
}

export function without(...names: string[]): ResourceSpec[] {
  return cluster.filter(({ name }) => !names.includes(name));
}
