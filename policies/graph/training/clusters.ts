import { type InstanceType, instanceType } from "@hybrid-ai-fabric/locality";
import { append, hiddenBecause, numberAt, textAt } from "../interconnect";
import { type Leaf, leavesAt, topLevel } from "../path";
import type { PlannedResource } from "../resource";
import type { View } from "../rule";
import { isRecord, isUnknown, type Value } from "../value";
import { bareInstances, nodeClasses } from "./other-nodes";

/** Resource types that a training cluster is made of (@pulumi/aws 7.48, @pulumi/aws-native 1.79, @pulumi/kubernetes 4). */
export const tokens = {
  template: "aws:ec2/launchTemplate:LaunchTemplate",
  nodeGroup: "aws:eks/nodeGroup:NodeGroup",
  scalingGroup: "aws:autoscaling/group:Group",
  placementGroup: "aws:ec2/placementGroup:PlacementGroup",
  reservation: "aws:ec2/capacityReservation:CapacityReservation",
  block: "aws:ec2/capacityBlockReservation:CapacityBlockReservation",
  securityGroup: "aws:ec2/securityGroup:SecurityGroup",
  ingressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egressRule: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  oldRule: "aws:ec2/securityGroupRule:SecurityGroupRule",
  subnet: "aws:ec2/subnet:Subnet",
  fileSystem: "aws:fsx/lustreFileSystem:LustreFileSystem",
  association: "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation",
  task: "aws:datasync/task:Task",
  instance: "aws:ec2/instance:Instance",
  networkInterface: "aws:ec2/networkInterface:NetworkInterface",
  nodeClass: "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
  hyperPod: "aws-native:sagemaker:Cluster",
  release: "kubernetes:helm.sh/v3:Release",
} as const;

/** One network interface of a launch template; an index that is missing or hidden is not a number. */
export interface TemplateInterface {
  path: string;
  card: number | "unset" | "hidden";
  device: number | "unset" | "hidden";
  /** interface, efa, efa-only; undefined when it cannot be read. */
  kind: string | undefined;
  properties: { [key: string]: Value };
  /** Security groups of the interface; undefined where they are chosen by tags in the cluster. */
  groups: Ends | undefined;
}

/** What launches nodes with EFA: a launch template and what uses it, a bare instance, or a node class of Karpenter. */
export interface EfaTemplate {
  resource: PlannedResource;
  /** Property of the resource that holds its interfaces. */
  property: string;
  interfaces: TemplateInterface[];
  efa: TemplateInterface[];
  /** Node groups, scaling groups and instances that launch from it; an instance of its own is its own user. */
  users: PlannedResource[];
  /** The type, where it is known; else why not. */
  type: { is: InstanceType } | { id: string } | { why: string } | undefined;
}

/** The ends that a property of a resource names. */
export interface Ends {
  resources: PlannedResource[];
  /** Literals that no resource of the plan has. */
  outside: string[];
  /** Unknown values that were computed from no such resource. */
  lost: number;
  /** Unknown values in all: where there are fewer than resources, nothing shows which of these they are. */
  unknown: number;
}

export interface Training {
  all(...types: string[]): PlannedResource[];
  named(resource: PlannedResource, path: string, ...types: string[]): Ends;
  /** The ends that some values of a property name. */
  namedBy(resource: PlannedResource, leaves: readonly Leaf[], property: string, ...types: string[]): Ends;
  templates: EfaTemplate[];
  /** Launch templates whose interfaces cannot be read at all. */
  hiddenTemplates: PlannedResource[];
}

const known = new WeakMap<View, Training>();

/** Built once per view: every rule of the area reads the same. */
export function trainingOf(view: View): Training {
  const built = known.get(view) ?? build(view);
  known.set(view, built);
  return built;
}

function build(view: View): Training {
  const byType = new Map<string, PlannedResource[]>();
  const byUrn = new Map<string, PlannedResource>();
  const byIdentity = new Map<string, PlannedResource>();
  for (const resource of view.graph.resources) {
    append(byType, resource.type, resource);
    byUrn.set(resource.urn, resource);
    for (const property of ["id", "arn", "name"]) {
      const value = resource.outputs[property] ?? resource.inputs[property];
      if (typeof value === "string" && value !== "") byIdentity.set(`${resource.type} ${value}`, resource);
    }
  }
  const all = (...types: string[]) => types.flatMap((type) => byType.get(type) ?? []);
  const named: Training["named"] = (resource, path, ...types) =>
    namedBy(resource, leavesAt(resource.inputs, path), topLevel(path), ...types);
  const namedBy: Training["namedBy"] = (resource, leaves, property, ...types) => {
    const found = new Set<PlannedResource>();
    const outside: string[] = [];
    let unknown = 0;
    for (const { value } of leaves) {
      if (isUnknown(value)) unknown++;
      if (typeof value !== "string") continue;
      const owner = types.map((type) => byIdentity.get(`${type} ${value}`)).find((end) => end !== undefined);
      if (owner) found.add(owner);
      else outside.push(value);
    }
    if (unknown > 0) {
      for (const urn of resource.propertyDependencies[property] ?? []) {
        const candidate = byUrn.get(urn);
        if (candidate && types.includes(candidate.type)) found.add(candidate);
      }
    }
    const traced = found.size > 0 ? 0 : unknown;
    return { resources: [...found], outside, lost: traced, unknown };
  };
  const training: Training = { all, named, namedBy, templates: [], hiddenTemplates: [] };
  readTemplates(training);
  training.templates.push(...bareInstances(training), ...nodeClasses(training));
  return training;
}

