import type { InstanceType } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { DatasetLabels } from "../labels";
import type { EfaClusterCapacity } from "./capacity";
import { EKS_VERSION, efaDevicesOf } from "./kubernetes-version";
import { type EfaClusterFileSystem, mountOnEks } from "./mount-on-eks";
import { nvlinkDomain } from "./nvlink-on-eks";
import { createReaderRole, createServiceRole, managedPolicy, partitionOfRegion } from "./reader-role";

/** Kubernetes by EKS: one managed node group, with the drivers of GPUs and EFA. */
export interface EfaClusterEks {
  /** Subnets of the control plane, in two zones at least. */
  controlPlaneSubnetIds: pulumi.Input<string>[];
  /** Kubernetes version. Default: 1.34, the first with the EFA DRA driver. */
  version?: string;
  /** How pods get EFA: dra (topology aware) or device-plugin. Default: dra from 1.34 on. */
  efaDevices?: string;
}

/** What an orchestrator gets of the cluster that it runs. */
export interface OrchestratedNodes {
  region: string;
  accountId: string;
  type: InstanceType;
  nodes: number;
  subnetId: pulumi.Input<string>;
  securityGroupId: pulumi.Input<string>;
  bucketArn: pulumi.Input<string>;
  keyArn: pulumi.Input<string>;
  labels: DatasetLabels;
  tags: { [tag: string]: string };
  capacity?: EfaClusterCapacity;
  fileSystem?: EfaClusterFileSystem;
}

/** What reads the dataset in Kubernetes. */
const workload = { namespace: "training", serviceAccount: "trainer" };

const efaChart = {
  dra: { chart: "aws-dranet", version: "1.0.0" },
  "device-plugin": { chart: "aws-efa-k8s-device-plugin", version: "0.5.30" },
};

