import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import type { ServingEntryPoint, ServingModel, ServingNetwork, ServingStore } from "./attachments";
import { letReachPrivateServices } from "./egress";
import { createInferenceEndpoint } from "./inference-components";
import { coldStart, loadTimeouts, validateModelLoad } from "./model-load";
import { createModelReader } from "./model-reader";
import { createSigningProxy } from "./signing-proxy";

/** A model that SageMaker keeps in memory and answers with, from the region of its artefact. */
export interface SageMakerEndpointArgs {
  /** AWS region of the endpoint: that of the model. */
  region: string;
  /** AWS account: 12 digits. */
  accountId: string;
  /** Physical name: the same in every region that answers for another one, because requests name it. Default: the name of the component. */
  endpointName?: string;
  /** The artefact that it loads, in the same region. */
  model: ServingModel;
  /** Image of the serving container, in a registry of the region. */
  image: pulumi.Input<string>;
  /** Instance type, with ml. in front. */
  instanceType: string;
  /** Instances, or copies of each inference component, that always run. Default: 1. Two survive the loss of a zone. */
  floor?: number;
  /** Instances at most. Default: twice the floor. */
  ceiling?: number;
  /** Requests at once that one instance should have before another one starts. Default: 5. */
  concurrency?: number;
  /** LEAST_OUTSTANDING_REQUESTS or RANDOM. Default: the former. */
  routingStrategy?: string;
  /** Gbps that an instance reads its model with. Default: half of its network, 100 Gbps at most. */
  readGbps?: number;
  /** Several models or copies that share the instances. Default: one model has the whole instance. */
  inferenceComponents?: SageMakerEndpointComponent[];
  /** How a new version takes over. Default: canary. */
  rollout?: SageMakerEndpointRollout;
  /** Where requests and answers are captured. Default: nowhere. */
  capture?: SageMakerEndpointCapture;
  /** Network that it stands in. */
  network: ServingNetwork;
  /** Way in of the region, behind which a proxy signs requests. Default: none, callers sign for themselves. */
  entry?: SageMakerEndpointEntry;
  /** Stores that the model reads while it answers. Default: none. */
  stores?: ServingStore[];
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels: DatasetLabels;
}

/** A copy of the model on a part of an instance. */
export interface SageMakerEndpointComponent {
  /** Short name of the copy: it becomes part of Pulumi names. */
  name: string;
  /** Accelerators of one copy. */
  accelerators: number;
  /** Host memory of one copy in MiB. */
  memoryMiB: number;
}

/** When a new version may carry traffic, and what takes it back. */
export interface SageMakerEndpointRollout {
  /** canary (blue/green) or rolling, which needs no second fleet. */
  kind: string;
  /** Percent of the fleet in the first step: 5 to 50. Default: 10. */
  percent?: number;
  /** Seconds to watch the alarms before the next step: 0 to 3600. Default: 600. */
  waitSeconds?: number;
}

/** A bucket for captured requests, which hold what users sent. */
export interface SageMakerEndpointCapture {
  /** Name of the bucket. */
  bucketName: pulumi.Input<string>;
  /** ARN of the key that encrypts it, in the same region. */
  keyArn: pulumi.Input<string>;
  /** Percent of the requests: 1 to 100. */
  percent: number;
}

/** The way in with the image of the proxy that signs. */
export interface SageMakerEndpointEntry {
  /** Where the way in lets this endpoint answer. */
  point: ServingEntryPoint;
  /** Image of aws-sigv4-proxy, in a registry of the region. */
  proxyImage: pulumi.Input<string>;
}

const VARIANT = "main";
const CONCURRENCY = 5;

export class SageMakerEndpoint extends pulumi.ComponentResource {
  public readonly endpointName: pulumi.Output<string>;
  public readonly endpointArn: pulumi.Output<string>;
  public readonly region: string;
  /** Predicted seconds from the start of an instance to a resident model. */
  public readonly coldStartSeconds: number;

