import {
  awsRegion,
  bareType,
  type InstanceType,
  instanceType as networkOf,
  servingInstance,
} from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { type ArgumentProblem, refuse } from "../problems";
import { createEfaSecurityGroup } from "../training/efa-security-group";
import { managedPolicy } from "../training/reader-role";
import type { ServingEntryPoint, ServingModel, ServingNetwork, ServingStore } from "./attachments";
import { letReachPrivateServices } from "./egress";
import { createGpuFleet } from "./gpu-fleet";
import { coldStart, gracePeriod, validateModelLoad } from "./model-load";
import { createModelReader } from "./model-reader";
import { createResidentTask, type ResidentTask } from "./resident-task";
import { createTarget } from "./target";

/** A model that GPU instances of one's own keep in memory, behind the same way in as an endpoint of SageMaker. */
export interface ResidentModelServiceArgs {
  /** AWS region of the service: that of the model. */
  region: string;
  /** AWS account: 12 digits. */
  accountId: string;
  /** The artefact that it loads, in the same region. */
  model: ServingModel;
  /** Image of the serving container, in a registry of the region. It serves from MODEL_PATH. */
  image: pulumi.Input<string>;
  /** Image with a shell and the AWS CLI, in a registry of the region: it fills the cache before the model starts. */
  preloadImage: pulumi.Input<string>;
  /** Instance type of EC2, without ml. in front. */
  instanceType: string;
  /** Instances that hold one copy together, over EFA. Default: 1. */
  instancesPerCopy?: number;
  /** Copies that always run. Default: 1. Two survive the loss of a zone. */
  floor?: number;
  /** Copies at most. Default: twice the floor. */
  ceiling?: number;
  /** Requests in a minute that one copy should have before another one starts. Default: 600. */
  requestsPerMinute?: number;
  /** Port of the serving container. Default: 8000. */
  port?: number;
  /** Path that answers 200 only when the model is in memory. Default: /ready. */
  readyPath?: string;
  /** Machine image. Default: the current GPU image of ECS. */
  imageId?: pulumi.Input<string>;
  /** Gbps that an instance reads its model with. Default: half of its network, 100 Gbps at most. */
  readGbps?: number;
  /** Network that it stands in. */
  network: ServingNetwork;
  /** Way in of the region, where requests come from. */
  entry: ServingEntryPoint;
  /** Stores that the model reads while it answers. Default: none. */
  stores?: ServingStore[];
  /** Data that it holds or carries, as the packs and everything below it read it. */
  labels: DatasetLabels;
}

const PORT = 8000;
const READY = "/ready";
const REQUESTS_PER_MINUTE = 600;
/** Longest slow start that a target group takes, in seconds. */
const LONGEST_SLOW_START = 900;

export class ResidentModelService extends pulumi.ComponentResource {
  public readonly serviceArn: pulumi.Output<string>;
  public readonly clusterArn: pulumi.Output<string>;
  public readonly region: string;
  /** Predicted seconds from the start of an instance to a resident model. */
  public readonly coldStartSeconds: number;

