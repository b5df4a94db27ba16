import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyOf } from "./region";

/** A role by which one service of AWS does one thing for one channel, and only on behalf of this account. */
export function serviceRole(
  name: string,
  { service, accountId, statements }: { service: string; accountId: string; statements: object[] },
  child: pulumi.CustomResourceOptions,
): aws.iam.Role {
  const trust = policyOf({
    Effect: "Allow",
    Principal: { Service: service },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
  });
  const role = new aws.iam.Role(
    name,
    { assumeRolePolicy: JSON.stringify(trust), maxSessionDuration: 3600 },
    child,
  );
  const policy = JSON.stringify(policyOf(...statements));
  new aws.iam.RolePolicy(name, { role: role.name, policy }, child);
  return role;
}
