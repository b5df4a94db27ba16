import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createCustomerKey } from "../storage/customer-key";
import type { VectorIndexOpenSearch } from "./vector-index";
import type { DomainSize } from "./vector-size";

/** Nodes that keep the cluster together, in a domain with a standby. */
const MANAGER_TYPE = "m7g.large.search";
const ENGINE = "OpenSearch_2.19";

/** A domain inside the VPC, encrypted with a key of its own, that only roles enter. */
export function createDomain(
  name: string,
  args: {
    region: string;
    accountId: string;
    openSearch: VectorIndexOpenSearch;
    size: DomainSize;
    tags: { [tag: string]: string };
  },
  kept: pulumi.CustomResourceOptions,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { region, accountId, openSearch, size, tags } = args;
  const { network } = openSearch;
  const zones = network.subnetIds.length;
  const key = createCustomerKey(
    name,
    { region, accountId, description: `Encrypts the vectors of ${name}`, tags },
    kept,
  );
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
  const domain = new aws.opensearch.Domain(
    name,
    {
      region,
      engineVersion: openSearch.engineVersion ?? ENGINE,
      clusterConfig: {
        instanceType: size.nodeType,
        instanceCount: size.nodes,
        zoneAwarenessEnabled: zones > 1,
        ...(zones > 1 ? { zoneAwarenessConfig: { availabilityZoneCount: zones } } : {}),
        multiAzWithStandbyEnabled: zones === 3,
        ...(zones === 3
          ? { dedicatedMasterEnabled: true, dedicatedMasterCount: 3, dedicatedMasterType: MANAGER_TYPE }
          : {}),
      },
      ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: size.volumeGiBPerNode },
      vpcOptions: { subnetIds: network.subnetIds, securityGroupIds: [group.id] },
      encryptAtRest: { enabled: true, kmsKeyId: key.arn },
      nodeToNodeEncryption: { enabled: true },
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
      // Roles only: a master user with a password would be a key that never expires.
      advancedSecurityOptions: {
        enabled: true,
        internalUserDatabaseEnabled: false,
        masterUserOptions: { masterUserArn: openSearch.adminRoleArn },
      },
      autoTuneOptions: { desiredState: "ENABLED", rollbackOnDisable: "NO_ROLLBACK" },
      tags,
    },
    kept,
  );
  new aws.opensearch.DomainPolicy(
    name,
    {
      region,
      domainName: domain.domainName,
      accessPolicies: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: [openSearch.adminRoleArn, ...openSearch.readerArns] },
            Action: "es:ESHttp*",
            Resource: pulumi.interpolate`${domain.arn}/*`,
          },
        ],
      }),
    },
    child,
  );
  return pulumi.interpolate`https://${domain.endpoint}`;
}