  constructor(name: string, args: SageMakerEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:SageMakerEndpoint", name, args, opts);
    refuse("SageMakerEndpoint", validateSageMakerEndpoint(args));
    const child = { parent: this };
    const { region, model } = args;
    const tags = labelTags(args.labels);
    const endpointName = args.endpointName ?? name;
    const floor = args.floor ?? 1;
    const ceiling = args.ceiling ?? floor * 2;
    const cold = coldStart(loadOf(args));
    const timeouts = cold && loadTimeouts(cold);

    const reader = letSageMakerRead();
    const group = closeNetwork();
    const served = createModel();
    const alarms = watch();
    const endpoint = args.inferenceComponents ? serveByComponents(args.inferenceComponents) : serveWhole();
    const proxy = args.entry ? openTheWay(args.entry) : undefined;

    this.endpointName = endpoint.name;
    this.endpointArn = endpoint.arn;
    this.region = region;
    this.coldStartSeconds = Math.round(cold?.seconds ?? 0);
    this.registerOutputs({
      region,
      endpointName: this.endpointName,
      endpointArn: this.endpointArn,
      modelGiB: model.gib,
      coldStartSeconds: this.coldStartSeconds,
      stores: args.stores ?? [],
      ...(proxy ? { proxyServiceArn: proxy.service.arn } : {}),
      labels: registeredLabels(args.labels),
      predictions: cold
        ? [
            {
              subject: name,
              quantity: "cold start",
              value: this.coldStartSeconds,
              unit: "s",
              limitedBy: cold.limitedBy,
            },
          ]
        : [],
    });

    function letSageMakerRead() {
      const { capture } = args;
      return createModelReader(
        `${name}-model`,
        {
          principal: "sagemaker.amazonaws.com",
          accountId: args.accountId,
          model,
          statements: [
            {
              Effect: "Allow",
              Action: ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
              Resource: "*",
            },
            {
              Effect: "Allow",
              Action: [
                "logs:CreateLogStream",
                "logs:PutLogEvents",
                "logs:CreateLogGroup",
                "cloudwatch:PutMetricData",
                "ec2:CreateNetworkInterface",
                "ec2:CreateNetworkInterfacePermission",
                "ec2:DeleteNetworkInterface",
                "ec2:DeleteNetworkInterfacePermission",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeVpcs",
                "ec2:DescribeDhcpOptions",
                "ec2:DescribeSubnets",
                "ec2:DescribeSecurityGroups",
              ],
              Resource: "*",
            },
            ...(capture
              ? [
                  {
                    Effect: "Allow",
                    Action: "s3:PutObject",
                    Resource: pulumi.interpolate`arn:aws:s3:::${capture.bucketName}/*`,
                  },
                  { Effect: "Allow", Action: "kms:GenerateDataKey", Resource: capture.keyArn },
                ]
              : []),
          ],
          tags,
        },
        child,
      );
    }

    /** The containers speak with the private endpoints of the VPC and with nobody else. */
    function closeNetwork(): aws.ec2.SecurityGroup {
      const created = new aws.ec2.SecurityGroup(
        `${name}-model`,
        {
          region,
          vpcId: args.network.vpcId,
          description: "Containers that serve the model",
          tags: { Name: `${name}-model`, ...tags },
        },
        child,
      );
      letReachPrivateServices(`${name}-model`, region, created.id, args.network, child);
      return created;
    }

    function createModel(): aws.sagemaker.Model {
      return new aws.sagemaker.Model(
        name,
        {
          region,
          executionRoleArn: reader.role.arn,
          primaryContainer: {
            image: args.image,
            modelDataSource: {
              s3DataSources: [
                {
                  s3DataType: "S3Prefix",
                  s3Uri: pulumi.interpolate`s3://${model.bucketName}/${model.prefix}/`,
                  // What is not compressed is read by ranges, side by side, straight into memory.
                  compressionType: "None",
                },
              ],
            },
          },
          vpcConfig: { subnets: args.network.subnetIds, securityGroupIds: [group.id] },
          tags,
        },
        { ...child, dependsOn: [reader.policy] },
      );
    }

    function serveWhole(): aws.sagemaker.Endpoint {
      const configuration = new aws.sagemaker.EndpointConfiguration(
        name,
        {
          region,
          productionVariants: [
            {
              variantName: VARIANT,
              modelName: served.name,
              instanceType: args.instanceType,
              initialInstanceCount: floor,
              initialVariantWeight: 1,
              routingConfigs: [{ routingStrategy: args.routingStrategy ?? "LEAST_OUTSTANDING_REQUESTS" }],
              ...(timeouts
                ? {
                    modelDataDownloadTimeoutInSeconds: timeouts.download,
                    containerStartupHealthCheckTimeoutInSeconds: timeouts.startup,
                  }
                : {}),
            },
          ],
          ...(args.capture ? { dataCaptureConfig: captureOf(args.capture) } : {}),
          tags,
        },
        child,
      );
      const created = new aws.sagemaker.Endpoint(
        name,
        {
          region,
          // The alarms of the rollout name the endpoint before it exists.
          name: endpointName,
          endpointConfigName: configuration.name,
          deploymentConfig: rollout(args.rollout, alarms),
          tags,
        },
        child,
      );
      scale(pulumi.interpolate`endpoint/${created.name}/variant/${VARIANT}`, {
        dimension: "sagemaker:variant:DesiredInstanceCount",
        metric: "SageMakerVariantConcurrentRequestsPerModelHighResolution",
      });
      return created;
    }

    function serveByComponents(components: SageMakerEndpointComponent[]): aws.sagemaker.Endpoint {
      const { endpoint: created, componentNames } = createInferenceEndpoint(
        name,
        {
          region,
          endpointName,
          instanceType: args.instanceType,
          floor,
          ceiling,
          routingStrategy: args.routingStrategy ?? "LEAST_OUTSTANDING_REQUESTS",
          roleArn: reader.role.arn,
          modelName: served.name,
          subnetIds: args.network.subnetIds,
          securityGroupId: group.id,
          components,
          deploymentConfig: rollout(args.rollout, alarms),
          ...(timeouts ? { timeouts } : {}),
          ...(args.capture ? { capture: captureOf(args.capture) } : {}),
          tags,
        },
        child,
      );
      for (const [key, componentName] of Object.entries(componentNames)) {
        scale(
          pulumi.interpolate`inference-component/${componentName}`,
          {
            dimension: "sagemaker:inference-component:DesiredCopyCount",
            metric: "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution",
          },
          `-${key}`,
        );
      }
      return created;
    }

    /** Never below the floor: an instance that starts only when somebody asks answers a cold start too late. */
    function scale(
      resourceId: pulumi.Output<string>,
      by: { dimension: string; metric: string },
      suffix = "",
    ): void {
      const target = new aws.appautoscaling.Target(
        `${name}${suffix}`,
        {
          region,
          serviceNamespace: "sagemaker",
          resourceId,
          scalableDimension: by.dimension,
          minCapacity: floor,
          maxCapacity: ceiling,
          tags,
        },
        child,
      );
      new aws.appautoscaling.Policy(
        `${name}${suffix}`,
        {
          region,
          policyType: "TargetTrackingScaling",
          serviceNamespace: target.serviceNamespace,
          resourceId: target.resourceId,
          scalableDimension: target.scalableDimension,
          targetTrackingScalingPolicyConfiguration: {
            targetValue: args.concurrency ?? CONCURRENCY,
            predefinedMetricSpecification: { predefinedMetricType: by.metric },
            scaleOutCooldown: 60,
            // A new instance is of use only when the model is resident: going in too early pays the cold start twice.
            scaleInCooldown: Math.max(300, Math.ceil((cold?.seconds ?? 0) * 2)),
          },
        },
        child,
      );
    }

    /** Errors and slow answers of the endpoint, by a name that the rollout needs before the endpoint exists. */
    function watch(): aws.cloudwatch.MetricAlarm[] {
      const common = {
        region,
        namespace: "AWS/SageMaker",
        comparisonOperator: "GreaterThanThreshold",
        period: 60,
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
        treatMissingData: "notBreaching",
        dimensions: { EndpointName: endpointName, VariantName: VARIANT },
        tags,
      };
      return [
        new aws.cloudwatch.MetricAlarm(
          `${name}-errors`,
          {
            ...common,
            alarmDescription: "The model answers with errors",
            metricName: "Invocation5XXErrors",
            statistic: "Sum",
            threshold: 5,
          },
          child,
        ),
        new aws.cloudwatch.MetricAlarm(
          `${name}-slow`,
          {
            ...common,
            alarmDescription: "The model takes longer than 30 s, in microseconds",
            metricName: "ModelLatency",
            extendedStatistic: "p90",
            threshold: 30_000_000,
          },
          child,
        ),
      ];
    }

    function openTheWay(entry: SageMakerEndpointEntry) {
      return createSigningProxy(
        name,
        {
          region,
          accountId: args.accountId,
          image: entry.proxyImage,
          endpointArn: endpoint.arn,
          point: entry.point,
          network: args.network,
          tags,
        },
        child,
      );
    }
  }
}

