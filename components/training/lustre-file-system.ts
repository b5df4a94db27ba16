import {
  instanceType,
  isLustreMetadataIops,
  lustreThroughputs,
  wrongLustreCapacity,
} from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ArgumentProblem } from "../problems";
import { createEfaSecurityGroup } from "./efa-security-group";
import { planStore, READ_GBPS_PER_GPU, type StorePlan } from "./store-plan";

/** A Lustre file system in front of the bucket, in the zone of the cluster that reads it. */
export interface TrainingStoreFileSystem {
  /** VPC that it stands in. */
  vpcId: pulumi.Input<string>;
  /** Subnet of the cluster: EFA does not leave its zone. */
  subnetId: pulumi.Input<string>;
  /** Zone id of that subnet. */
  zoneId: string;
  /** TiB that must be at hand at once; the rest is fetched from the bucket when it is first read. */
  hotTiB: number;
  /** Instance type of the nodes that read. */
  instanceType: string;
  /** Nodes that read at once. */
  nodes: number;
  /** GB/s that each GPU reads. Default: 0.5, an engineering value. */
  readGBpsPerGpu?: number;
  /** EFA between file system and nodes; it cannot be changed later. Default: true. */
  efa?: boolean;
  /** GiB to buy instead of what is computed from hotTiB and the GPUs. */
  capacityGiB?: number;
  /** MBps per TiB to buy, with capacityGiB: 125, 250, 500 or 1000. */
  throughputPerTiB?: number;
  /** Metadata IOPS. Default: what FSx chooses for the capacity. */
  metadataIops?: number;
  /** Writes what training changes back to the bucket. Default: false, so that data only comes in. */
  writeBack?: boolean;
}

/** What the file system stands next to. */
export interface FileSystemSurroundings {
  region: string;
  dataset: string;
  bucketName: pulumi.Input<string>;
  keyArn: pulumi.Input<string>;
  tags: { [tag: string]: string };
}

export function planFileSystem(files: TrainingStoreFileSystem): StorePlan {
  const type = instanceType(files.instanceType);
  const plan = planStore({
    hotTiB: files.hotTiB,
    gpus: (type?.gpus ?? 0) * files.nodes,
    readGBpsPerGpu: files.readGBpsPerGpu ?? READ_GBPS_PER_GPU,
    instanceType: files.instanceType,
    nodes: files.nodes,
    efa: (files.efa ?? true) && (type?.maxEfa ?? 0) > 0,
  });
  if (files.capacityGiB === undefined || files.throughputPerTiB === undefined) return plan;
  const readGBps = ((files.capacityGiB / 1024) * files.throughputPerTiB) / 1000;
  return {
    ...plan,
    capacityGiB: files.capacityGiB,
    perTiB: files.throughputPerTiB,
    readGBps,
    epochHours:
      (plan.epochHours * Math.min(plan.readGBps, plan.clientGBps)) / Math.min(readGBps, plan.clientGBps),
    bottleneck: plan.clientGBps < readGBps ? "clients" : "throughput",
  };
}

export function validateFileSystem(files: TrainingStoreFileSystem): ArgumentProblem[] {
  const problems: ArgumentProblem[] = [];
  const wrong = (property: string, reason: string) =>
    problems.push({ propertyPath: `fileSystem.${property}`, reason });
  const { capacityGiB, throughputPerTiB: perTiB, metadataIops } = files;
  if (!instanceType(files.instanceType)) wrong("instanceType", `"${files.instanceType}" is in no table`);
  if (!(files.hotTiB > 0)) wrong("hotTiB", `${files.hotTiB}; it must be more than nothing`);
  if (!Number.isInteger(files.nodes) || files.nodes < 1)
    wrong("nodes", `${files.nodes} is not a number of nodes`);
  if ((capacityGiB === undefined) !== (perTiB === undefined)) {
    wrong("capacityGiB", "capacityGiB and throughputPerTiB: both, or neither");
  }
  if (perTiB !== undefined && !lustreThroughputs.includes(perTiB)) {
    wrong("throughputPerTiB", `${perTiB} MBps per TiB is none of ${lustreThroughputs.join(", ")}`);
  }
  if (capacityGiB !== undefined && perTiB !== undefined) {
    const { efa } = planFileSystem(files);
    const legal = wrongLustreCapacity({ capacityGiB, perTiB, efa });
    if (legal) {
      const rate = `${perTiB} MBps per TiB ${efa ? "with" : "without"} EFA`;
      wrong("capacityGiB", `${capacityGiB} GiB is not on sale at ${rate}; ${legal.join(" or ")} is`);
    }
  }
  if (metadataIops !== undefined && !isLustreMetadataIops(metadataIops)) {
    wrong("metadataIops", `${metadataIops} is none of 1500, 3000, 6000 and multiples of 12000 up to 192000`);
  }
  return problems;
}

/** Returns the file system and the group that its clients must be let into. */
export function createFileSystem(
  name: string,
  files: TrainingStoreFileSystem,
  plan: StorePlan,
  around: FileSystemSurroundings,
  child: pulumi.CustomResourceOptions,
  kept: pulumi.CustomResourceOptions,
): {
  fileSystem: aws.fsx.LustreFileSystem;
  group: aws.ec2.SecurityGroup;
  dnsName: pulumi.Output<string>;
  mountName: pulumi.Output<string>;
} {
  const { region, tags, dataset } = around;
  const group = createEfaSecurityGroup(
    `${name}-lustre`,
    { region, vpcId: files.vpcId, description: "Lustre, reached by its clients", tags: {} },
    child,
  );
  const fileSystem = new aws.fsx.LustreFileSystem(
    name,
    {
      region,
      deploymentType: "PERSISTENT_2",
      storageType: "SSD",
      fileSystemTypeVersion: "2.15",
      storageCapacity: plan.capacityGiB,
      perUnitStorageThroughput: plan.perTiB,
      efaEnabled: plan.efa,
      metadataConfiguration:
        files.metadataIops === undefined
          ? { mode: "AUTOMATIC" }
          : { mode: "USER_PROVISIONED", iops: files.metadataIops },
      subnetIds: files.subnetId,
      securityGroupIds: [group.id],
      kmsKeyId: around.keyArn,
      // The bucket is the original: a backup would only be one more place of the data.
      automaticBackupRetentionDays: 0,
      skipFinalBackup: true,
      tags: { Name: name, ...tags },
    },
    kept,
  );
  const events = ["NEW", "CHANGED", "DELETED"];
  const association = new aws.fsx.DataRepositoryAssociation(
    name,
    {
      region,
      fileSystemId: fileSystem.id,
      fileSystemPath: `/${dataset}`,
      dataRepositoryPath: pulumi.interpolate`s3://${around.bucketName}/${dataset}`,
      batchImportMetaDataOnCreate: true,
      s3: {
        autoImportPolicy: { events },
        ...(files.writeBack ? { autoExportPolicy: { events } } : {}),
      },
      tags,
    },
    child,
  );
  // Who mounts waits for both: without its group the file system cannot be reached, without the association it is empty.
  const after = (value: pulumi.Output<string>, resource: pulumi.CustomResource) =>
    pulumi.all([value, resource.id]).apply(([plain]) => plain);
  return {
    fileSystem,
    group,
    dnsName: after(fileSystem.dnsName, group),
    mountName: after(fileSystem.mountName, association),
  };
}