  constructor(name: string, args: ResidentModelServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("hybrid-ai-fabric:index:ResidentModelService", name, args, opts);
    refuse("ResidentModelService", validateResidentModelService(args));
    const child = { parent: this };
    const { region, network, model } = args;
    const tags = labelTags(args.labels);
    const floor = args.floor ?? 1;
    const ceiling = args.ceiling ?? (spans(args) ? floor : floor * 2);
    const perCopy = args.instancesPerCopy ?? 1;
    const port = args.port ?? PORT;
    const { instance, type } = typeOf(args);
    const cold = coldStart(loadOf(args));
    const grace = cold ? gracePeriod(cold) : 0;

    const group = closeNetwork();
    const fleet = createGpuFleet(
      name,
      {
        region,
        type,
        floor: floor * perCopy,
        ceiling: ceiling * perCopy,
        // EFA does not leave a zone, so the parts of a copy stand in the first one.
        subnetIds: spans(args) ? network.subnetIds.slice(0, 1) : network.subnetIds,
        securityGroupId: group.id,
        ...(args.imageId === undefined ? {} : { imageId: args.imageId }),
        spans: spans(args),
        tags,
      },
      child,
    );
    // Names that are known before creation: a definition that held an unknown one could not be read by any rule.
    const logGroupName = `/hybrid-ai/serving/${name}`;
    const parameterName = `/hybrid-ai/serving/${name}/model`;
    const parameterArn = `arn:${awsRegion(region)?.partition ?? "aws"}:ssm:${region}:${args.accountId}:parameter${parameterName}`;
    const log = new aws.cloudwatch.LogGroup(
      name,
      { region, name: logGroupName, retentionInDays: 30, tags },
      child,
    );
    const parameter = new aws.ssm.Parameter(
      name,
      {
        region,
        name: parameterName,
        type: "String",
        description: "Where the artefact of the model lies",
        value: pulumi.interpolate`s3://${model.bucketName}/${model.prefix}/`,
      },
      child,
    );
    const roles = createRoles();
    const target = createTarget(
      name,
      {
        region,
        port,
        targetType: spans(args) ? "instance" : "ip",
        healthPath: args.readyPath ?? READY,
        healthMatcher: "200",
        slowStartSeconds: Math.min(LONGEST_SLOW_START, Math.max(30, Math.ceil(cold?.seconds ?? 0))),
        point: args.entry,
        network,
        securityGroupId: group.id,
        tags,
      },
      child,
    );
    const discovery = spans(args) ? discover() : undefined;
    const service = serve();
    if (discovery) support(discovery.leaderName);
    scale();

    this.serviceArn = service.arn;
    this.clusterArn = fleet.cluster.arn;
    this.region = region;
    this.coldStartSeconds = Math.round(cold?.seconds ?? 0);
    this.registerOutputs({
      region,
      serviceArn: this.serviceArn,
      clusterArn: this.clusterArn,
      modelGiB: model.gib,
      coldStartSeconds: this.coldStartSeconds,
      stores: args.stores ?? [],
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

    function closeNetwork(): aws.ec2.SecurityGroup {
      const created = createEfaSecurityGroup(
        `${name}-node`,
        { region, vpcId: network.vpcId, description: "Instances that keep the model in memory", tags },
        child,
      );
      letReachPrivateServices(`${name}-node`, region, created.id, network, child);
      return created;
    }

    function createRoles() {
      const execution = new aws.iam.Role(
        `${name}-start`,
        {
          assumeRolePolicy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "ecs-tasks.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: { StringEquals: { "aws:SourceAccount": args.accountId } },
              },
            ],
          }),
          managedPolicyArns: [managedPolicy(region, "service-role/AmazonECSTaskExecutionRolePolicy")],
        },
        child,
      );
      new aws.iam.RolePolicy(
        `${name}-start`,
        {
          role: execution.id,
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "ssm:GetParameters", Resource: parameterArn }],
          }),
        },
        child,
      );
      const reader = createModelReader(
        `${name}-model`,
        { principal: "ecs-tasks.amazonaws.com", accountId: args.accountId, model, tags },
        child,
      );
      return { execution, reader };
    }

    function taskOf(part: ResidentTask["part"], leaderName?: pulumi.Input<string>): aws.ecs.TaskDefinition {
      return createResidentTask(
        part === "leader" ? name : `${name}-${part}`,
        {
          region,
          type,
          instance,
          model,
          image: args.image,
          preloadImage: args.preloadImage,
          port,
          part,
          instancesPerCopy: perCopy,
          ...(leaderName === undefined ? {} : { leaderName }),
          preloadSeconds: Math.max(60, Math.ceil((cold?.downloadSeconds ?? 0) * 2)),
          executionRoleArn: roles.execution.arn,
          taskRoleArn: roles.reader.role.arn,
          logGroupName,
          modelUriParameterArn: parameterArn,
          tags,
        },
        { ...child, dependsOn: [roles.reader.policy, log, parameter] },
      );
    }

    /** The parts of a copy find their leader by a name inside the VPC. */
    function discover() {
      const namespace = new aws.servicediscovery.PrivateDnsNamespace(
        name,
        { region, name: `${name}.internal`, vpc: network.vpcId, tags },
        child,
      );
      const leader = new aws.servicediscovery.Service(
        name,
        {
          region,
          name: "leader",
          dnsConfig: {
            namespaceId: namespace.id,
            // A task that uses the address of its instance is registered with its port.
            dnsRecords: [{ type: "SRV", ttl: 10 }],
          },
          tags,
        },
        child,
      );
      return { registryArn: leader.arn, leaderName: `leader.${name}.internal` };
    }

    function serve(): aws.ecs.Service {
      const task = taskOf("leader", discovery?.leaderName);
      return new aws.ecs.Service(
        name,
        {
          region,
          cluster: fleet.cluster.arn,
          taskDefinition: task.arn,
          desiredCount: floor,
          capacityProviderStrategies: [{ capacityProvider: fleet.provider.name, weight: 1 }],
          ...(spans(args)
            ? {}
            : { networkConfiguration: { subnets: network.subnetIds, securityGroups: [group.id] } }),
          loadBalancers: [{ targetGroupArn: target.group.arn, containerName: "model", containerPort: port }],
          // Until the model is in memory nobody may call the task ill and start it again from nothing.
          healthCheckGracePeriodSeconds: grace,
          // A new copy is resident before an old one goes.
          deploymentMinimumHealthyPercent: spans(args) ? 0 : 100,
          deploymentMaximumPercent: spans(args) ? 100 : 200,
          deploymentCircuitBreaker: { enable: true, rollback: true },
          ...(spans(args)
            ? {}
            : { orderedPlacementStrategies: [{ type: "spread", field: "attribute:ecs.availability-zone" }] }),
          ...(discovery
            ? {
                serviceRegistries: {
                  registryArn: discovery.registryArn,
                  containerName: "model",
                  containerPort: port,
                },
              }
            : {}),
          propagateTags: "SERVICE",
          tags,
        },
        { ...child, dependsOn: [target.rule, fleet.attached] },
      );
    }

    /** The other parts of the copy, which answer nobody but their leader. */
    function support(leaderName: string): void {
      new aws.ecs.Service(
        `${name}-worker`,
        {
          region,
          cluster: fleet.cluster.arn,
          taskDefinition: taskOf("worker", leaderName).arn,
          desiredCount: perCopy - 1,
          capacityProviderStrategies: [{ capacityProvider: fleet.provider.name, weight: 1 }],
          placementConstraints: [{ type: "distinctInstance" }],
          deploymentMinimumHealthyPercent: 0,
          deploymentMaximumPercent: 100,
          propagateTags: "SERVICE",
          tags,
        },
        { ...child, dependsOn: [fleet.attached] },
      );
    }

    function scale(): void {
      if (ceiling === floor) return;
      const by = {
        region,
        serviceNamespace: "ecs",
        resourceId: pulumi.interpolate`service/${fleet.cluster.name}/${service.name}`,
        scalableDimension: "ecs:service:DesiredCount",
      };
      const scalable = new aws.appautoscaling.Target(
        name,
        { ...by, minCapacity: floor, maxCapacity: ceiling, tags },
        child,
      );
      new aws.appautoscaling.Policy(
        name,
        {
          ...by,
          policyType: "TargetTrackingScaling",
          targetTrackingScalingPolicyConfiguration: {
            targetValue: args.requestsPerMinute ?? REQUESTS_PER_MINUTE,
            predefinedMetricSpecification: {
              predefinedMetricType: "ALBRequestCountPerTarget",
              resourceLabel: pulumi.interpolate`${args.entry.metricName}/${target.group.arnSuffix}`,
            },
            scaleOutCooldown: 60,
            scaleInCooldown: Math.max(300, grace),
          },
        },
        { ...child, dependsOn: [scalable] },
      );
    }
  }
}

