import type { InstanceType } from "./instance-types";

/** What NCCL's all-reduce can reach on a cluster, in GB/s of bus bandwidth as nccl-tests report it. */
export interface BusBandwidth {
  /** Less than this says that something is wrong with the fabric; undefined where nothing was published. */
  floorGBps?: number;
  /** More than this cannot pass the slowest hop; undefined for a single node. */
  ceilingGBps?: number;
}

/**
 * A published all-reduce over EFA reaches 0.82 to 1.2 times the aggregate rate of the cards (docs/training.md): a floor
 * of 0.8 holds for all of them.
 */
const FLOOR_SHARE = 0.8;

/** Single nodes, over NVLink alone: floors of the awsome-distributed-ai health checks, 2026-07. */
const nvlinkFloors: [family: string, GBps: number][] = [
  ["p4d", 200],
  ["p4de", 200],
  ["p5", 500],
  ["p5e", 500],
  ["p5en", 500],
  ["p6-b200", 600],
];

export function busBandwidth(type: InstanceType, nodes: number): BusBandwidth {
  const gpus = type.gpus * nodes;
  if (nodes < 2) {
    const family = type.id.split(".", 1)[0];
    const floor = type.nvlinkGBpsPerGpu ? nvlinkFloors.find(([name]) => name === family)?.[1] : undefined;
    return floor === undefined ? {} : { floorGBps: floor };
  }
  if (type.maxEfa === 0 || gpus < 2) return {};
  const cards = type.gbps / 8;
  // Between nodes a byte crosses a node's cards 2(N-1)/N times; bus bandwidth counts it 2(n-1)/n times for n GPUs.
  const ceiling = cards * (nodes / (nodes - 1)) * ((gpus - 1) / gpus);
  return { ceilingGBps: ceiling, ...(type.gpuDirectRdma === true ? { floorGBps: cards * FLOOR_SHARE } : {}) };
}
