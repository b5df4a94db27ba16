import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { refuse } from "../problems";
import { sealed } from "../sealed";
import { type BulkTransferAgent, type BulkTransferEndpoint, createAgents, dealOut } from "./agents";
import { createBandwidthTurns } from "./bandwidth-turns";
import type { BulkTransferDayLimit } from "./day-limits";
import { createWriterRole } from "./destination";
import { predict, transferPredictions } from "./predicted-transfer";
import { filterOf, type Shard } from "./shards";
import { type BulkTransferSource, createSource, secretsOfSource } from "./sources";
import { startingLimit, taskMode, verifyMode } from "./task-options";
import { validateBulkTransfer } from "./validate-bulk-transfer";

/** Moves a dataset from a site to a bucket or a file system, and never back. */
export interface BulkTransferArgs {
  /** AWS region of the tasks: that of the destination. */
  region: string;
  /** AWS account of the tasks: 12 digits. */
  accountId: string;
  /** Where the data is read on site: exactly one kind. */
  source: BulkTransferSource;
  /** ARNs of agents that are activated already; all of them must be online. */
  agentArns?: string[];
  /** Agents to activate. */
  agents?: BulkTransferAgent[];
  /** Private endpoint of DataSync for the agents. Default: the public one. */
  endpoint?: BulkTransferEndpoint;
  /** Bucket that is written, and that takes the reports. */
  bucketArn: pulumi.Input<string>;
  /** ARN of the key that encrypts it, in the same region. */
  keyArn: pulumi.Input<string>;
  /** File system that is written instead of the bucket. */
  fileSystem?: BulkTransferFileSystem;
  /** Cron expression of the start, in UTC. */
  schedule: string;
  /** Hours in which the first, full transfer must be done. Default: none. */
  windowHours?: number;
  /** Size of the first, full transfer in TiB. */
  sizeTiB: number;
  /** Growth in TiB per day: what later transfers move. Default: 0. */
  dailyGrowthTiB?: number;
  /** Directories of the source, for one task each agent can work on. Default: one task for everything. */
  directories?: BulkTransferDirectory[];
  /** Bandwidth of the link in Mbps. */
  linkMbps: number;
  /** Limit in Mbps over all tasks. Default: none. */
  bandwidthMbps?: number;
  /** Limits at hours of the day, in UTC; outside of them `bandwidthMbps` holds. Default: none. */
  limits?: BulkTransferDayLimit[];
  /** What the source can be read with, in Gbps. Default: not known, so not a limit. */
  sourceGbps?: number;
  /** transferred (what was written), all (the whole destination, slower) or none. Default: transferred. */
  verify?: string;
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels: DatasetLabels;
}

/** A directory of the source, and how much it holds. */
export interface BulkTransferDirectory {
  /** Path below that of the source, beginning with a slash. */
  path: string;
  /** Size of the directory in TiB. */
  sizeTiB: number;
}

/** A Lustre file system in the region. */
export interface BulkTransferFileSystem {
  /** ARN of the file system. */
  arn: pulumi.Input<string>;
  /** ARN of the group that reaches the file system. */
  securityGroupArn: pulumi.Input<string>;
}

export class BulkTransfer extends pulumi.ComponentResource {
  public readonly taskArns: pulumi.Output<string>[];
  /** Predicted hours of the first, full transfer. */
  public readonly predictedHours: number;
  /** Predicted rate in Gbps. */
  public readonly predictedGbps: number;
  /** What a faster transfer would have to improve: link, limit, agents, tasks or source. */
  public readonly bottleneck: string;

