import { type EfaStyle, instanceType } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { refuse } from "../problems";
import { type EfaClusterCapacity, ownsPlacementGroup } from "./capacity";
import { createEcs, type EfaClusterEcs, ecsNode } from "./ecs-orchestrator";
import { allowBetween, createEfaSecurityGroup } from "./efa-security-group";
import { createEks, type EfaClusterEks, type OrchestratedNodes } from "./eks-orchestrator";
import { expectedFabric } from "./expected-fabric";
import { createHyperPod, type EfaClusterHyperPod } from "./hyperpod-orchestrator";
import { efaDevicesOf } from "./kubernetes-version";
import { createLaunchTemplate, type NodeTemplate } from "./launch-template";
import type { EfaClusterFileSystem } from "./mount-on-eks";
import { TORCH_IMAGE } from "./nccl-over-ecs";
import { mpiJob, NCCL_TESTS_IMAGE, type NcclTests, slurmScript } from "./nccl-tests";
import { NVLINK_DOMAIN } from "./nvlink-on-eks";
import { fabricPredictions } from "./predictions";
import { validateEfaCluster } from "./validate-efa-cluster";

/** GPU instances in one zone whose network runs at the rate that they are sold with. */
export interface EfaClusterArgs {
  /** AWS region. */
  region: string;
  /** AWS account of the cluster: 12 digits. */
  accountId: string;
  /** Availability Zone id, such as apne1-az4: EFA does not leave it. */
  zoneId: string;
  /** VPC that it stands in. */
  vpcId: pulumi.Input<string>;
  /** Private subnet in that zone. */
  subnetId: pulumi.Input<string>;
  /** Instance type with EFA, such as p5en.48xlarge. */
  instanceType: string;
  /** Instances. */
  count: number;
  /** Where the instances come from. Default: on demand. */
  capacity?: EfaClusterCapacity;
  /** efa-only (one address per node) or efa (one per card). Default: efa-only. */
  interfaceStyle?: string;
  /** Exactly one of eks, ecs and hyperPod. */
  orchestrator: EfaClusterOrchestrator;
  /** What is trained from. */
  store: EfaClusterStore;
  /** Image of the proof: nccl-tests, for ECS over several nodes PyTorch. Default: the one that AWS publishes. */
  ncclTestsImage?: string;
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels: DatasetLabels;
}

/** Who starts the work: exactly one of the three. */
export interface EfaClusterOrchestrator {
  /** Kubernetes of AWS. Exactly one orchestrator is given. */
  eks?: EfaClusterEks;
  /** Containers without Kubernetes. Exactly one orchestrator is given. */
  ecs?: EfaClusterEcs;
  /** SageMaker HyperPod, which replaces failed nodes. Exactly one orchestrator is given. */
  hyperPod?: EfaClusterHyperPod;
}

/** The store that a cluster reads: a bucket, and a file system next to it where there is one. */
export interface EfaClusterStore {
  /** ARN of the bucket. */
  bucketArn: pulumi.Input<string>;
  /** ARN of the key that encrypts it, in the same region. */
  keyArn: pulumi.Input<string>;
  /** Security group of the file system. */
  fileSystemSecurityGroupId?: pulumi.Input<string>;
  /** The file system that pods claim and instances mount. Default: none is mounted. */
  fileSystem?: EfaClusterFileSystem;
  /** How often a day the whole store is read: epochs. Default: 1. */
  readsPerDay?: number;
}

export class EfaCluster extends pulumi.ComponentResource {
  public readonly region: string;
  public readonly zoneId: string;
  public readonly securityGroupId: pulumi.Output<string>;
  /** EFA interfaces that each node must show: `fi_info -p efa` lists as many. */
  public readonly expectedEfaPerNode: number;
  /** Aggregate Gbps of each node. */
  public readonly expectedGbpsPerNode: number;
  /** Bus bandwidth in GB/s that all_reduce of nccl-tests must reach; undefined where nothing was published. */
  public readonly ncclBusFloorGBps: number | undefined;
  /** Job that proves it, in the language of the orchestrator: Kubernetes objects, a task definition, a batch script. */
  public readonly ncclTests: pulumi.Output<string>;

