import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Where a security group stands. */
export interface EfaSecurityGroupArgs {
  region: string;
  vpcId: pulumi.Input<string>;
  description: string;
  tags: { [tag: string]: string };
}

/**
 * A security group that lets its members speak EFA with each other. A rule for every address does not: EFA traffic is
 * allowed only where a rule names the group itself, in both directions and for all protocols.
 */
export function createEfaSecurityGroup(
  name: string,
  args: EfaSecurityGroupArgs,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.SecurityGroup {
  const { region, vpcId, description, tags } = args;
  const group = new aws.ec2.SecurityGroup(
    name,
    // Names that begin with "sg-" are refused, so the provider names it.
    { region, vpcId, description, tags: { Name: name, ...tags } },
    opts,
  );
  allowBetween(`${name}-self`, region, group.id, group.id, opts);
  return group;
}

/** Lets one group send everything to another one, and that one take it. */
export function allowBetween(
  name: string,
  region: string,
  from: pulumi.Input<string>,
  to: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): void {
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-out`,
    { region, securityGroupId: from, referencedSecurityGroupId: to, ipProtocol: "-1" },
    opts,
  );
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-in`,
    { region, securityGroupId: to, referencedSecurityGroupId: from, ipProtocol: "-1" },
    opts,
  );
}