function captureOf({ bucketName, keyArn, percent }: SageMakerEndpointCapture) {
  return {
    enableCapture: true,
    initialSamplingPercentage: percent,
    destinationS3Uri: pulumi.interpolate`s3://${bucketName}/capture`,
    kmsKeyId: keyArn,
    captureOptions: [{ captureMode: "Input" }, { captureMode: "Output" }],
  };
}

/** Blue/green by a canary, or one part of the fleet after the other; an alarm takes the new version back. */
function rollout(
  chosen: SageMakerEndpointRollout | undefined,
  alarms: readonly aws.cloudwatch.MetricAlarm[],
): aws.types.input.sagemaker.EndpointDeploymentConfig {
  const { kind = "canary", percent = 10, waitSeconds = 600 } = chosen ?? {};
  const size = { type: "CAPACITY_PERCENT", value: percent };
  const autoRollbackConfiguration = { alarms: alarms.map((alarm) => ({ alarmName: alarm.name })) };
  if (kind === "rolling") {
    return {
      rollingUpdatePolicy: { maximumBatchSize: size, waitIntervalInSeconds: waitSeconds },
      autoRollbackConfiguration,
    };
  }
  return {
    blueGreenUpdatePolicy: {
      trafficRoutingConfiguration: { type: "CANARY", canarySize: size, waitIntervalInSeconds: waitSeconds },
      terminationWaitInSeconds: 300,
    },
    autoRollbackConfiguration,
  };
}

