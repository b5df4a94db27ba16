import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { refuse } from "../problems";
import { createCustomerKey } from "../storage/customer-key";
import { createPrivateBucket } from "../storage/private-bucket";
import { oneWay } from "./bucket-policy";
import {
  createFileSystem,
  planFileSystem,
  type TrainingStoreFileSystem,
  validateFileSystem,
} from "./lustre-file-system";
import { storePredictions } from "./predictions";

/** The bucket that a dataset is trained from, with a key of the customer, and a file system next to the GPUs. */
export interface TrainingStoreArgs {
  /** AWS region of the bucket. */
  region: string;
  /** AWS account that administers the key: 12 digits. */
  accountId: string;
  /** Region of the key. Default: the region of the bucket; S3 takes no other. */
  keyRegion?: string;
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels: DatasetLabels;
  /** Lustre in front of the bucket. Default: none. */
  fileSystem?: TrainingStoreFileSystem;
  /** ARN patterns of more roles that may read objects, besides those of this dataset's clusters and transfers. */
  readers?: string[];
  /** Keeps Pulumi from deleting bucket, key and file system, and leaves them when the stack goes. Default: true. */
  protect?: boolean;
}

export class TrainingStore extends pulumi.ComponentResource {
  public readonly bucketArn: pulumi.Output<string>;
  public readonly bucketName: pulumi.Output<string>;
  public readonly keyArn: pulumi.Output<string>;
  public readonly region: string;
  public readonly fileSystemId: pulumi.Output<string> | undefined;
  public readonly fileSystemArn: pulumi.Output<string> | undefined;
  /** Host name that clients mount. */
  public readonly fileSystemDnsName: pulumi.Output<string> | undefined;
  /** Name of the file system behind that host. */
  public readonly fileSystemMountName: pulumi.Output<string> | undefined;
  /** Group that clients of the file system must be let into, both ways. */
  public readonly fileSystemSecurityGroupId: pulumi.Output<string> | undefined;

  constructor(name: string, args: TrainingStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:TrainingStore", name, args, opts);
    refuse("TrainingStore", args.fileSystem ? validateFileSystem(args.fileSystem) : []);
    const child = { parent: this };
    const kept = { ...child, protect: args.protect ?? true, retainOnDelete: args.protect ?? true };
    const { region } = args;
    const tags = labelTags(args.labels);

    const key = createCustomerKey(
      name,
      {
        region: args.keyRegion ?? region,
        accountId: args.accountId,
        description: `Encrypts ${args.labels.dataset}`,
        logGroups: true,
        tags,
      },
      kept,
    );
    const { bucket } = keepOriginals();
    const plan = args.fileSystem && planFileSystem(args.fileSystem);
    const lustre = args.fileSystem && plan && mount(args.fileSystem, plan);

    this.bucketArn = bucket.arn;
    this.bucketName = bucket.bucket;
    this.keyArn = key.arn;
    this.region = region;
    this.fileSystemId = lustre?.fileSystem.id;
    this.fileSystemArn = lustre?.fileSystem.arn;
    this.fileSystemDnsName = lustre?.dnsName;
    this.fileSystemMountName = lustre?.mountName;
    this.fileSystemSecurityGroupId = lustre?.group.id;
    this.registerOutputs({
      region,
      ...(args.fileSystem && plan
        ? {
            zoneId: args.fileSystem.zoneId,
            fileSystemId: this.fileSystemId,
            fileSystemArn: this.fileSystemArn,
            fileSystemDnsName: this.fileSystemDnsName,
            fileSystemMountName: this.fileSystemMountName,
            fileSystemSecurityGroupId: this.fileSystemSecurityGroupId,
            capacityGiB: plan.capacityGiB,
            throughputPerTiB: plan.perTiB,
            predictions: storePredictions(name, plan),
          }
        : {}),
      bucketArn: this.bucketArn,
      bucketName: this.bucketName,
      keyArn: this.keyArn,
      labels: registeredLabels(args.labels),
    });

    function keepOriginals() {
      const { accountId, readers = [] } = args;
      const access = { region, accountId, dataset: args.labels.dataset, readers };
      return createPrivateBucket(
        name,
        {
          region,
          tags,
          keyArn: key.arn,
          versioned: true,
          versionsExpireAfterDays: 30,
          statements: (bucketArn) => [oneWay(bucketArn, access)],
        },
        { kept, child },
      );
    }

    function mount(files: TrainingStoreFileSystem, size: ReturnType<typeof planFileSystem>) {
      const around = {
        region,
        dataset: args.labels.dataset,
        bucketName: bucket.bucket,
        keyArn: key.arn,
        tags,
      };
      return createFileSystem(name, files, size, around, child, kept);
    }
  }
}
