import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ServingModel } from "./attachments";

/** A role that reads one model, and the statements that its user adds. */
export function createModelReader(
  name: string,
  args: {
    principal: string;
    accountId: string;
    model: ServingModel;
    statements?: { [key: string]: unknown }[];
    managedPolicyArns?: string[];
    tags: { [tag: string]: string };
  },
  child: pulumi.CustomResourceOptions,
): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
  const { model } = args;
  const role = new aws.iam.Role(
    name,
    {
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: args.principal },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:SourceAccount": args.accountId } },
          },
        ],
      }),
      ...(args.managedPolicyArns ? { managedPolicyArns: args.managedPolicyArns } : {}),
      tags: args.tags,
    },
    child,
  );
  const policy = new aws.iam.RolePolicy(
    name,
    {
      role: role.id,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["s3:ListBucket", "s3:GetBucketLocation"],
            Resource: model.bucketArn,
          },
          {
            Effect: "Allow",
            Action: "s3:GetObject",
            Resource: pulumi.interpolate`${model.bucketArn}/${model.prefix}/*`,
          },
          { Effect: "Allow", Action: "kms:Decrypt", Resource: model.keyArn },
          ...(args.statements ?? []),
        ],
      }),
    },
    child,
  );
  return { role, policy };
}
