import type { InstanceType } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createEcsInstances } from "../training/ecs-instances";
import {
  CACHE,
  firstSteps,
  GPU_IMAGE,
  type MountedFileSystem,
  withMount,
} from "../training/ecs-orchestrator";
import { createLaunchTemplate } from "../training/launch-template";
import { managedPolicy } from "../training/reader-role";

/** Instances that keep a model in memory. */
export interface GpuFleet {
  region: string;
  type: InstanceType;
  /** Instances that always run. */
  floor: number;
  ceiling: number;
  subnetIds: pulumi.Input<string>[];
  securityGroupId: pulumi.Input<string>;
  imageId?: pulumi.Input<string>;
  /** Speaks EFA inside one placement group: for copies that span instances. */
  spans: boolean;
  /** File system that the instances mount. Default: none. */
  fileSystem?: MountedFileSystem;
  tags: { [tag: string]: string };
}

/** Folder on the instances that models are preloaded into. */
export const MODEL_CACHE = CACHE;

/** A cluster with GPU instances that make one disk of their NVMe, and the provider that starts them for tasks. */
export function createGpuFleet(
  name: string,
  fleet: GpuFleet,
  child: pulumi.CustomResourceOptions,
): { cluster: aws.ecs.Cluster; provider: aws.ecs.CapacityProvider; attached: pulumi.Resource } {
  const { region, tags } = fleet;
  // Instances join by the name of the cluster, which has to be known in their user data.
  const cluster = new aws.ecs.Cluster(
    name,
    { region, name, settings: [{ name: "containerInsights", value: "enhanced" }], tags },
    child,
  );
  const role = new aws.iam.Role(
    `${name}-node`,
    {
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      }),
      managedPolicyArns: [
        managedPolicy(region, "service-role/AmazonEC2ContainerServiceforEC2Role"),
        managedPolicy(region, "AmazonSSMManagedInstanceCore"),
      ],
      tags,
    },
    child,
  );
  const profile = new aws.iam.InstanceProfile(`${name}-node`, { role: role.name }, child);
  const placement = fleet.spans
    ? new aws.ec2.PlacementGroup(name, { region, strategy: "cluster", tags }, child)
    : undefined;
  const template = createLaunchTemplate(
    name,
    {
      region,
      // Instances that stand alone keep to one ordinary interface: EFA would bind them to one zone for nothing.
      type: fleet.spans ? fleet.type : { ...fleet.type, maxEfa: 0 },
      style: "efa-only",
      securityGroupId: fleet.securityGroupId,
      imageId: fleet.imageId ?? GPU_IMAGE,
      instanceProfileArn: profile.arn,
      userData: fleet.fileSystem ? withMount(firstSteps(name), fleet.fileSystem) : firstSteps(name),
      ...(placement ? { placementGroupName: placement.name } : {}),
      tags,
    },
    child,
  );
  const { provider, attached } = createEcsInstances(
    { group: name, provider: name },
    {
      region,
      cluster,
      template,
      subnetIds: fleet.subnetIds,
      least: fleet.floor,
      most: fleet.ceiling,
      byDefault: false,
      tags,
    },
    child,
  );
  return { cluster, provider, attached };
}
