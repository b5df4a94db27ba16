import { transferHours } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";

/** Moves a dataset from a site to a bucket, and never back. */
export interface BulkTransferArgs {
  /** AWS region of the task: that of the bucket. */
  region: string;
  /** AWS account of the task: 12 digits. */
  accountId: string;
  source: BulkTransferNfs;
  /** ARNs of activated DataSync agents on site: 1 to 4, all of which must be online. */
  agentArns: string[];
  bucketArn: pulumi.Input<string>;
  keyArn: pulumi.Input<string>;
  /** Cron expression of the schedule, in UTC. */
  schedule: string;
  /** Size of the first, full transfer in TiB. */
  sizeTiB: number;
  /** Bandwidth of the link in Mbps. */
  linkMbps: number;
  /** Limit in Mbps. Default: none. */
  bandwidthMbps?: number;
  labels: DatasetLabels;
}

/** An NFS export on site. */
export interface BulkTransferNfs {
  /** Host name or address of the server. */
  server: string;
  /** Exported path, beginning with a slash. */
  path: string;
}

/** Agents that one location takes (DataSync quota). */
const MOST_AGENTS = 4;

export class BulkTransfer extends pulumi.ComponentResource {
  public readonly taskArn: pulumi.Output<string>;
  /** Predicted hours of the first, full transfer. */
  public readonly predictedHours: number;
  /** What a faster transfer would have to improve: link, agents, tasks or source. */
  public readonly bottleneck: string;

  constructor(name: string, args: BulkTransferArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:BulkTransfer", name, args, opts);
    refuse("BulkTransfer", validateBulkTransfer(args));
    const child = { parent: this };
    const { region } = args;
    const tags = labelTags(args.labels);
    const predicted = predict(args);

    const source = readSource();
    const destination = writeDestination();
    const log = keepLog();
    const task = moveOneWay();

    this.taskArn = task.arn;
    this.predictedHours = predicted.hours;
    this.bottleneck = predicted.bottleneck;
    this.registerOutputs({
      region,
      taskArn: this.taskArn,
      predictedHours: predicted.hours,
      bottleneck: predicted.bottleneck,
      predictions: [
        {
          subject: name,
          quantity: "first transfer",
          value: predicted.hours,
          unit: "h",
          limitedBy: predicted.bottleneck,
        },
      ],
      labels: registeredLabels(args.labels),
    });

    function readSource(): aws.datasync.NfsLocation {
      return new aws.datasync.NfsLocation(
        `${name}-source`,
        {
          region,
          serverHostname: args.source.server,
          subdirectory: args.source.path,
          onPremConfig: { agentArns: args.agentArns },
          mountOptions: { version: "NFS4_1" },
          tags,
        },
        child,
      );
    }

    function writeDestination(): aws.datasync.S3Location {
      const role = new aws.iam.Role(
        `${name}-write`,
        {
          assumeRolePolicy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "datasync.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: { StringEquals: { "aws:SourceAccount": args.accountId } },
              },
            ],
          }),
        },
        child,
      );
      // Reading back is needed to verify what was written; nothing else may leave the bucket through this role.
      const policy = new aws.iam.RolePolicy(
        `${name}-write`,
        {
          role: role.id,
          policy: pulumi.jsonStringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
                Resource: args.bucketArn,
              },
              {
                Effect: "Allow",
                Action: [
                  "s3:PutObject",
                  "s3:GetObject",
                  "s3:AbortMultipartUpload",
                  "s3:ListMultipartUploadParts",
                  "s3:PutObjectTagging",
                  "s3:GetObjectTagging",
                ],
                Resource: pulumi.interpolate`${args.bucketArn}/*`,
              },
              { Effect: "Allow", Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: args.keyArn },
            ],
          }),
        },
        child,
      );
      return new aws.datasync.S3Location(
        `${name}-destination`,
        {
          region,
          s3BucketArn: args.bucketArn,
          subdirectory: `/${args.labels.dataset}`,
          s3StorageClass: "STANDARD",
          s3Config: { bucketAccessRoleArn: role.arn },
          tags,
        },
        { ...child, dependsOn: [policy] },
      );
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

    function moveOneWay(): aws.datasync.Task {
      return new aws.datasync.Task(
        name,
        {
          region,
          name,
          taskMode: "ENHANCED",
          sourceLocationArn: source.arn,
          destinationLocationArn: destination.arn,
          cloudwatchLogGroupArn: log.arn,
          schedule: { scheduleExpression: args.schedule },
          options: {
            // The provider's default is a mode that ENHANCED refuses.
            verifyMode: "ONLY_FILES_TRANSFERRED",
            transferMode: "CHANGED",
            preserveDeletedFiles: "PRESERVE",
            overwriteMode: "ALWAYS",
            posixPermissions: "NONE",
            uid: "NONE",
            gid: "NONE",
            logLevel: "TRANSFER",
            ...(args.bandwidthMbps === undefined
              ? {}
              : { bytesPerSecond: bytesPerSecond(args.bandwidthMbps) }),
          },
          tags,
        },
        child,
      );
    }
  }
}

/** Hours of the first, full transfer over the link or the limit, whichever is less. */
export function predict(
  args: Pick<BulkTransferArgs, "sizeTiB" | "linkMbps" | "bandwidthMbps" | "agentArns">,
) {
  const mbps = Math.min(args.linkMbps, args.bandwidthMbps ?? args.linkMbps);
  return transferHours({
    sizeTiB: args.sizeTiB,
    linkGbps: mbps / 1000,
    agents: args.agentArns.length,
    tasks: 1,
  });
}

export function bytesPerSecond(mbps: number): number {
  return (mbps * 1_000_000) / 8;
}

export function validateBulkTransfer(args: BulkTransferArgs): ArgumentProblem[] {
  const agents = args.agentArns.length;
  const { path } = args.source;
  return [
    ...(agents >= 1 && agents <= MOST_AGENTS
      ? []
      : [{ propertyPath: "agentArns", reason: `${agents} agents; a location takes 1 to ${MOST_AGENTS}` }]),
    ...(path.startsWith("/")
      ? []
      : [{ propertyPath: "source.path", reason: `"${path}" does not begin with a slash` }]),
  ];
}
