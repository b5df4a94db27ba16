import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createCustomerKey } from "../storage/customer-key";
import type { VectorIndexNetwork } from "./vector-index";

/** What every engine of OpenSearch stands in: a key of its own, and a group that its VPC alone reaches, by TLS. */
export function createPerimeter(
  name: string,
  args: {
    region: string;
    accountId: string;
    network: VectorIndexNetwork;
    /** Log groups are encrypted with the key as well. */
    logGroups: boolean;
    tags: { [tag: string]: string };
  },
  kept: pulumi.CustomResourceOptions,
  child: pulumi.CustomResourceOptions,
): { key: aws.kms.Key; group: aws.ec2.SecurityGroup } {
  const { region, accountId, network, logGroups, tags } = args;
  const description = `Encrypts the vectors of ${name}`;
  const key = createCustomerKey(name, { region, accountId, description, logGroups, tags }, kept);
  const group = new aws.ec2.SecurityGroup(
    name,
    { region, vpcId: network.vpcId, description: "Vector index", tags: { Name: name, ...tags } },
    child,
  );
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-tls`,
    {
      region,
      securityGroupId: group.id,
      cidrIpv4: network.cidr,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    },
    child,
  );
  return { key, group };
}
