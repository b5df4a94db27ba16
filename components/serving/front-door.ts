import { awsRegion, legalBloc, placeOfAwsRegion, roundTripMs } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { createPrivateBucket } from "../storage/private-bucket";

/** How users of one legal bloc reach the nearest region that serves them, and never a region of another bloc. */
export interface FrontDoorArgs {
  /** Name that users ask for. */
  domainName: string;
  /** Public hosted zone of the name. */
  zoneId: pulumi.Input<string>;
  /** Ways in of the regions, all in one legal bloc. */
  entries: FrontDoorEntry[];
  /** Countries (ISO 3166-1 alpha-2) whose users get an answer at all; others get none. Default: users anywhere do. */
  countries?: string[];
  /** Region of the records of who asked: one of the entries. Default: the first. */
  flowLogRegion?: string;
  /** Days that flow logs are kept. Default: 90. */
  logDays?: number;
  /** What passes the door. Not called labels: names and health checks lead users, and carry nothing of theirs. */
  carries: DatasetLabels;
  /** Keeps Pulumi from deleting the logs. Default: true. */
  protect?: boolean;
}

/** The way in of one region. */
export interface FrontDoorEntry {
  /** AWS region, such as ap-northeast-1. */
  region: string;
  /** Load balancer of the entry. */
  loadBalancerArn: pulumi.Input<string>;
  /** DNS name of the load balancer. */
  dnsName: pulumi.Input<string>;
  /** Hosted zone of that DNS name, which is Amazon's. */
  dnsZoneId: pulumi.Input<string>;
  /** Dimension of the load balancer's metrics. */
  metricName: pulumi.Input<string>;
}

export class FrontDoor extends pulumi.ComponentResource {
  /** Static anycast addresses of the accelerator, as a host name. */
  public readonly acceleratorDnsName: pulumi.Output<string>;
  /** Legal bloc that the door never leaves. */
  public readonly legalBloc: string;
  /** Regions behind it, sorted. */
  public readonly regions: string[];

  constructor(name: string, args: FrontDoorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:FrontDoor", name, args, opts);
    refuse("FrontDoor", validateFrontDoor(args));
    const child = { parent: this };
    const kept = { ...child, protect: args.protect ?? true, retainOnDelete: args.protect ?? true };
    const tags = labelTags(args.carries);
    const regions = args.entries.map(({ region }) => region).sort();

    const logs = keepFlowLogs();
    const accelerator = accelerate();
    leadToNearest();
    nameIt();
    nameTheSecondWay();

    this.acceleratorDnsName = accelerator.dnsName;
    this.legalBloc = blocOf(regions[0] ?? "") ?? "";
    this.regions = regions;
    this.registerOutputs({
      acceleratorDnsName: this.acceleratorDnsName,
      legalBloc: this.legalBloc,
      regions,
      predictions: failoverPredictions(name, regions),
    });

    function keepFlowLogs() {
      return createPrivateBucket(
        `${name}-flows`,
        {
          region: args.flowLogRegion ?? args.entries[0]?.region ?? "",
          tags,
          versioned: false,
          expiresAfterDays: args.logDays ?? 90,
          statements: (bucketArn) => [
            {
              Sid: "FlowLogs",
              Effect: "Allow",
              Principal: { Service: "delivery.logs.amazonaws.com" },
              Action: ["s3:PutObject", "s3:GetBucketAcl"],
              Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
            },
          ],
        },
        { kept, child },
      );
    }

    function accelerate(): aws.globalaccelerator.Accelerator {
      return new aws.globalaccelerator.Accelerator(
        name,
        {
          ipAddressType: "IPV4",
          enabled: true,
          attributes: {
            flowLogsEnabled: true,
            flowLogsS3Bucket: logs.bucket.bucket,
            flowLogsS3Prefix: name,
          },
          tags,
        },
        { ...child, dependsOn: [logs.policy] },
      );
    }

    /** One listener for one bloc: it fails over to the next nearest group, whatever country that one is in. */
    function leadToNearest(): void {
      const listener = new aws.globalaccelerator.Listener(
        name,
        { acceleratorArn: accelerator.arn, protocol: "TCP", portRanges: [{ fromPort: 443, toPort: 443 }] },
        child,
      );
      for (const entry of args.entries) {
        new aws.globalaccelerator.EndpointGroup(
          `${name}-${entry.region}`,
          {
            listenerArn: listener.arn,
            endpointGroupRegion: entry.region,
            // The health of a load balancer is that of its targets, so it needs no probe of its own.
            endpointConfigurations: [
              { endpointId: entry.loadBalancerArn, weight: 100, clientIpPreservationEnabled: true },
            ],
          },
          child,
        );
      }
    }

    /** The name itself: the accelerator for everybody, or for the countries of the bloc and for nobody else. */
    function nameIt(): void {
      const alias = {
        name: accelerator.dnsName,
        zoneId: accelerator.hostedZoneId,
        evaluateTargetHealth: true,
      };
      const record = { zoneId: args.zoneId, name: args.domainName, type: "A", aliases: [alias] };
      if (args.countries === undefined) {
        new aws.route53.Record(name, record, child);
        return;
      }
      for (const country of args.countries) {
        new aws.route53.Record(
          `${name}-${country.toLowerCase()}`,
          { ...record, setIdentifier: country, geolocationRoutingPolicies: [{ country }] },
          child,
        );
      }
    }

    /** `regions.` in front of the name: straight to the load balancers, for who comes over the private path. */
    function nameTheSecondWay(): void {
      for (const entry of args.entries) {
        const { region } = entry;
        const alarm = new aws.cloudwatch.MetricAlarm(
          `${name}-${region}`,
          {
            region,
            alarmDescription: "The load balancer finds no target that can answer",
            namespace: "AWS/ApplicationELB",
            metricName: "HTTPCode_ELB_5XX_Count",
            dimensions: { LoadBalancer: entry.metricName },
            statistic: "Sum",
            period: 60,
            evaluationPeriods: 3,
            datapointsToAlarm: 2,
            threshold: 10,
            comparisonOperator: "GreaterThanThreshold",
            treatMissingData: "notBreaching",
          },
          child,
        );
        // Checkers of Route 53 cannot reach an internal load balancer: they ask its alarm.
        const check = new aws.route53.HealthCheck(
          `${name}-${region}`,
          {
            type: "CLOUDWATCH_METRIC",
            cloudwatchAlarmName: alarm.name,
            cloudwatchAlarmRegion: region,
            insufficientDataHealthStatus: "LastKnownStatus",
          },
          child,
        );
        new aws.route53.Record(
          `${name}-regions-${region}`,
          {
            zoneId: args.zoneId,
            name: `regions.${args.domainName}`,
            type: "A",
            setIdentifier: region,
            latencyRoutingPolicies: [{ region }],
            healthCheckId: check.id,
            aliases: [{ name: entry.dnsName, zoneId: entry.dnsZoneId, evaluateTargetHealth: true }],
          },
          child,
        );
      }
    }
  }
}