  constructor(name: string, args: EfaClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:EfaCluster", name, args, opts);
    refuse("EfaCluster", validateEfaCluster(args));
    const child = { parent: this };
    const { region, count: nodes, capacity, orchestrator } = args;
    const type = instanceType(args.instanceType);
    if (!type) throw new RangeError(args.instanceType);
    const tags = labelTags(args.labels);
    const style: EfaStyle = args.interfaceStyle === "efa" ? "efa" : "efa-only";
    const fabric = expectedFabric(type.id, nodes);
    const image = args.ncclTestsImage ?? (orchestrator.ecs && nodes > 1 ? TORCH_IMAGE : NCCL_TESTS_IMAGE);
    const tests: NcclTests = { type, nodes, efaPerNode: fabric.efaPerNode, image };

    const group = createEfaSecurityGroup(
      `${name}-efa`,
      { region, vpcId: args.vpcId, description: "EFA between the nodes of a cluster", tags: {} },
      child,
    );
    reachServices();
    reachFileSystem();
    const on = describeNodes();
    const proof = orchestrate();

    this.region = region;
    this.zoneId = args.zoneId;
    this.securityGroupId = group.id;
    this.expectedEfaPerNode = fabric.efaPerNode;
    this.expectedGbpsPerNode = fabric.gbpsPerNode;
    this.ncclBusFloorGBps = fabric.busFloorGBps;
    this.ncclTests = pulumi.output(proof);
    this.registerOutputs({
      region,
      zoneId: this.zoneId,
      securityGroupId: this.securityGroupId,
      instanceType: type.id,
      count: nodes,
      expectedEfaPerNode: this.expectedEfaPerNode,
      expectedGbpsPerNode: this.expectedGbpsPerNode,
      ncclBusFloorGBps: this.ncclBusFloorGBps,
      ncclTests: this.ncclTests,
      readsPerDay: args.store.readsPerDay ?? 1,
      predictions: fabricPredictions(name, type, nodes),
      labels: registeredLabels(args.labels),
    });

    /** HTTPS to endpoints: images, the API of the orchestrator, S3. EFA needs none of it. */
    function reachServices(): void {
      new aws.vpc.SecurityGroupEgressRule(
        `${name}-efa-https`,
        {
          region,
          securityGroupId: group.id,
          cidrIpv4: "0.0.0.0/0",
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
        },
        child,
      );
    }

    /** Both ways, else Lustre falls back to TCP without saying so. */
    function reachFileSystem(): void {
      const files = args.store.fileSystemSecurityGroupId;
      if (files === undefined) return;
      allowBetween(`${name}-to-store`, region, group.id, files, child);
      allowBetween(`${name}-from-store`, region, files, group.id, child);
    }

    function describeNodes(): OrchestratedNodes & NodeTemplate {
      const placement = ownsPlacementGroup(capacity, nodes)
        ? new aws.ec2.PlacementGroup(name, { region, strategy: "cluster", tags: { Name: name } }, child).name
        : capacity?.reservation?.placementGroup;
      return {
        region,
        accountId: args.accountId,
        type: type as NodeTemplate["type"],
        nodes,
        style,
        subnetId: args.subnetId,
        securityGroupId: group.id,
        bucketArn: args.store.bucketArn,
        keyArn: args.store.keyArn,
        labels: args.labels,
        tags,
        ...(capacity === undefined ? {} : { capacity }),
        ...(args.store.fileSystem ? { fileSystem: args.store.fileSystem } : {}),
        ...(placement === undefined ? {} : { placementGroupName: placement }),
      };
    }

    /** Returns the job that proves the fabric. */
    function orchestrate(): pulumi.Input<string> {
      if (orchestrator.eks) {
        createEks(name, orchestrator.eks, on, createLaunchTemplate(name, on, child), child);
        return mpiJob(tests, efaDevicesOf(orchestrator.eks), on.type.ultraServer ? NVLINK_DOMAIN : undefined);
      }
      if (orchestrator.ecs) {
        // The instances quote the name of their cluster.
        const cluster = new aws.ecs.Cluster(name, { region, name, tags }, child);
        const node = ecsNode(name, orchestrator.ecs, on, cluster, child);
        const template = createLaunchTemplate(name, { ...on, ...node }, child);
        return createEcs(name, on, cluster, template, tests, child).arn;
      }
      if (orchestrator.hyperPod) createHyperPod(name, orchestrator.hyperPod, on, style, child);
      return slurmScript(tests);
    }
  }
}
