import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { partitionOfRegion } from "../training/reader-role";
import { createPerimeter } from "./search-perimeter";
import type { VectorIndexOpenSearch } from "./vector-index";
import type { DomainSize } from "./vector-size";

/** Nodes that keep the cluster together, in a domain with a standby. */
const MANAGER_TYPE = "m7g.large.search";
const ENGINE = "OpenSearch_2.19";
/** What a domain writes down: slow searches and writes, errors, and who asked. */
const LOGS = ["SEARCH_SLOW_LOGS", "INDEX_SLOW_LOGS", "ES_APPLICATION_LOGS", "AUDIT_LOGS"];

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
  const { key, group } = createPerimeter(
    name,
    { region, accountId, network, logGroups: true, tags },
    kept,
    child,
  );
  const logs = keepLogs();
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
      logPublishingOptions: LOGS.map((logType) => ({ logType, cloudwatchLogGroupArn: logs.groupArn })),
      autoTuneOptions: { desiredState: "ENABLED", rollbackOnDisable: "NO_ROLLBACK" },
      tags,
    },
    { ...kept, dependsOn: [logs.logGroup, logs.policy] },
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

  /** Slow queries hold the vectors that were searched for: the group bears the labels of the index. */
  function keepLogs() {
    // Known before creation, so that policies see where each of the four goes.
    const logGroupName = `/hybrid-ai/knowledge/${name}`;
    const groupArn = `arn:${partitionOfRegion(region)}:logs:${region}:${accountId}:log-group:${logGroupName}`;
    const logGroup = new aws.cloudwatch.LogGroup(
      name,
      { region, name: logGroupName, retentionInDays: 90, kmsKeyId: key.arn, tags },
      child,
    );
    const policy = new aws.cloudwatch.LogResourcePolicy(
      name,
      {
        region,
        policyName: name,
        policyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "es.amazonaws.com" },
              Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
              Resource: `${groupArn}:*`,
              Condition: { StringEquals: { "aws:SourceAccount": accountId } },
            },
          ],
        }),
      },
      child,
    );
    return { groupArn, logGroup, policy };
  }
}