  constructor(name: string, args: BulkTransferArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:BulkTransfer", name, sealed(args, ...secretsOfSource), opts);
    refuse("BulkTransfer", validateBulkTransfer(args));
    const child = { parent: this };
    const { region } = args;
    const tags = labelTags(args.labels);
    const at = { region, tags };
    const { task, shards, plan } = predict(args);

    const agents = [
      ...(args.agentArns ?? []),
      ...createAgents(name, args.agents ?? [], args.endpoint, at, child),
    ];
    const writer = letDataSyncWrite();
    const destination = writeDestination();
    const log = keepLog();
    const hands = dealOut<pulumi.Input<string>>(agents, shards.length);
    // While no agent is activated there is nothing that a task could read with.
    const tasks =
      agents.length === 0 ? [] : shards.map((shard, index) => moveOneWay(shard, index, hands[index] ?? []));

    turnLimits();

    this.taskArns = tasks.map(({ arn }) => arn);
    this.predictedHours = plan.hours;
    this.predictedGbps = plan.gbps;
    this.bottleneck = plan.bottleneck;
    this.registerOutputs({
      region,
      taskArns: this.taskArns,
      predictedHours: plan.hours,
      predictedGbps: plan.gbps,
      bottleneck: plan.bottleneck,
      ...(args.windowHours === undefined ? {} : { windowHours: args.windowHours }),
      phase: agents.length === 0 ? "waiting for agents" : "ready",
      predictions: transferPredictions(name, args, plan),
      labels: registeredLabels(args.labels),
    });

    function letDataSyncWrite() {
      const folders = [args.labels.dataset, `reports/${name}`];
      const { accountId, bucketArn, keyArn } = args;
      const access = { dataset: args.labels.dataset, accountId, bucketArn, keyArn, folders, tags };
      return createWriterRole(name, access, child);
    }

    function writeDestination(): pulumi.Output<string> {
      const subdirectory = `/${args.labels.dataset}`;
      if (args.fileSystem) {
        return new aws.datasync.LocationFsxLustre(
          `${name}-destination`,
          {
            ...at,
            fsxFilesystemArn: args.fileSystem.arn,
            securityGroupArns: [args.fileSystem.securityGroupArn],
            subdirectory,
          },
          child,
        ).arn;
      }
      return new aws.datasync.S3Location(
        `${name}-destination`,
        {
          ...at,
          s3BucketArn: args.bucketArn,
          subdirectory,
          s3StorageClass: "STANDARD",
          s3Config: { bucketAccessRoleArn: writer.role.arn },
        },
        { ...child, dependsOn: [writer.policy] },
      ).arn;
    }

    function keepLog(): aws.cloudwatch.LogGroup {
      const group = new aws.cloudwatch.LogGroup(
        `${name}-log`,
        { region, retentionInDays: 90, kmsKeyId: args.keyArn, tags },
        child,
      );
      new aws.cloudwatch.LogResourcePolicy(
        `${name}-log`,
        {
          region,
          policyName: `${name}-log`,
          policyDocument: pulumi.jsonStringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "datasync.amazonaws.com" },
                Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
                Resource: pulumi.interpolate`${group.arn}:*`,
                Condition: { StringEquals: { "aws:SourceAccount": args.accountId } },
              },
            ],
          }),
        },
        child,
      );
      return group;
    }

    function moveOneWay(shard: Shard, index: number, hand: pulumi.Input<string>[]): aws.datasync.Task {
      const suffix = index === 0 ? "" : `-${index + 1}`;
      const others = shards.filter((other) => other !== shard).flatMap(({ paths }) => paths);
      const filters = index === 0 ? filter("excludes", others) : filter("includes", shard.paths);
      return new aws.datasync.Task(
        `${name}${suffix}`,
        {
          region,
          name: `${name}${suffix}`,
          taskMode: taskMode(args),
          sourceLocationArn: createSource(`${name}-source${suffix}`, args.source, hand, at, child),
          destinationLocationArn: destination,
          cloudwatchLogGroupArn: log.arn,
          schedule: { scheduleExpression: args.schedule },
          ...filters,
          options: {
            verifyMode: verifyMode(args),
            transferMode: "CHANGED",
            preserveDeletedFiles: "PRESERVE",
            overwriteMode: "ALWAYS",
            posixPermissions: "NONE",
            uid: "NONE",
            gid: "NONE",
            logLevel: "TRANSFER",
            ...startingLimit(task, shard, shards, args.schedule),
          },
          taskReportConfig: {
            s3Destination: {
              bucketAccessRoleArn: writer.role.arn,
              s3BucketArn: args.bucketArn,
              subdirectory: `reports/${name}`,
            },
            outputType: "STANDARD",
            reportLevel: "ERRORS_ONLY",
          },
          tags,
        },
        { ...child, dependsOn: [writer.policy] },
      );
    }

    function turnLimits(): void {
      const { accountId, limits = [], bandwidthMbps: otherwise } = args;
      const taskArns = tasks.map(({ arn }) => arn);
      createBandwidthTurns(name, { region, accountId, limits, otherwise, taskArns, shards }, child);
    }
  }
}

function filter(property: "includes" | "excludes", paths: readonly string[]) {
  return paths.length === 0 ? {} : { [property]: { filterType: "SIMPLE_PATTERN", value: filterOf(paths) } };
}
