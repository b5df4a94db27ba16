import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Flow records of a VPC, kept in its own region: who spoke with whom, never what was said. */
export interface FlowLogs {
  region: string;
  vpcId: pulumi.Input<string>;
  retentionDays: number;
  tags: { [tag: string]: string };
}

export function recordFlows(name: string, wanted: FlowLogs, opts: pulumi.CustomResourceOptions): void {
  const { region, vpcId, retentionDays, tags } = wanted;
  const logs = new aws.cloudwatch.LogGroup(
    `${name}-flows`,
    { region, retentionInDays: retentionDays, tags },
    opts,
  );
  const writer = new aws.iam.Role(
    `${name}-flows`,
    {
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "vpc-flow-logs.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        ],
      }),
    },
    opts,
  );
  new aws.iam.RolePolicy(
    `${name}-flows`,
    {
      role: writer.id,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            Resource: pulumi.interpolate`${logs.arn}:*`,
          },
        ],
      }),
    },
    opts,
  );
  new aws.ec2.FlowLog(
    `${name}-flows`,
    {
      region,
      vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: logs.arn,
      iamRoleArn: writer.arn,
      maxAggregationInterval: 60,
      tags,
    },
    opts,
  );
}
