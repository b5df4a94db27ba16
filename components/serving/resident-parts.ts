import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The parts of a copy that spans instances find their leader by a name inside the VPC. */
export function createLeaderName(
  name: string,
  args: { region: string; vpcId: pulumi.Input<string>; tags: { [tag: string]: string } },
  child: pulumi.CustomResourceOptions,
): { registryArn: pulumi.Output<string>; leaderName: string } {
  const { region, vpcId, tags } = args;
  const namespace = new aws.servicediscovery.PrivateDnsNamespace(
    name,
    { region, name: `${name}.internal`, vpc: vpcId, tags },
    child,
  );
  const leader = new aws.servicediscovery.Service(
    name,
    {
      region,
      name: "leader",
      dnsConfig: {
        namespaceId: namespace.id,
        // A task that uses the address of its instance is registered with its port.
        dnsRecords: [{ type: "SRV", ttl: 10 }],
      },
      tags,
    },
    child,
  );
  return { registryArn: leader.arn, leaderName: `leader.${name}.internal` };
}

/** The other parts of the copy, which answer nobody but their leader. */
export function createWorkers(
  name: string,
  args: {
    region: string;
    cluster: aws.ecs.Cluster;
    provider: aws.ecs.CapacityProvider;
    attached: pulumi.Resource;
    task: aws.ecs.TaskDefinition;
    count: number;
    tags: { [tag: string]: string };
  },
  child: pulumi.CustomResourceOptions,
): aws.ecs.Service {
  return new aws.ecs.Service(
    `${name}-worker`,
    {
      region: args.region,
      cluster: args.cluster.arn,
      taskDefinition: args.task.arn,
      desiredCount: args.count,
      capacityProviderStrategies: [{ capacityProvider: args.provider.name, weight: 1 }],
      placementConstraints: [{ type: "distinctInstance" }],
      deploymentMinimumHealthyPercent: 0,
      deploymentMaximumPercent: 100,
      propagateTags: "SERVICE",
      tags: args.tags,
    },
    { ...child, dependsOn: [args.attached] },
  );
}
