import type { InstanceType, ServingInstance } from "@hybrid-ai-fabric/locality";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { DATA } from "../training/ecs-orchestrator";
import type { ServingModel } from "./attachments";
import { MODEL_CACHE } from "./gpu-fleet";

/** A task that loads a model before it serves it. */
export interface ResidentTask {
  region: string;
  type: InstanceType;
  instance: ServingInstance;
  model: ServingModel;
  image: pulumi.Input<string>;
  preloadImage: pulumi.Input<string>;
  port: number;
  /** leader answers requests; worker holds a part of the model for it. */
  part: "leader" | "worker";
  /** Instances that hold one copy together. */
  instancesPerCopy: number;
  /** Name under which the parts find the leader; undefined for a copy on one instance. */
  leaderName?: pulumi.Input<string>;
  /** Folder of the file system that instances mount, where the artefact is copied from instead of the bucket. */
  preloadFrom?: string;
  /** Seconds that the preload may take. */
  preloadSeconds: number;
  executionRoleArn: pulumi.Input<string>;
  taskRoleArn: pulumi.Input<string>;
  logGroupName: string;
  /** Parameter that holds the URI of the artefact: a plain ARN, so that the whole definition is known before creation. */
  modelUriParameterArn: string;
  tags: { [tag: string]: string };
}

/** Share of the host's memory that the container may take; the rest is for the host and its page cache. */
const HOST_SHARE = 0.8;

/** A container that fills the cache of the instance, and after it the one that serves from there. */
export function createResidentTask(
  name: string,
  task: ResidentTask,
  child: pulumi.CustomResourceOptions,
): aws.ecs.TaskDefinition {
  const { region, model, instance, tags } = task;
  const spans = task.instancesPerCopy > 1;
  const mountPoints = [{ sourceVolume: "models", containerPath: "/models", readOnly: false }];
  const log = (prefix: string) => ({
    logDriver: "awslogs",
    options: {
      "awslogs-group": task.logGroupName,
      "awslogs-region": region,
      "awslogs-stream-prefix": prefix,
    },
  });
  const preload = {
    name: "preload",
    image: task.preloadImage,
    essential: false,
    // What is in the cache already is not read again: an instance that serves the next version keeps the last one.
    entryPoint: ["sh", "-c"],
    command: [
      task.preloadFrom === undefined
        ? `aws s3 sync "$MODEL_URI" /models/${model.prefix}`
        : `mkdir -p /models/${model.prefix} && cp -ru "${DATA}${task.preloadFrom}/." /models/${model.prefix}`,
    ],
    secrets: [{ name: "MODEL_URI", valueFrom: task.modelUriParameterArn }],
    memoryReservation: 2048,
    mountPoints: [
      ...mountPoints,
      ...(task.preloadFrom === undefined
        ? []
        : [{ sourceVolume: "data", containerPath: DATA, readOnly: true }]),
    ],
    startTimeout: task.preloadSeconds,
    logConfiguration: log("preload"),
  };
  const serve = {
    name: "model",
    image: task.image,
    essential: true,
    dependsOn: [{ containerName: "preload", condition: "SUCCESS" }],
    memoryReservation: Math.floor((instance.hostMemoryGiB ?? 64) * 1024 * HOST_SHARE),
    resourceRequirements: [{ type: "GPU", value: String(instance.accelerators) }],
    mountPoints,
    environment: [
      { name: "MODEL_PATH", value: `/models/${model.prefix}` },
      { name: "ROLE", value: task.part },
      { name: "NODES", value: String(task.instancesPerCopy) },
      ...(task.leaderName === undefined ? [] : [{ name: "LEADER", value: task.leaderName }]),
    ],
    portMappings: [{ containerPort: task.port, hostPort: task.port, protocol: "tcp" }],
    ulimits: [{ name: "memlock", softLimit: -1, hardLimit: -1 }],
    linuxParameters: {
      sharedMemorySize: 16_384,
      // Each EFA interface is a device of its own; without them the parts would speak TCP.
      devices: spans
        ? Array.from({ length: task.type.maxEfa }, (_, index) => ({
            hostPath: `/dev/infiniband/uverbs${index}`,
            containerPath: `/dev/infiniband/uverbs${index}`,
            permissions: ["read", "write", "mknod"],
          }))
        : [],
    },
    logConfiguration: log("model"),
  };
  return new aws.ecs.TaskDefinition(
    name,
    {
      region,
      family: name,
      requiresCompatibilities: ["EC2"],
      // EFA has no address that a container network could translate.
      networkMode: spans ? "host" : "awsvpc",
      executionRoleArn: task.executionRoleArn,
      taskRoleArn: task.taskRoleArn,
      containerDefinitions: pulumi.jsonStringify([preload, serve]),
      volumes: [
        { name: "models", hostPath: MODEL_CACHE },
        ...(task.preloadFrom === undefined ? [] : [{ name: "data", hostPath: DATA }]),
      ],
      tags,
    },
    child,
  );
}