export function createEks(
  name: string,
  eks: EfaClusterEks,
  on: OrchestratedNodes,
  template: aws.ec2.LaunchTemplate,
  child: pulumi.CustomResourceOptions,
): aws.eks.Cluster {
  const { region, tags } = on;
  const role = (suffix: string, principal: string, policies: string[]) =>
    createServiceRole(
      `${name}-${suffix}`,
      principal,
      policies.map((policy) => managedPolicy(region, policy)),
      child,
    );
  const cluster = createCluster();
  createNodes();
  addAddons();
  letPodsRead();
  const inCluster = { ...child, provider: connect() };
  const namespace = makeNamespace();
  installDrivers();
  mountFileSystem();
  joinMemory();
  return cluster;

  function createCluster(): aws.eks.Cluster {
    return new aws.eks.Cluster(
      name,
      {
        region,
        // The trust of the pods quotes it.
        name,
        version: eks.version ?? EKS_VERSION,
        roleArn: role("eks", "eks.amazonaws.com", ["AmazonEKSClusterPolicy"]).arn,
        // Reached over the interconnect only.
        vpcConfig: {
          subnetIds: eks.controlPlaneSubnetIds,
          endpointPrivateAccess: true,
          endpointPublicAccess: false,
        },
        accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
        encryptionConfig: { provider: { keyArn: on.keyArn }, resources: ["secrets"] },
        enabledClusterLogTypes: ["api", "audit", "authenticator"],
        tags,
      },
      child,
    );
  }

  function createNodes(): aws.eks.NodeGroup {
    const { capacity, nodes } = on;
    const waits = capacity?.capacityBlock !== undefined && !capacity.capacityBlock.active;
    const nodeRole = role("node", "ec2.amazonaws.com", [
      "AmazonEKSWorkerNodePolicy",
      "AmazonEKS_CNI_Policy",
      "AmazonEC2ContainerRegistryPullOnly",
    ]);
    return new aws.eks.NodeGroup(
      `${name}-nodes`,
      {
        region,
        clusterName: cluster.name,
        nodeRoleArn: nodeRole.arn,
        // EFA does not leave its zone: one subnet.
        subnetIds: [on.subnetId],
        amiType: on.type.arch === "arm64" ? "AL2023_ARM_64_NVIDIA" : "AL2023_x86_64_NVIDIA",
        capacityType: capacity?.capacityBlock ? "CAPACITY_BLOCK" : "ON_DEMAND",
        launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
        scalingConfig: { minSize: 0, maxSize: nodes, desiredSize: waits ? 0 : nodes },
        nodeRepairConfig: { enabled: true },
        labels: { "hybrid-ai/fabric": "efa" },
        tags,
      },
      child,
    );
  }

  function addAddons(): void {
    for (const addonName of ["vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent"]) {
      new aws.eks.Addon(
        `${name}-${addonName}`,
        { region, clusterName: cluster.name, addonName, resolveConflictsOnCreate: "OVERWRITE" },
        child,
      );
    }
  }

  /** Pods of the service account training/trainer read the dataset; nodes do not. */
  function letPodsRead(): void {
    const trainer = createReaderRole(
      `${name}-trainer`,
      {
        dataset: on.labels.dataset,
        bucketArn: on.bucketArn,
        keyArn: on.keyArn,
        principals: [],
        pods: {
          accountId: on.accountId,
          clusterArn: `arn:${partitionOfRegion(region)}:eks:${region}:${on.accountId}:cluster/${name}`,
          ...workload,
        },
        tags,
      },
      child,
    );
    new aws.eks.PodIdentityAssociation(
      `${name}-trainer`,
      {
        region,
        clusterName: cluster.name,
        ...workload,
        roleArn: trainer.arn,
      },
      child,
    );
  }

  function connect(): kubernetes.Provider {
    return new kubernetes.Provider(`${name}-kubernetes`, { kubeconfig: kubeconfig(cluster, region) }, child);
  }

  function makeNamespace(): kubernetes.core.v1.Namespace {
    const { namespace: called, serviceAccount } = workload;
    const created = new kubernetes.core.v1.Namespace(
      `${name}-${called}`,
      { metadata: { name: called } },
      inCluster,
    );
    new kubernetes.core.v1.ServiceAccount(
      `${name}-${serviceAccount}`,
      { metadata: { name: serviceAccount, namespace: called } },
      { ...inCluster, dependsOn: [created] },
    );
    return created;
  }

  function mountFileSystem(): void {
    if (!on.fileSystem) return;
    const at = { region, cluster, namespace: workload.namespace, labels: on.labels };
    mountOnEks(name, on.fileSystem, at, child, { ...inCluster, dependsOn: [namespace] });
  }

  /** Instances of one UltraServer share the memory of their GPUs over NVLink. */
  function joinMemory(): void {
    if (!on.type.ultraServer) return;
    nvlinkDomain(name, workload.namespace, { ...inCluster, dependsOn: [namespace] });
  }

  function installDrivers(): void {
    const release = (chart: string, version: string, repo: string) =>
      new kubernetes.helm.v3.Release(
        `${name}-${chart}`,
        { chart, version, namespace: "kube-system", repositoryOpts: { repo } },
        inCluster,
      );
    const efa = efaChart[efaDevicesOf(eks)];
    release(efa.chart, efa.version, "https://aws.github.io/eks-charts");
    release("nvidia-device-plugin", "0.18.2", "https://nvidia.github.io/k8s-device-plugin");
  }
}

/** Access by the AWS credentials of whoever runs the program; nothing secret is in it. */
function kubeconfig(cluster: aws.eks.Cluster, region: string): pulumi.Output<string> {
  return pulumi.jsonStringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: "cluster",
        cluster: {
          server: cluster.endpoint,
          "certificate-authority-data": cluster.certificateAuthority.data,
        },
      },
    ],
    users: [
      {
        name: "user",
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: ["eks", "get-token", "--cluster-name", cluster.name, "--region", region],
          },
        },
      },
    ],
    contexts: [{ name: "context", context: { cluster: "cluster", user: "user" } }],
    "current-context": "context",
  });
}