function spans({ instancesPerCopy = 1 }: ResidentModelServiceArgs): boolean {
  return instancesPerCopy > 1;
}

function loadOf({ model, instanceType, instancesPerCopy, readGbps }: ResidentModelServiceArgs) {
  return {
    gib: model.gib,
    instanceType,
    ...(instancesPerCopy === undefined ? {} : { instancesPerCopy }),
    ...(readGbps === undefined ? {} : { readGbps }),
  };
}

function typeOf({ instanceType }: ResidentModelServiceArgs): {
  instance: NonNullable<ReturnType<typeof servingInstance>>;
  type: InstanceType;
} {
  const instance = servingInstance(instanceType);
  const type = networkOf(bareType(instanceType));
  // Validated before: both tables hold the same types.
  if (!instance || !type) throw new RangeError(`no instance type ${instanceType}`);
  return { instance, type };
}

/** Rules on the arguments that no type expresses. */
export function validateResidentModelService(args: ResidentModelServiceArgs): ArgumentProblem[] {
  const { floor = 1, ceiling = floor * 2, instancesPerCopy = 1, readyPath = READY } = args;
  const type = networkOf(bareType(args.instanceType));
  const problem = (propertyPath: string, reason: string): ArgumentProblem[] => [{ propertyPath, reason }];
  return [
    ...validateModelLoad(loadOf(args), "model", false),
    ...(args.instanceType.startsWith("ml.")
      ? problem("instanceType", `"${args.instanceType}": types of EC2 have no ml. in front`)
      : []),
    ...(args.model.region === args.region
      ? []
      : problem(
          "model.region",
          `"${args.model.region}": the instances of ${args.region} load from their own region`,
        )),
    ...(Number.isInteger(floor) && floor >= 1
      ? []
      : problem("floor", `${floor}: one copy at least, or every first request waits for a cold start`)),
    ...(ceiling >= floor ? [] : problem("ceiling", `${ceiling} is below the floor of ${floor}`)),
    ...(Number.isInteger(instancesPerCopy) && instancesPerCopy >= 1
      ? []
      : problem("instancesPerCopy", `${instancesPerCopy}: a whole number from 1 up`)),
    ...(instancesPerCopy > 1 && type && type.maxEfa === 0
      ? problem("instancesPerCopy", `${instancesPerCopy}: ${type.id} has no EFA to span instances with`)
      : []),
    ...(instancesPerCopy > 1 && (floor > 1 || (args.ceiling ?? 1) > 1)
      ? problem(
          "floor",
          `${floor}: a copy that spans instances is a service of its own; create one for each copy`,
        )
      : []),
    ...(readyPath.startsWith("/") ? [] : problem("readyPath", `"${readyPath}" does not begin with a slash`)),
  ];
}
