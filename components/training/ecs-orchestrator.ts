import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createEcsInstances } from "./ecs-instances";
import type { OrchestratedNodes } from "./eks-orchestrator";
import { ecsContainer } from "./nccl-over-ecs";
import type { NcclTests } from "./nccl-tests";
import { createReaderRole, managedPolicy } from "./reader-role";

/** ECS on EC2: containers that take the GPUs and EFA devices of their instance. */
export interface EfaClusterEcs {
  /** Machine image. Default: the current GPU image of ECS, which EC2 looks up when it launches an instance. */
  imageId?: pulumi.Input<string>;
}

/** The current GPU image of ECS, looked up by EC2 when it launches an instance. */
export const GPU_IMAGE =
  "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id";

/** Folder on the instance's own NVMe that tasks keep models and data in. */
export const CACHE = "/mnt/nvme/cache";

/** What an ECS instance needs besides the interfaces: its role, image and first steps. */
export function ecsNode(
  name: string,
  ecs: EfaClusterEcs,
  on: OrchestratedNodes,
  cluster: aws.ecs.Cluster,
  child: pulumi.CustomResourceOptions,
): {
  imageId: pulumi.Input<string>;
  instanceProfileArn: pulumi.Output<string>;
  userData: pulumi.Input<string>;
} {
  const role = createReaderRole(
    `${name}-node`,
    {
      dataset: on.labels.dataset,
      bucketArn: on.bucketArn,
      keyArn: on.keyArn,
      principals: ["ec2.amazonaws.com"],
      managedPolicyArns: [
        managedPolicy(on.region, "service-role/AmazonEC2ContainerServiceforEC2Role"),
        managedPolicy(on.region, "AmazonSSMManagedInstanceCore"),
      ],
      tags: on.tags,
    },
    child,
  );
  const profile = new aws.iam.InstanceProfile(
    `${name}-node`,
    { role: role.name },
    { ...child, dependsOn: [cluster] },
  );
  return {
    imageId: ecs.imageId ?? GPU_IMAGE,
    instanceProfileArn: profile.arn,
    userData: on.fileSystem ? withMount(firstSteps(name), on.fileSystem) : firstSteps(name),
  };
}

/** Joins the cluster by its name, and makes one striped file system of the NVMe disks. */
export function firstSteps(clusterName: string): string {
  return [
    "#!/bin/bash",
    "set -euo pipefail",
    "cat >> /etc/ecs/ecs.config <<EOF",
    `ECS_CLUSTER=${clusterName}`,
    "ECS_ENABLE_GPU_SUPPORT=true",
    "EOF",
    `disks=$(ls /dev/disk/by-id/nvme-Amazon_EC2_NVMe_Instance_Storage_*-ns-1 2>/dev/null || true)`,
    `mkdir -p ${CACHE}`,
    'if [ -n "$disks" ]; then',
    `  mdadm --create /dev/md0 --level=0 --force --raid-devices=$(echo "$disks" | wc -w) $disks`,
    "  mkfs.xfs /dev/md0",
    "  mount /dev/md0 /mnt/nvme",
    `  mkdir -p ${CACHE}`,
    "fi",
    "",
  ].join("\n");
}

/** Folder that the file system is mounted at, on instances and in tasks. */
export const DATA = "/fsx";

/** A Lustre file system, as a client names it. */
export interface MountedFileSystem {
  dnsName: pulumi.Input<string>;
  mountName: pulumi.Input<string>;
}

/** EFA of the client must stand before the mount: Lustre falls back to TCP without saying so. */
export function withMount(steps: string, { dnsName, mountName }: MountedFileSystem): pulumi.Output<string> {
  return pulumi.interpolate`${steps}dnf install -y lustre-client
systemctl start configure-efa-fsx-lustre-client.service || echo "the image has no EFA client of Lustre: TCP" >&2
mkdir -p ${DATA}
mount -t lustre -o relatime,flock ${dnsName}@tcp:/${mountName} ${DATA}
`;
}

/** Instances in one zone, their capacity provider, and a task that proves the fabric. */
export function createEcs(
  name: string,
  on: OrchestratedNodes,
  cluster: aws.ecs.Cluster,
  template: aws.ec2.LaunchTemplate,
  tests: NcclTests,
  child: pulumi.CustomResourceOptions,
): aws.ecs.TaskDefinition {
  const { region, nodes, capacity, tags } = on;
  const waits = capacity?.capacityBlock !== undefined && !capacity.capacityBlock.active;
  createEcsInstances(
    { group: `${name}-nodes`, provider: name },
    {
      region,
      cluster,
      template,
      subnetIds: [on.subnetId],
      least: 0,
      most: nodes,
      desired: waits ? 0 : nodes,
      byDefault: true,
      tags,
    },
    child,
  );
  return new aws.ecs.TaskDefinition(
    `${name}-nccl-tests`,
    {
      region,
      family: `${name}-nccl-tests`,
      requiresCompatibilities: ["EC2"],
      // EFA has no address that a container network could translate.
      networkMode: "host",
      containerDefinitions: JSON.stringify([ecsContainer(tests, "cache")]),
      volumes: [{ name: "cache", hostPath: CACHE }],
      placementConstraints: [
        { type: "memberOf", expression: `attribute:ecs.instance-type == ${on.type.id}` },
      ],
      tags,
    },
    child,
  );
}
