import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type BoundaryScope, boundaryPolicy, serviceActions } from "../boundary";
import { type FabricContext, policyOf } from "./region";

/** A role by which one service of AWS does one thing for one channel, and only on behalf of this account. */
export function serviceRole(
  { serviceBoundary }: FabricContext,
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
    {
      assumeRolePolicy: JSON.stringify(trust),
      permissionsBoundary: serviceBoundary(),
      maxSessionDuration: 3600,
    },
    child,
  );
  const policy = JSON.stringify(policyOf(...statements));
  new aws.iam.RolePolicy(name, { role: role.name, policy }, child);
  return role;
}

/** What no service role of a fabric can exceed: one policy for all of them, made when the first one needs it. */
export function serviceBoundaryOf(
  name: string,
  scope: BoundaryScope,
  parent: pulumi.Resource,
): () => pulumi.Output<string> {
  let made: aws.iam.Policy | undefined;
  return () => {
    made ??= new aws.iam.Policy(
      `${name}-services-boundary`,
      { path: `/hybrid-ai/${name}/`, policy: boundaryPolicy(serviceActions, scope) },
      { parent },
    );
    return made.arn;
  };
}
