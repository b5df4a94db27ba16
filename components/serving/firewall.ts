import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** What a load balancer is protected by, and where that is written down. */
export interface Firewall {
  region: string;
  resourceArn: pulumi.Input<string>;
  requestsPerFiveMinutes: number;
  logDays: number;
  tags: { [tag: string]: string };
}

/** Rules that AWS keeps against known bad input, a limit for each address, and a log without credentials. */
export function createFirewall(name: string, args: Firewall, child: pulumi.CustomResourceOptions): void {
  const { region, tags } = args;
  const visible = (metricName: string) => ({
    metricName,
    cloudwatchMetricsEnabled: true,
    // Samples hold what users sent, in a place that no label names.
    sampledRequestsEnabled: false,
  });
  const managed = (rule: string, priority: number) => ({
    name: rule,
    priority,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: "AWS", name: rule } },
    visibilityConfig: visible(`${name}-${rule}`),
  });
  const acl = new aws.wafv2.WebAcl(
    name,
    {
      region,
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rules: [
        {
          name: "limit-of-an-address",
          priority: 1,
          action: { block: {} },
          statement: {
            rateBasedStatement: { limit: args.requestsPerFiveMinutes, aggregateKeyType: "IP" },
          },
          visibilityConfig: visible(`${name}-limit`),
        },
        managed("AWSManagedRulesKnownBadInputsRuleSet", 2),
        managed("AWSManagedRulesAmazonIpReputationList", 3),
      ],
      visibilityConfig: visible(name),
      tags,
    },
    child,
  );
  new aws.wafv2.WebAclAssociation(name, { region, resourceArn: args.resourceArn, webAclArn: acl.arn }, child);
  // WAF writes only to log groups whose names begin like this.
  const log = new aws.cloudwatch.LogGroup(
    `${name}-waf`,
    { region, name: `aws-waf-logs-${name}`, retentionInDays: args.logDays, tags },
    child,
  );
  new aws.wafv2.WebAclLoggingConfiguration(
    name,
    {
      region,
      resourceArn: acl.arn,
      logDestinationConfigs: [log.arn],
      redactedFields: ["authorization", "cookie"].map((header) => ({ singleHeader: { name: header } })),
    },
    child,
  );
}
