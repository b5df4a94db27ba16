import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { managedPolicy } from "../training/reader-role";
import type { ServingModel } from "./attachments";
import { createModelReader } from "./model-reader";

/** The role that starts the tasks of a resident model, and the one by which they read it. */
export function createResidentRoles(
  name: string,
  args: {
    region: string;
    accountId: string;
    model: ServingModel;
    /** Parameter that holds where the artefact lies. */
    parameterArn: string;
    tags: { [tag: string]: string };
  },
  child: pulumi.CustomResourceOptions,
) {
  const { region, accountId, model, parameterArn, tags } = args;
  const execution = new aws.iam.Role(
    `${name}-start`,
    {
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "ecs-tasks.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:SourceAccount": accountId } },
          },
        ],
      }),
      managedPolicyArns: [managedPolicy(region, "service-role/AmazonECSTaskExecutionRolePolicy")],
    },
    child,
  );
  new aws.iam.RolePolicy(
    `${name}-start`,
    {
      role: execution.id,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "ssm:GetParameters", Resource: parameterArn }],
      }),
    },
    child,
  );
  const reader = createModelReader(
    `${name}-model`,
    { principal: "ecs-tasks.amazonaws.com", accountId: accountId, model, tags },
    child,
  );
  return { execution, reader };
}
