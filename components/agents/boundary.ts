/** Whose resources, and in which regions. */
export interface BoundaryScope {
  /** Regions that any call may go to. */
  regions: string[];
  /** AWS account that resources belong to, where no organization is named. */
  accountId: string;
  /** Organization that resources must belong to. Default: the account alone. */
  organizationId?: string;
}

/** What channels can let an agent do. */
export const agentActions: readonly string[] = [
  "bedrock:InvokeModel",
  "bedrock:InvokeModelWithResponseStream",
  "bedrock-agentcore:*",
  "dynamodb:*Item",
  "dynamodb:Query",
  "events:PutEvents",
  "iot:Connect",
  "iot:Publish",
  "iot:Receive",
  "iot:Subscribe",
  "kafka-cluster:*",
  "kinesis:DescribeStreamSummary",
  "kinesis:Get*",
  "kinesis:ListShards",
  "kms:Decrypt",
  "kms:GenerateDataKey",
  "sqs:*Message",
  "sqs:ChangeMessageVisibility",
  "sqs:GetQueueAttributes",
  "sts:AssumeRole",
  "sts:GetWebIdentityToken",
  "sts:TagSession",
  "vpc-lattice-svcs:Invoke",
];

/** What buses, pipes, schedules, rules, replicators and gateways do for channels. */
export const serviceActions: readonly string[] = [
  "bedrock-agentcore:AuthorizeAction",
  "bedrock-agentcore:GetPolicyEngine",
  "bedrock-agentcore:PartiallyAuthorizeActions",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:Describe*",
  "events:PutEvents",
  "kafka-cluster:*",
  "kinesis:PutRecord",
  "kms:Decrypt",
  "kms:GenerateDataKey",
  "secretsmanager:GetSecretValue",
  "sqs:SendMessage",
];

/**
 * What no grant can exceed: the services that channels use, in the regions of the topology, on resources of the owner.
 * The same fence as the data perimeter of an organization, drawn around one role.
 */
export function boundaryPolicy(
  actions: readonly string[],
  { regions, accountId, organizationId }: BoundaryScope,
): string {
  const owner = organizationId
    ? { "aws:ResourceOrgID": [organizationId] }
    : { "aws:ResourceAccount": [accountId] };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "ChannelsOnly", Effect: "Allow", Action: actions, Resource: "*" },
      {
        Sid: "DeclaredRegions",
        Effect: "Deny",
        NotAction: "sts:*",
        Resource: "*",
        Condition: { StringNotEquals: { "aws:RequestedRegion": regions } },
      },
      {
        Sid: "OwnResources",
        Effect: "Deny",
        // Models belong to AWS, not to the owner.
        NotAction: ["bedrock:*", "sts:*"],
        Resource: "*",
        Condition: { StringNotEqualsIfExists: owner },
      },
    ],
  });
}
