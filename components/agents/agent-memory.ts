import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { refuse } from "../problems";
import { partitionOf } from "./agent-identity";

/** What agents remember in a region: with a label, an end, and nobody who reads it but by a channel. */
export interface AgentMemoryArgs {
  /** AWS region, such as ap-northeast-1. */
  region: string;
  /** AWS account: 12 digits. */
  accountId: string;
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels: DatasetLabels;
  /** Days that something is remembered; AgentCore takes 7 to 365. */
  keepDays: number;
  /** ARN patterns of the roles that may reach it. */
  readers: string[];
  /** Key of the customer. Default: a key of AWS. */
  keyArn?: pulumi.Input<string>;
  /** Exactly one of agentcore and dynamodb. */
  agentcore?: AgentMemoryOfAgentCore;
  /** Memory in a table of DynamoDB. Exactly one kind is given. */
  dynamodb?: AgentMemoryOfDynamoDb;
  /** Keeps Pulumi from deleting it. Default: true. */
  protect?: boolean;
}

export interface AgentMemoryOfAgentCore {
  /** Model that a custom strategy infers with. Default: events only. */
  model?: string;
}

export interface AgentMemoryOfDynamoDb {
  /** Default: expiresAt. */
  ttlAttribute?: string;
}

export class AgentMemory extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AgentMemoryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:AgentMemory", name, args, opts);
    refuse(`AgentMemory ${name}`, [
      ...((args.agentcore === undefined) === (args.dynamodb === undefined)
        ? [{ propertyPath: "agentcore", reason: "takes exactly one of agentcore and dynamodb" }]
        : []),
      ...(args.agentcore && (args.keepDays < 7 || args.keepDays > 365)
        ? [{ propertyPath: "keepDays", reason: `${args.keepDays} is not from 7 to 365` }]
        : []),
    ]);
    const { region } = args;
    const tags = labelTags(args.labels);
    const kept = { parent: this, protect: args.protect ?? true };

    this.arn = args.agentcore ? remember(args.agentcore, this) : keepItems(args.dynamodb ?? {}, this);
    this.registerOutputs({
      region,
      arn: this.arn,
      keepDays: args.keepDays,
      labels: registeredLabels(args.labels),
    });

    function remember({ model }: AgentMemoryOfAgentCore, parent: pulumi.Resource): pulumi.Output<string> {
      const memory = new aws.bedrock.AgentcoreMemory(
        name,
        {
          region,
          // Roles quote the name; names of memories take no hyphen.
          name: memoryName(name),
          eventExpiryDuration: args.keepDays,
          ...(args.keyArn ? { encryptionKeyArn: args.keyArn } : {}),
          tags,
        },
        kept,
      );
      // Built-in strategies infer anywhere in the geography of the region; a custom one infers where its model is.
      if (model !== undefined) {
        new aws.bedrock.AgentcoreMemoryStrategy(
          name,
          {
            region,
            name: memoryName(name),
            memoryId: memory.id,
            type: "CUSTOM",
            namespaces: ["/agents/{actorId}"],
            configuration: {
              type: "SEMANTIC_OVERRIDE",
              extraction: { modelId: model, appendToPrompt: "Keep facts of the task only." },
              consolidation: { modelId: model, appendToPrompt: "Merge what repeats." },
            },
          },
          { parent },
        );
      }
      return memory.arn;
    }

    function keepItems(
      { ttlAttribute }: AgentMemoryOfDynamoDb,
      parent: pulumi.Resource,
    ): pulumi.Output<string> {
      const table = new aws.dynamodb.Table(
        name,
        {
          region,
          // Roles quote the name.
          name,
          billingMode: "PAY_PER_REQUEST",
          hashKey: "agent",
          rangeKey: "item",
          attributes: [
            { name: "agent", type: "S" },
            { name: "item", type: "S" },
          ],
          ttl: { enabled: true, attributeName: ttlAttribute ?? "expiresAt" },
          serverSideEncryption: { enabled: true, ...(args.keyArn ? { kmsKeyArn: args.keyArn } : {}) },
          pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: Math.min(35, args.keepDays) },
          tags,
        },
        kept,
      );
      const everyoneElse = {
        Sid: "ChannelsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: ["dynamodb:*Item", "dynamodb:Query", "dynamodb:Scan"],
        Resource: `arn:${partitionOf(region)}:dynamodb:${region}:${args.accountId}:table/${name}`,
        Condition: { ArnNotLike: { "aws:PrincipalArn": args.readers } },
      };
      if (args.readers.length > 0) {
        new aws.dynamodb.ResourcePolicy(
          name,
          {
            region,
            resourceArn: table.arn,
            policy: JSON.stringify({ Version: "2012-10-17", Statement: [everyoneElse] }),
          },
          { parent },
        );
      }
      return table.arn;
    }
  }
}

export function memoryName(name: string): string {
  return name.replace(/-/g, "_");
}