function readTemplates(training: Training): void {
  const { all, named } = training;
  const users = new Map<PlannedResource, PlannedResource[]>();
  for (const group of all(tokens.nodeGroup, tokens.scalingGroup, tokens.instance)) {
    for (const path of ["launchTemplate.id", "launchTemplate.name"]) {
      for (const template of named(group, path, tokens.template).resources) {
        if (!users.get(template)?.includes(group)) append(users, template, group);
      }
    }
  }
  for (const resource of all(tokens.template)) {
    const leaves = leavesAt(resource.inputs, "networkInterfaces");
    if (leaves.some(({ value }) => hiddenBecause(value) !== undefined))
      training.hiddenTemplates.push(resource);
    const interfaces = leaves.flatMap(({ path, value }) =>
      isRecord(value) && !isUnknown(value) ? [readInterface(path, value, groupsOf(resource, value))] : [],
    );
    const efa = interfaces.filter(isEfa);
    if (efa.length === 0) continue;
    const by = users.get(resource) ?? [];
    const property = "networkInterfaces";
    training.templates.push({ resource, property, interfaces, efa, users: by, type: typeOf(resource, by) });
  }

  function groupsOf(resource: PlannedResource, properties: { [key: string]: Value }): Ends {
    const leaves = leavesAt(properties, "securityGroups[]");
    return training.namedBy(resource, leaves, "networkInterfaces", tokens.securityGroup);
  }
}

export function readInterface(
  path: string,
  properties: { [key: string]: Value },
  groups: Ends | undefined,
): TemplateInterface {
  const index = (key: string): TemplateInterface["card"] => {
    const value = properties[key];
    if (value === undefined || value === null) return "unset";
    return typeof value === "number" ? value : "hidden";
  };
  const kind = properties.interfaceType ?? "interface";
  return {
    path,
    card: index("networkCardIndex"),
    device: index("deviceIndex"),
    kind: typeof kind === "string" ? kind : undefined,
    properties,
    groups,
  };
}

export function isEfa({ kind }: TemplateInterface): boolean {
  return kind === "efa" || kind === "efa-only";
}

/** A card index that is not said is 0. */
export function cardOf({ card }: TemplateInterface): number | undefined {
  if (card === "unset") return 0;
  return card === "hidden" ? undefined : card;
}

/** The type that the template says, else the one that its only node group says. */
export function typeOf(template: PlannedResource, users: readonly PlannedResource[]): EfaTemplate["type"] {
  const own = textAt(template, "instanceType");
  const [reading] =
    own.state !== "absent" ? [own] : users.map((user) => textAt(user, "instanceTypes[]", "instanceType"));
  if (!reading || reading.state === "absent") return undefined;
  if (reading.state === "hidden") return { why: reading.why };
  const is = instanceType(reading.value);
  return is ? { is } : { id: reading.value };
}

/** Property that names the subnets of a user, and its path. */
export function subnetsOf({ type }: PlannedResource): { property: string; path: string } {
  if (type === tokens.instance) return { property: "subnetId", path: "subnetId" };
  const property = type === tokens.nodeGroup ? "subnetIds" : "vpcZoneIdentifiers";
  return { property, path: `${property}[]` };
}

/** Most nodes that a group launches; undefined when it cannot be read. */
export function mostNodes(group: PlannedResource): number | undefined {
  if (group.type === tokens.instance) return 1;
  const reading = numberAt(group, group.type === tokens.nodeGroup ? "scalingConfig.maxSize" : "maxSize");
  return reading.state === "known" ? reading.value : undefined;
}

/** Whether a template launches into a Capacity Block, a reservation or on demand; undefined when it cannot be read. */
export function purchaseOf(
  template: PlannedResource,
): "capacity-block" | "odcr" | "spot" | "on-demand" | undefined {
  const market = textAt(template, "instanceMarketOptions.marketType");
  if (market.state === "hidden") return undefined;
  if (market.state === "known" && (market.value === "capacity-block" || market.value === "spot"))
    return market.value;
  return targetOf(template).length > 0 ? "odcr" : "on-demand";
}

/** Values that name the reservation of a template. */
export function targetOf(template: PlannedResource) {
  const target = "capacityReservationSpecification.capacityReservationTarget";
  return [
    ...leavesAt(template.inputs, `${target}.capacityReservationId`),
    ...leavesAt(template.inputs, `${target}.capacityReservationResourceGroupArn`),
  ];
}
