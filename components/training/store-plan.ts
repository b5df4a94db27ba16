import {
  canUseLustreOverEfa,
  hasGpuDirectStorage,
  type LustreSize,
  lustreCapacity,
  lustreClientGbps,
  lustreMBps,
  lustreThroughputs,
} from "@hybrid-ai-fabric/locality";

/** What reads a file system, and how much of a dataset it must hold. */
export interface StoreDemand {
  /** TiB that must be in the file system at once; the rest stays in S3 and is fetched when it is first read. */
  hotTiB: number;
  /** GPUs that read at once. */
  gpus: number;
  /** GB/s that each of them reads. */
  readGBpsPerGpu: number;
  instanceType: string;
  nodes: number;
  efa: boolean;
}

export interface StorePlan extends LustreSize {
  /** GB/s that the file system delivers from disk. */
  readGBps: number;
  /** GB/s that the nodes can take from it. */
  clientGBps: number;
  /** GB/s that the GPUs ask for. */
  demandGBps: number;
  /** Hours to read what is hot once. */
  epochHours: number;
  /** What a faster read would have to improve: throughput, or clients where their attachment is the limit. */
  bottleneck: string;
}

/** GB/s that a GPU reads while it trains: an engineering value, because it depends on the model; yours to say. */
export const READ_GBPS_PER_GPU = 0.5;

/** Relative price of a GiB by MBps per TiB: only their order matters here (FSx list prices, us-east-1). */
const relativePrice: { [perTiB: number]: number } = { 125: 0.145, 250: 0.21, 500: 0.34, 1000: 0.6 };

/** The cheapest file system on sale that holds what is hot and feeds the GPUs. */
export function planStore(demand: StoreDemand): StorePlan {
  const demandGBps = demand.gpus * demand.readGBpsPerGpu;
  const efa = demand.efa && canUseLustreOverEfa(demand.instanceType);
  const sizes = lustreThroughputs.map((perTiB): LustreSize => {
    const forSpeed = (demandGBps * 1000 * 1024) / perTiB;
    const needGiB = Math.ceil(Math.max(demand.hotTiB * 1024, forSpeed));
    return { capacityGiB: lustreCapacity(needGiB, perTiB, efa), perTiB, efa };
  });
  const size = sizes.reduce((best, next) => (price(next) < price(best) ? next : best));
  const disk = lustreMBps(size) / 1000;
  const client = lustreClientGbps({ efa, gpuDirectStorage: hasGpuDirectStorage(demand.instanceType) }) / 8;
  const clients = client * demand.nodes;
  const rate = Math.min(disk, clients);
  return {
    ...size,
    readGBps: disk,
    clientGBps: clients,
    demandGBps,
    epochHours: (demand.hotTiB * 1024 ** 4) / 1e9 / rate / 3600,
    bottleneck: clients < disk ? "clients" : "throughput",
  };
}

function price({ capacityGiB, perTiB }: LustreSize): number {
  return capacityGiB * (relativePrice[perTiB] ?? Number.POSITIVE_INFINITY);
}