function loadOf({ model, instanceType, readGbps }: SageMakerEndpointArgs) {
  return { gib: model.gib, instanceType, ...(readGbps === undefined ? {} : { readGbps }) };
}

/** Rules on the arguments that no type expresses. */
export function validateSageMakerEndpoint(args: SageMakerEndpointArgs): ArgumentProblem[] {
  const { floor = 1, ceiling = floor * 2, rollout: chosen, routingStrategy, capture } = args;
  const problem = (propertyPath: string, reason: string): ArgumentProblem[] => [{ propertyPath, reason }];
  const kinds = ["canary", "rolling"];
  const strategies = ["LEAST_OUTSTANDING_REQUESTS", "RANDOM"];
  const percent = chosen?.percent ?? 10;
  return [
    ...validateModelLoad(loadOf(args), "model", true),
    ...(args.instanceType.startsWith("ml.")
      ? []
      : problem("instanceType", `"${args.instanceType}": types of SageMaker begin with ml.`)),
    ...(args.model.region === args.region
      ? []
      : problem(
          "model.region",
          `"${args.model.region}": SageMaker loads models from ${args.region} only; give the region a ModelCache of its own`,
        )),
    ...(Number.isInteger(floor) && floor >= 1
      ? []
      : problem("floor", `${floor}: one instance at least, or every first request waits for a cold start`)),
    ...(ceiling >= floor ? [] : problem("ceiling", `${ceiling} is below the floor of ${floor}`)),
    ...(routingStrategy === undefined || strategies.includes(routingStrategy)
      ? []
      : problem("routingStrategy", `"${routingStrategy}" is none of ${strategies.join(", ")}`)),
    ...(chosen === undefined || kinds.includes(chosen.kind)
      ? []
      : problem("rollout.kind", `"${chosen.kind}" is none of ${kinds.join(", ")}`)),
    ...(percent >= 5 && percent <= 50 ? [] : problem("rollout.percent", `${percent}: 5 to 50`)),
    ...(capture === undefined || (capture.percent >= 1 && capture.percent <= 100)
      ? []
      : problem("capture.percent", `${capture.percent}: 1 to 100`)),
  ];
}
