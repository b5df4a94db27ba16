import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Instances that join an ECS cluster, and are started and stopped for its tasks. */
export interface EcsInstances {
  region: string;
  cluster: aws.ecs.Cluster;
  template: aws.ec2.LaunchTemplate;
  subnetIds: pulumi.Input<string>[];
  least: number;
  most: number;
  /** Instances to start with. Default: what ECS asks for. */
  desired?: number;
  /** Every task of the cluster runs on them unless it says otherwise. */
  byDefault: boolean;
  tags: { [tag: string]: string };
}

/** An Auto Scaling group behind a capacity provider, which ECS alone scales in. */
export function createEcsInstances(
  names: { group: string; provider: string },
  instances: EcsInstances,
  child: pulumi.CustomResourceOptions,
): { provider: aws.ecs.CapacityProvider; attached: pulumi.Resource } {
  const { region, cluster, template, tags } = instances;
  const group = new aws.autoscaling.Group(
    names.group,
    {
      region,
      minSize: instances.least,
      maxSize: instances.most,
      ...(instances.desired === undefined ? {} : { desiredCapacity: instances.desired }),
      vpcZoneIdentifiers: instances.subnetIds,
      launchTemplate: { id: template.id, version: "$Latest" },
      protectFromScaleIn: true,
      tags: [
        { key: "Name", value: names.provider, propagateAtLaunch: true },
        { key: "AmazonECSManaged", value: "true", propagateAtLaunch: true },
        ...Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
      ],
    },
    child,
  );
  const provider = new aws.ecs.CapacityProvider(
    names.provider,
    {
      region,
      autoScalingGroupProvider: {
        autoScalingGroupArn: group.arn,
        managedTerminationProtection: "ENABLED",
        managedScaling: { status: "ENABLED", targetCapacity: 100 },
      },
      tags,
    },
    child,
  );
  const attached = new aws.ecs.ClusterCapacityProviders(
    names.provider,
    {
      region,
      clusterName: cluster.name,
      capacityProviders: [provider.name],
      ...(instances.byDefault
        ? { defaultCapacityProviderStrategies: [{ capacityProvider: provider.name, weight: 1 }] }
        : {}),
    },
    child,
  );
  return { provider, attached };
}
