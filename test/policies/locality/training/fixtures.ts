import { type ResourceSpec, ref, registry, type Spec, unborn } from "../../../support/plan";
import type { RuleFixtures } from "../../../support/rule-suite";

type Properties = { [property: string]: Spec };

const subnet = (name: string, availabilityZoneId: string): ResourceSpec => ({
  type: "aws:ec2/subnet:Subnet",
  name,
  properties: { region: "ap-northeast-1", availabilityZoneId },
});

const cluster: ResourceSpec[] = [
  subnet("here", "apne1-az4"),
  subnet("there", "apne1-az1"),
  {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "template",
    properties: { networkInterfaces: [{ interfaceType: "efa" }] },
  },
  {
    type: "aws:eks/nodeGroup:NodeGroup",
    name: "nodes",
    properties: { launchTemplate: { id: ref("template") }, subnetIds: [ref("here")] },
  },
  { type: "aws:s3/bucket:Bucket", name: "data", properties: { region: "ap-northeast-1" } },
  {
    type: "aws:fsx/lustreFileSystem:LustreFileSystem",
    name: "lustre",
    properties: { region: "ap-northeast-1", subnetIds: ref("here"), storageCapacity: 4800, efaEnabled: true },
  },
  {
    type: "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation",
    name: "link",
    properties: { fileSystemId: ref("lustre"), dataRepositoryPath: ref("data") },
  },
  { type: "aws:ec2/routeTable:RouteTable", name: "routes", properties: {} },
  {
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    name: "routes-here",
    properties: { subnetId: ref("here"), routeTableId: ref("routes") },
  },
  {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    name: "s3",
    properties: { serviceName: "com.amazonaws.ap-northeast-1.s3", routeTableIds: [ref("routes")] },
  },
];

function changed(name: string, change: Properties): ResourceSpec[] {
  return cluster.map((spec) =>
    spec.name === name ? { ...spec, properties: { ...spec.properties, ...change } } : spec,
  );
}

const transfer = (outputs: Properties): ResourceSpec => ({
  type: "hybrid-ai-fabric:index:BulkTransfer",
  name: "claims-in",
  properties: { bottleneck: "link", labels: { dataset: "claims", residency: "japan-only" }, ...outputs },
});
const settings = { ...registry, budgets: { transferHours: { claims: 72 } } };

export const trainingFixtures: { [rule: string]: RuleFixtures } = {
  "stores-stand-in-the-zone-of-their-cluster": {
    pass: cluster,
    fail: changed("lustre", { subnetIds: ref("there") }),
    unknown: changed("lustre", { subnetIds: unborn }),
  },
  "repositories-are-in-the-region-of-their-file-system": {
    pass: cluster,
    fail: changed("data", { region: "us-east-1" }),
    unknown: changed("link", { dataRepositoryPath: unborn }),
  },
  "transfers-end-within-their-window": {
    pass: [transfer({ predictedHours: 61, windowHours: 72 })],
    fail: [transfer({ predictedHours: 90 })],
    unknown: [transfer({ predictedHours: unborn })],
    settings,
  },
  "private-nodes-reach-buckets-without-nat": {
    pass: cluster,
    fail: changed("s3", { serviceName: "com.amazonaws.ap-northeast-1.dynamodb" }),
    unknown: changed("s3", { serviceName: unborn }),
  },
};
