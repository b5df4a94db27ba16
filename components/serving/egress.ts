import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ServingNetwork } from "./attachments";

/** TLS to the interface endpoints of the VPC and to S3 by its gateway endpoint, which has addresses outside the VPC. */
export function letReachPrivateServices(
  name: string,
  region: string,
  securityGroupId: pulumi.Input<string>,
  network: ServingNetwork,
  child: pulumi.CustomResourceOptions,
): void {
  const tls = { region, securityGroupId, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  new aws.vpc.SecurityGroupEgressRule(`${name}-tls`, { ...tls, cidrIpv4: network.cidr }, child);
  // Without the prefix list every address is open, but private subnets have a route to S3 and to no other.
  const toS3 =
    network.s3PrefixListId === undefined
      ? { cidrIpv4: "0.0.0.0/0" }
      : { prefixListId: network.s3PrefixListId };
  new aws.vpc.SecurityGroupEgressRule(`${name}-s3`, { ...tls, ...toS3 }, child);
}
