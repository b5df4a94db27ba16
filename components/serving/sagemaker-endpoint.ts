import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { refuse } from "../problems";
import type { ServingEntryPoint, ServingModel, ServingNetwork, ServingStore } from "./attachments";
import { letReachPrivateServices } from "./egress";
import { captureDestination, captureOf } from "./endpoint-capture";
import { rollout, scaleEndpoint, watchEndpoint } from "./endpoint-operations";
import { createEndpointRole } from "./endpoint-permissions";
import { createInferenceEndpoint } from "./inference-components";
import { coldStart, coldStartPredictions, loadTimeouts } from "./model-load";
import { createSigningProxy } from "./signing-proxy";
import { loadOf, validateSageMakerEndpoint } from "./validate-sagemaker-endpoint";

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

/** Where captured requests go, which hold what users sent: a bucket with its key, or neither for one of the endpoint's own. */
export interface SageMakerEndpointCapture {
  /** Name of the bucket. */
  bucketName?: pulumi.Input<string>;
  /** ARN of the key that encrypts it, in the same region. */
  keyArn?: pulumi.Input<string>;
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

    const placed = { region, accountId: args.accountId, tags };
    const capture = captureDestination(name, { ...placed, capture: args.capture }, child);
    const reader = createEndpointRole(
      `${name}-model`,
      { accountId: args.accountId, model, capture, tags },
      child,
    );
    const group = closeNetwork();
    const served = createModel();
    const alarms = watchEndpoint(name, { region, endpointName, variant: VARIANT, tags }, child);
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
      predictions: coldStartPredictions(name, cold),
    });

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
          ...(capture ? { dataCaptureConfig: captureOf(capture) } : {}),
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
      scale(name, {
        resourceId: pulumi.interpolate`endpoint/${created.name}/variant/${VARIANT}`,
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
          ...(capture ? { capture: captureOf(capture) } : {}),
          tags,
        },
        child,
      );
      for (const [key, componentName] of Object.entries(componentNames)) {
        scale(`${name}-${key}`, {
          resourceId: pulumi.interpolate`inference-component/${componentName}`,
          dimension: "sagemaker:inference-component:DesiredCopyCount",
          metric: "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution",
        });
      }
      return created;
    }

    function scale(
      called: string,
      by: { resourceId: pulumi.Output<string>; dimension: string; metric: string },
    ): void {
      const coldStartSeconds = cold?.seconds ?? 0;
      const concurrency = args.concurrency ?? CONCURRENCY;
      scaleEndpoint(called, { region, ...by, floor, ceiling, concurrency, coldStartSeconds, tags }, child);
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
