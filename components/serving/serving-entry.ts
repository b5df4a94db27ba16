import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { createPrivateBucket } from "../storage/private-bucket";
import type { ServingNetwork } from "./attachments";
import { createFirewall } from "./firewall";

/** The way in of one region: a load balancer with TLS, a firewall and labelled logs, to which services add their rules. */
export interface ServingEntryArgs {
  /** AWS region, such as ap-northeast-1. */
  region: string;
  /** Network that it stands in. */
  network: ServingNetwork;
  /** ARN of the certificate, in ACM of the same region. */
  certificateArn: pulumi.Input<string>;
  /** Certificates of clients are demanded and checked against this trust store. Default: none are asked for. */
  trustStoreArn?: pulumi.Input<string>;
  /** Prefixes that may come in beside Global Accelerator, such as those of the sites. Default: none. */
  privateCidrs?: string[];
  /** Global Accelerator wants an Internet gateway at the VPC, to which no route needs to lead. Default: true, one is attached. */
  internetGateway?: boolean;
  /** Requests of one address in five minutes: 10 and more. Default: 2000. */
  requestsPerFiveMinutes?: number;
  /** Days that access logs are kept. Default: 90. */
  logDays?: number;
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels: DatasetLabels;
  /** Keeps Pulumi from deleting the logs. Default: true. */
  protect?: boolean;
}

export class ServingEntry extends pulumi.ComponentResource {
  public readonly listenerArn: pulumi.Output<string>;
  public readonly loadBalancerArn: pulumi.Output<string>;
  public readonly dnsName: pulumi.Output<string>;
  public readonly dnsZoneId: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;
  /** Dimension of the load balancer's metrics. */
  public readonly metricName: pulumi.Output<string>;
  public readonly region: string;

  constructor(name: string, args: ServingEntryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:ServingEntry", name, args, opts);
    refuse("ServingEntry", validateServingEntry(args));
    const child = { parent: this };
    const kept = { ...child, protect: args.protect ?? true, retainOnDelete: args.protect ?? true };
    const { region, network } = args;
    const tags = labelTags(args.labels);

    const gateway = args.internetGateway === false ? undefined : attachGateway();
    const group = openToAccelerator();
    const logs = keepLogs();
    const balancer = createBalancer();
    const listener = listen();
    createFirewall(
      name,
      {
        region,
        resourceArn: balancer.arn,
        requestsPerFiveMinutes: args.requestsPerFiveMinutes ?? 2000,
        logDays: args.logDays ?? 90,
        tags,
      },
      child,
    );

    this.listenerArn = listener.arn;
    this.loadBalancerArn = balancer.arn;
    this.dnsName = balancer.dnsName;
    this.dnsZoneId = balancer.zoneId;
    this.securityGroupId = group.id;
    this.metricName = balancer.arnSuffix;
    this.region = region;
    this.registerOutputs({
      region,
      listenerArn: this.listenerArn,
      loadBalancerArn: this.loadBalancerArn,
      dnsName: this.dnsName,
      dnsZoneId: this.dnsZoneId,
      securityGroupId: this.securityGroupId,
      metricName: this.metricName,
      labels: registeredLabels(args.labels),
    });

    function attachGateway(): aws.ec2.InternetGateway {
      return new aws.ec2.InternetGateway(name, { region, vpcId: network.vpcId, tags: { Name: name } }, child);
    }

    /** Internal: only Global Accelerator, which keeps the addresses of clients, and the private side come in. */
    function openToAccelerator(): aws.ec2.SecurityGroup {
      const created = new aws.ec2.SecurityGroup(
        name,
        {
          region,
          vpcId: network.vpcId,
          description: "Load balancer of the front door",
          tags: { Name: name, ...tags },
        },
        child,
      );
      const tls = { region, securityGroupId: created.id, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
      // The load balancer has no public address: only what the accelerator forwards bears one of the Internet.
      for (const cidrIpv4 of ["0.0.0.0/0", ...(args.privateCidrs ?? [])]) {
        const key = cidrIpv4 === "0.0.0.0/0" ? "accelerator" : cidrIpv4.replace(/[./]/g, "-");
        new aws.vpc.SecurityGroupIngressRule(`${name}-${key}`, { ...tls, cidrIpv4 }, child);
      }
      return created;
    }

    function keepLogs() {
      return createPrivateBucket(
        `${name}-log`,
        {
          region,
          tags,
          versioned: false,
          expiresAfterDays: args.logDays ?? 90,
          statements: (bucketArn) => [
            {
              Sid: "LoadBalancerLogs",
              Effect: "Allow",
              Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
              Action: "s3:PutObject",
              Resource: pulumi.interpolate`${bucketArn}/*`,
            },
          ],
        },
        { kept, child },
      );
    }

    function createBalancer(): aws.lb.LoadBalancer {
      return new aws.lb.LoadBalancer(
        name,
        {
          region,
          loadBalancerType: "application",
          internal: true,
          subnets: network.subnetIds,
          securityGroups: [group.id],
          dropInvalidHeaderFields: true,
          // Answers are streamed: pauses between tokens are no reason to hang up.
          idleTimeout: 300,
          enableDeletionProtection: args.protect ?? true,
          accessLogs: { enabled: true, bucket: logs.bucket.bucket },
          tags,
        },
        { ...child, dependsOn: [logs.policy, ...(gateway ? [gateway] : [])] },
      );
    }

    function listen(): aws.lb.Listener {
      return new aws.lb.Listener(
        name,
        {
          region,
          loadBalancerArn: balancer.arn,
          port: 443,
          protocol: "HTTPS",
          sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
          certificateArn: args.certificateArn,
          ...(args.trustStoreArn === undefined
            ? {}
            : { mutualAuthentication: { mode: "verify", trustStoreArn: args.trustStoreArn } }),
          // What no rule names is nobody's.
          defaultActions: [
            {
              type: "fixed-response",
              fixedResponse: { contentType: "text/plain", statusCode: "404", messageBody: "no such model" },
            },
          ],
          tags,
        },
        child,
      );
    }
  }
}

/** Rules on the arguments that no type expresses. */
export function validateServingEntry(args: ServingEntryArgs): ArgumentProblem[] {
  const { requestsPerFiveMinutes = 2000, logDays = 90, network } = args;
  return [
    ...(network.subnetIds.length >= 2
      ? []
      : [
          {
            propertyPath: "network.subnetIds",
            reason: `${network.subnetIds.length} subnets: a load balancer stands in two zones at least`,
          },
        ]),
    ...(requestsPerFiveMinutes >= 10
      ? []
      : [{ propertyPath: "requestsPerFiveMinutes", reason: `${requestsPerFiveMinutes}: 10 at least` }]),
    ...(logDays >= 1 ? [] : [{ propertyPath: "logDays", reason: `${logDays}: one day at least` }]),
  ];
}