/** What a user waits longer when the nearest region is lost: the way between the two that are farthest apart. */
function failoverPredictions(subject: string, regions: readonly string[]) {
  const trips = regions.flatMap((a) =>
    regions.flatMap((b) => {
      const [from, to] = [placeOfAwsRegion(a), placeOfAwsRegion(b)];
      const trip = a < b && from && to ? roundTripMs(from, to) : undefined;
      return trip ? [{ ...trip, between: `${a} and ${b}` }] : [];
    }),
  );
  const [farthest] = trips.sort((a, b) => b.p50 - a.p50);
  return farthest
    ? [
        {
          subject,
          quantity: "round trip added by a failover",
          value: Math.round(farthest.p50),
          unit: farthest.estimate ? "ms (estimate)" : "ms",
          limitedBy: farthest.between,
        },
      ]
    : [];
}

function blocOf(region: string): string | undefined {
  const country = awsRegion(region)?.country;
  return country === undefined ? undefined : legalBloc(country);
}

/** Partitions that have Global Accelerator. */
const ACCELERATED = "aws";

/** Rules on the arguments that no type expresses: one door, one legal bloc. */
export function validateFrontDoor(args: FrontDoorArgs): ArgumentProblem[] {
  const problem = (propertyPath: string, reason: string): ArgumentProblem[] => [{ propertyPath, reason }];
  const regions = args.entries.map(({ region }) => region);
  const blocs = [...new Set(regions.flatMap((region) => blocOf(region) ?? []))];
  const [bloc] = blocs;
  const outside = (args.countries ?? []).filter((country) => legalBloc(country) !== bloc);
  const { flowLogRegion } = args;
  return [
    ...(regions.length > 0 ? [] : problem("entries", "one region at least")),
    ...regions.flatMap((region, index) => {
      const path = `entries[${index}].region`;
      const known = awsRegion(region);
      if (!known) return problem(path, `"${region}" is not an AWS region`);
      if (known.partition !== ACCELERATED)
        return problem(
          path,
          `"${region}": Global Accelerator does not reach the partition ${known.partition}`,
        );
      return regions.indexOf(region) === index ? [] : problem(path, `"${region}" stands twice`);
    }),
    ...(blocs.length <= 1
      ? []
      : problem(
          "entries",
          `${regions.join(", ")} are in ${blocs.join(" and ")}: an accelerator fails over between its regions, so each legal bloc needs a front door of its own`,
        )),
    ...(outside.length === 0
      ? []
      : problem("countries", `${outside.join(", ")} are outside ${bloc ?? "the bloc"} of the regions`)),
    ...(flowLogRegion === undefined || regions.includes(flowLogRegion)
      ? []
      : problem("flowLogRegion", `"${flowLogRegion}" is none of ${regions.join(", ")}`)),
    ...(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(args.domainName)
      ? []
      : problem("domainName", `"${args.domainName}" is not a host name in lower case`)),
  ];
}
