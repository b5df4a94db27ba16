import { busBandwidth, efaCardsOf, instanceType } from "@hybrid-ai-fabric/locality";

/** What a healthy cluster shows: the figures that health checks after boot compare with. */
export interface ExpectedFabric {
  /** EFA interfaces per node: what `fi_info -p efa` must list. */
  efaPerNode: number;
  /** Aggregate Gbps of a node. */
  gbpsPerNode: number;
  /** GPUs of the cluster. */
  gpus: number;
  /** Bus bandwidth in GB/s that nccl-tests' all_reduce must reach; undefined where nothing was published. */
  busFloorGBps?: number;
}

export function expectedFabric(typeId: string, nodes: number): ExpectedFabric {
  const type = instanceType(typeId);
  if (!type) throw new RangeError(`no instance type ${typeId}`);
  const { floorGBps } = busBandwidth(type, nodes);
  return {
    efaPerNode: efaCardsOf(type).length,
    gbpsPerNode: type.gbps,
    gpus: type.gpus * nodes,
    ...(floorGBps === undefined ? {} : { busFloorGBps: floorGBps }),
  };
}
