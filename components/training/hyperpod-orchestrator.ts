import * as aws from "@pulumi/aws";
import type * as awsNative from "@pulumi/aws-native";
import type { Cluster } from "@pulumi/aws-native/sagemaker/cluster";
import type * as pulumi from "@pulumi/pulumi";
import type { OrchestratedNodes } from "./eks-orchestrator";
import { createReaderRole, managedPolicy } from "./reader-role";

/** SageMaker HyperPod under Slurm: nodes are checked, repaired and replaced by AWS. */
export interface EfaClusterHyperPod {
  /** Folder of the lifecycle scripts, in a bucket whose name begins with sagemaker-. */
  lifecycleScripts: pulumi.Input<string>;
  /** Script of that folder that runs on each new node. Default: on_create.sh. */
  onCreate?: string;
  /** Instance type of the Slurm controller. Default: ml.c5.xlarge. */
  controllerType?: string;
  /** Training plan that holds the capacity, in the zone of the subnet. */
  trainingPlanArn?: pulumi.Input<string>;
}

/**
 * The cluster type is not in @pulumi/aws. Cloud Control would take one JSON text, which is unknown as a whole while the
 * role or the subnet is: no rule could read the count, the type or the checks before creation. @pulumi/aws-native keeps
 * them apart, so it is used, and loaded only here because it is optional.
 */
function nativeSdk(): { Cluster: typeof Cluster; Provider: typeof awsNative.Provider } {
  const { Cluster: ClusterType } = require("@pulumi/aws-native/sagemaker/cluster") as {
    Cluster: typeof Cluster;
  };
  const { Provider } = require("@pulumi/aws-native/provider") as { Provider: typeof awsNative.Provider };
  return { Cluster: ClusterType, Provider };
}

export function createHyperPod(
  name: string,
  hyperPod: EfaClusterHyperPod,
  on: OrchestratedNodes,
  efaStyle: "efa-only" | "efa",
  child: pulumi.CustomResourceOptions,
): Cluster {
  const sdk = nativeSdk();
  const { region, tags } = on;
  const role = createReaderRole(
    `${name}-node`,
    {
      dataset: on.labels.dataset,
      bucketArn: on.bucketArn,
      keyArn: on.keyArn,
      principals: ["sagemaker.amazonaws.com"],
      managedPolicyArns: [managedPolicy(region, "AmazonSageMakerClusterInstanceRolePolicy")],
      tags,
    },
    child,
  );
  letNodesJoin();
  // Types of Cloud Control have no region of their own: the provider says it.
  const provider = new sdk.Provider(`${name}-native`, { region: region as awsNative.Region }, child);
  const lifeCycleConfig = {
    sourceS3Uri: hyperPod.lifecycleScripts,
    onCreate: hyperPod.onCreate ?? "on_create.sh",
  };
  return new sdk.Cluster(
    name,
    {
      orchestrator: { slurm: {} },
      nodeRecovery: "Automatic",
      vpcConfig: { securityGroupIds: [on.securityGroupId], subnets: [on.subnetId] },
      instanceGroups: [
        {
          instanceGroupName: "controller",
          instanceType: hyperPod.controllerType ?? "ml.c5.xlarge",
          instanceCount: 1,
          executionRole: role.arn,
          lifeCycleConfig,
          slurmConfig: { nodeType: "Controller" },
        },
        {
          instanceGroupName: "nodes",
          instanceType: `ml.${on.type.id}`,
          instanceCount: on.nodes,
          executionRole: role.arn,
          lifeCycleConfig,
          slurmConfig: { nodeType: "Compute", partitionNames: ["training"] },
          onStartDeepHealthChecks: ["InstanceStress", "InstanceConnectivity"],
          ...(on.type.maxEfa > 0 ? { networkInterface: { interfaceType: efaStyle } } : {}),
          ...(hyperPod.trainingPlanArn === undefined ? {} : { trainingPlanArn: hyperPod.trainingPlanArn }),
        },
      ],
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    },
    { ...child, provider },
  );

  /** HyperPod puts its own interfaces into the subnet. */
  function letNodesJoin(): void {
    new aws.iam.RolePolicy(
      `${name}-node-network`,
      {
        role: role.id,
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: [
                "ec2:CreateNetworkInterface",
                "ec2:CreateNetworkInterfacePermission",
                "ec2:DeleteNetworkInterface",
                "ec2:DeleteNetworkInterfacePermission",
                "ec2:DescribeDhcpOptions",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSecurityGroups",
                "ec2:DescribeSubnets",
                "ec2:DescribeVpcs",
                "ec2:DetachNetworkInterface",
              ],
              Resource: "*",
            },
            {
              Effect: "Allow",
              Action: "ec2:CreateTags",
              Resource: "arn:*:ec2:*:*:network-interface/*",
            },
          ],
        }),
      },
      child,
    );
  }
}
