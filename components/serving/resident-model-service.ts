import { awsRegion } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DatasetLabels, labelTags, registeredLabels } from "../labels";
import { refuse } from "../problems";
import { allowBetween, createEfaSecurityGroup } from "../training/efa-security-group";
import type { ServingEntryPoint, ServingModel, ServingNetwork, ServingStore } from "./attachments";
import { letReachPrivateServices } from "./egress";
import { createGpuFleet } from "./gpu-fleet";
import { coldStart, coldStartPredictions, gracePeriod } from "./model-load";
import { scaleResident, watchResident } from "./resident-operations";
import { createLeaderName, createWorkers } from "./resident-parts";
import { createResidentRoles } from "./resident-roles";
import { createResidentTask, type ResidentTask } from "./resident-task";
import { createTarget } from "./target";
import { loadOf, spans, typeOf, validateResidentModelService } from "./validate-resident-model-service";

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
  /** Path that answers 200 only when the model is in memory. Default: /ready; for gRPC the health service of gRPC. */
  readyPath?: string;
  /** The container speaks gRPC on its port. Default: false, HTTP. The path of the entry is then `/<package>.<Service>/*`. */
  grpc?: boolean;
  /** File system of the region that the model is read from before the bucket is asked. Default: none. */
  preloadFrom?: ResidentModelServicePreload;
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

/** A Lustre file system that is linked with the bucket of the model, or filled from it. */
export interface ResidentModelServicePreload {
  /** Host name of the file system. */
  dnsName: pulumi.Input<string>;
  /** Name of the file system behind that host. */
  mountName: pulumi.Input<string>;
  /** Folder that the artefact lies in, beginning with a slash. */
  path: string;
  /** Group of the file system, which the instances are let into. */
  securityGroupId: pulumi.Input<string>;
}

const PORT = 8000;
const READY = "/ready";
/** Method that gRPC containers answer when they can serve (gRPC health checking protocol). */
const GRPC_HEALTH = "/grpc.health.v1.Health/Check";
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
        ...(args.preloadFrom ? { fileSystem: args.preloadFrom } : {}),
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
        tags,
      },
      child,
    );
    const roles = createResidentRoles(
      name,
      { region, accountId: args.accountId, model, parameterArn, tags },
      child,
    );
    const target = createTarget(
      name,
      {
        region,
        port,
        targetType: spans(args) ? "instance" : "ip",
        healthPath: args.readyPath ?? (args.grpc ? GRPC_HEALTH : READY),
        healthMatcher: args.grpc ? "0" : "200",
        grpc: args.grpc ?? false,
        slowStartSeconds: Math.min(LONGEST_SLOW_START, Math.max(30, Math.ceil(cold?.seconds ?? 0))),
        point: args.entry,
        network,
        securityGroupId: group.id,
        tags,
      },
      child,
    );
    const alarms = watchResident(name, { region, point: args.entry, group: target.group, tags }, child);
    const discovery = spans(args)
      ? createLeaderName(name, { region, vpcId: network.vpcId, tags }, child)
      : undefined;
    const service = serve();
    if (discovery) {
      const task = taskOf("worker", discovery.leaderName);
      createWorkers(name, { region, ...fleet, task, count: perCopy - 1, tags }, child);
    }
    scaleResident(
      name,
      {
        region,
        cluster: fleet.cluster,
        service,
        group: target.group,
        point: args.entry,
        floor,
        ceiling,
        requestsPerMinute: args.requestsPerMinute ?? REQUESTS_PER_MINUTE,
        grace,
        tags,
      },
      child,
    );

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
      predictions: coldStartPredictions(name, cold),
    });

    function closeNetwork(): aws.ec2.SecurityGroup {
      const created = createEfaSecurityGroup(
        `${name}-node`,
        { region, vpcId: network.vpcId, description: "Instances that keep the model in memory", tags },
        child,
      );
      letReachPrivateServices(`${name}-node`, region, created.id, network, child);
      if (args.preloadFrom) {
        allowBetween(`${name}-to-store`, region, created.id, args.preloadFrom.securityGroupId, child);
        allowBetween(`${name}-from-store`, region, args.preloadFrom.securityGroupId, created.id, child);
      }
      return created;
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
          ...(args.preloadFrom ? { preloadFrom: args.preloadFrom.path } : {}),
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
          alarms: { enable: true, rollback: true, alarmNames: alarms.map((alarm) => alarm.name) },
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
  }
}
