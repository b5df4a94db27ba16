import { awsRegion } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../problems";
import { agentActions, boundaryPolicy } from "./boundary";
import { type AgentIdentityTrust, trustPolicy, validateTrust } from "./trust";

/** The role of one agent: who may take it, what it may do channel by channel, and what no grant can exceed. */
export interface AgentIdentityArgs {
  /** Name of the agent; it becomes the path of the role, by which others recognise it. */
  agent: string;
  /** Name of the fabric, the other half of the path. */
  fabric: string;
  /** AWS account: 12 digits. */
  accountId: string;
  /** Region of the agent, or of what it uses in AWS. */
  region: string;
  /** How the agent proves who it is. */
  trust: AgentIdentityTrust;
  /** One statement per channel. */
  statements: AgentIdentityStatement[];
  /** Regions that any call may go to; everything else is outside the boundary. */
  regions: string[];
  /** Organization that callers and resources must belong to. Default: the account alone. */
  organizationId?: string;
  /**
   * VPCs by whose endpoints calls must come: a session that was carried elsewhere can do nothing. Default: from anywhere.
   */
  vpcIds?: pulumi.Input<string>[];
}

/** What one channel lets the agent do. */
export interface AgentIdentityStatement {
  /** Name of the channel; it becomes the Sid. */
  channel: string;
  /** Actions of IAM, each by its full name. */
  actions: string[];
  /** ARNs that the actions are allowed on. */
  resources: pulumi.Input<string>[];
  /** Condition block of the statement. Default: none. */
  conditions?: { [operator: string]: { [key: string]: string[] } };
}

/** Seconds that a session lasts: what STS gives when nobody asks for more. */
const SESSION_SECONDS = 3600;

export class AgentIdentity extends pulumi.ComponentResource {
  public readonly roleArn: pulumi.Output<string>;
  /** ARN pattern of the role, known before it exists: resource policies name the agent by it. */
  public readonly principalPattern: pulumi.Output<string>;

  constructor(name: string, args: AgentIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:AgentIdentity", name, args, opts);
    refuse(`AgentIdentity ${name}`, validateTrust(args.trust));
    const child = { parent: this };
    const { region, trust } = args;
    const path = rolePath(args.fabric, args.agent);
    const tags = { "hybrid-ai:agent": args.agent };

    const boundary = new aws.iam.Policy(
      `${name}-boundary`,
      { path, policy: boundaryPolicy(agentActions, args), tags },
      child,
    );
    const role = new aws.iam.Role(
      name,
      {
        path,
        assumeRolePolicy: trustPolicy(args),
        permissionsBoundary: boundary.arn,
        maxSessionDuration: SESSION_SECONDS,
        tags,
      },
      child,
    );
    for (const statement of args.statements) grant(statement);
    if (args.vpcIds && args.vpcIds.length > 0) fence(args.vpcIds);
    attach();

    this.roleArn = role.arn;
    this.principalPattern = pulumi.output(principalPattern(args.fabric, args.agent, args.accountId, region));
    this.registerOutputs({ region, agent: args.agent, roleArn: this.roleArn });

    /** A policy of its own per channel, so that a channel that goes takes its grant with it and nothing else. */
    function grant({ channel, actions, resources, conditions }: AgentIdentityStatement): void {
      const statement = {
        Sid: channel.replace(/[^A-Za-z0-9]/g, ""),
        Effect: "Allow",
        Action: actions,
        Resource: resources,
        ...(conditions ? { Condition: conditions } : {}),
      };
      const policy = pulumi.jsonStringify({ Version: "2012-10-17", Statement: [statement] });
      new aws.iam.RolePolicy(`${name}-${channel}`, { role: role.name, policy }, child);
    }

    /** A policy of its own: the ids are not known before the networks are, and must not hide what channels grant. */
    function fence(vpcIds: pulumi.Input<string>[]): void {
      const policy = pulumi.jsonStringify({ Version: "2012-10-17", Statement: [networkPerimeter(vpcIds)] });
      new aws.iam.RolePolicy(`${name}-network`, { role: role.name, policy }, child);
    }

    function attach(): void {
      if (trust.podIdentity) {
        const { clusterName, namespace, serviceAccount } = trust.podIdentity;
        new aws.eks.PodIdentityAssociation(
          name,
          { region, clusterName, namespace, serviceAccount, roleArn: role.arn, tags },
          child,
        );
      }
      // A profile knows no region of its own: it is made where its provider is.
      if (trust.rolesAnywhere) {
        new aws.rolesanywhere.Profile(
          name,
          {
            enabled: true,
            roleArns: [role.arn],
            durationSeconds: SESSION_SECONDS,
            acceptRoleSessionName: false,
            tags,
          },
          child,
        );
      }
    }
  }
}

export function rolePath(fabric: string, agent: string): string {
  return `/hybrid-ai/${fabric}/${agent}/`;
}

/** ARNs of the roles of one agent: by their path, because their names are not known before they exist. */
export function principalPattern(fabric: string, agent: string, accountId: string, region: string): string {
  return `arn:${partitionOf(region)}:iam::${accountId}:role${rolePath(fabric, agent)}*`;
}

/** ARNs of the roles of all agents of a fabric. */
export function rolePattern(fabric: string, accountId: string, region: string): string {
  return `arn:${partitionOf(region)}:iam::${accountId}:role/hybrid-ai/${fabric}/*`;
}

export function partitionOf(region: string): string {
  return awsRegion(region)?.partition ?? "aws";
}

/**
 * The network side of a data perimeter: what is asked of services that have endpoints in a VPC must come by one of ours,
 * unless a service of AWS asks on behalf of the agent. Brokers, Lattice and the first token are reached otherwise.
 */
function networkPerimeter(vpcIds: pulumi.Input<string>[]): object {
  return {
    Sid: "ExpectedNetworks",
    Effect: "Deny",
    Action: ["bedrock:*", "bedrock-agentcore:*", "dynamodb:*", "events:*", "kinesis:*", "sqs:*"],
    Resource: "*",
    Condition: {
      StringNotEqualsIfExists: { "aws:SourceVpc": vpcIds },
      BoolIfExists: { "aws:ViaAWSService": "false", "aws:PrincipalIsAWSService": "false" },
    },
  };
}
