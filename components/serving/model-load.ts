import { bareType, type ServingInstance, servingInstance } from "@hybrid-ai-fabric/locality";
import type { ArgumentProblem } from "../problems";

/** A model that instances load before they serve it. */
export interface ModelLoad {
  /** Size of the weights in GiB, as they are stored and loaded. */
  gib: number;
  /** Instance type, of EC2 or of SageMaker (`ml.` in front). */
  instanceType: string;
  /** Instances that hold one copy together. Default: 1. */
  instancesPerCopy?: number;
  /** Gbps that one instance reads with. Default: half of its network, 100 Gbps at most. */
  readGbps?: number;
  /** Memory that serving needs beside the weights, as a share of them. Default: 0.2. */
  workingShare?: number;
}

/** How long an instance takes from its start to a resident model, and what decides it. */
export interface ColdStart {
  seconds: number;
  /** From the store to the instance. */
  downloadSeconds: number;
  /** From local disk to the memory of the accelerators. */
  residentSeconds: number;
  limitedBy: "network" | "local disk" | "start of the container";
}

/** The cold start as its component predicts it; nothing for a type that no table holds. */
export function coldStartPredictions(subject: string, cold: ColdStart | undefined, quantity = "cold start") {
  if (!cold) return [];
  return [{ subject, quantity, value: Math.round(cold.seconds), unit: "s", limitedBy: cold.limitedBy }];
}

/** Share of an instance's network that reading objects reaches, and the most of it: engineering values, to be measured. */
const NETWORK_SHARE = 0.5;
const MOST_READ_GBPS = 100;
/** Reading from local NVMe in GB per second and TB, and from a volume without it: engineering values, to be measured. */
const NVME_GBYTES_PER_TB = 0.8;
const VOLUME_GBYTES = 1;
/** Pulling an image and starting its process: an engineering value, to be measured. */
const CONTAINER_SECONDS = 60;
/** Activations and the cache of keys and values of the requests under way. */
const WORKING_SHARE = 0.2;

const BYTES_PER_GIB = 1024 ** 3;

/** Memory in GiB that one copy needs on the accelerators: weights, activations and caches. */
export function memoryNeeded({ gib, workingShare = WORKING_SHARE }: ModelLoad): number {
  return gib * (1 + workingShare);
}

/** Seconds from the start of an instance to a resident model; undefined for a type that no table holds. */
export function coldStart(load: ModelLoad): ColdStart | undefined {
  const instance = servingInstance(load.instanceType);
  if (!instance) return undefined;
  const bytes = (load.gib * BYTES_PER_GIB) / (load.instancesPerCopy ?? 1);
  const downloadSeconds = (bytes * 8) / (readGbps(load, instance) * 1e9);
  const residentSeconds = bytes / (Math.max(VOLUME_GBYTES, instance.nvmeTB * NVME_GBYTES_PER_TB) * 1e9);
  const parts: [ColdStart["limitedBy"], number][] = [
    ["network", downloadSeconds],
    ["local disk", residentSeconds],
    ["start of the container", CONTAINER_SECONDS],
  ];
  const [limitedBy] = parts.reduce((slowest, part) => (part[1] > slowest[1] ? part : slowest));
  return {
    seconds: CONTAINER_SECONDS + downloadSeconds + residentSeconds,
    downloadSeconds,
    residentSeconds,
    limitedBy,
  };
}

function readGbps(load: ModelLoad, instance: ServingInstance): number {
  return load.readGbps ?? Math.min(instance.gbps * NETWORK_SHARE, MOST_READ_GBPS);
}

/** Timeouts in seconds that leave a load twice its predicted time. */
export interface LoadTimeouts {
  download: number;
  startup: number;
}

/** What SageMaker takes as a timeout, in seconds. */
export const SHORTEST_TIMEOUT = 60;
export const LONGEST_TIMEOUT = 3600;

const SAFETY = 2;

/** SageMaker's two timeouts: until the model is on the instance, and until the container says that it is healthy. */
export function loadTimeouts(cold: ColdStart): LoadTimeouts {
  const padded = (seconds: number) =>
    Math.min(LONGEST_TIMEOUT, Math.max(SHORTEST_TIMEOUT, Math.ceil(seconds * SAFETY)));
  return {
    download: padded(cold.downloadSeconds),
    startup: padded(cold.residentSeconds + CONTAINER_SECONDS),
  };
}

/** Seconds in which a load balancer does not yet count a task as ill: the whole cold start, with the same safety. */
export function gracePeriod(cold: ColdStart): number {
  return Math.ceil(cold.seconds * SAFETY);
}

/** Whether a copy fits the memory of its instances, and loads in the time that SageMaker gives. */
export function validateModelLoad(load: ModelLoad, path: string, bySageMaker: boolean): ArgumentProblem[] {
  const instance = servingInstance(load.instanceType);
  if (load.gib <= 0) return [{ propertyPath: `${path}.gib`, reason: `${load.gib} is no size: GiB above 0` }];
  if (!instance) {
    return [
      {
        propertyPath: "instanceType",
        reason: `"${load.instanceType}" is no type with accelerators that the table holds (such as ml.g6e.12xlarge)`,
      },
    ];
  }
  const instances = load.instancesPerCopy ?? 1;
  const there = instance.memoryGiB * instances;
  const needed = memoryNeeded(load);
  const problems: ArgumentProblem[] = [];
  if (needed > there) {
    problems.push({
      propertyPath: `${path}.gib`,
      reason: `${load.gib} GiB need ${rounded(needed)} GiB with caches and activations, and ${instances === 1 ? "one" : instances} ${bareType(load.instanceType)} has ${there} GiB: choose a larger type, or more instances per copy`,
    });
  }
  const cold = coldStart(load);
  if (bySageMaker && cold && cold.downloadSeconds * SAFETY > LONGEST_TIMEOUT) {
    problems.push({
      propertyPath: `${path}.gib`,
      reason: `${load.gib} GiB load in about ${rounded(cold.downloadSeconds)} s, and SageMaker waits ${LONGEST_TIMEOUT} s at most: choose a type with a faster network, or a resident service`,
    });
  }
  return problems;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
