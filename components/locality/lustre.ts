/** FSx for Lustre, PERSISTENT_2 on SSD: which sizes AWS sells, and what they deliver (FSx user guide, 2026). */

/** MBps per TiB of storage that can be bought. */
export const lustreThroughputs = [125, 250, 500, 1000];

/** GiB that storage grows by when EFA is on, by MBps per TiB. */
const efaSteps: { [perTiB: number]: number } = { 1000: 4800, 500: 9600, 250: 19200, 125: 38400 };

/** Most associations with S3 that one file system takes. */
export const MOST_ASSOCIATIONS = 8;

const GIB_PER_TIB = 1024;

export interface LustreSize {
  capacityGiB: number;
  /** MBps per TiB of storage. */
  perTiB: number;
  efa: boolean;
}

/** MBps that a file system delivers from disk. */
export function lustreMBps({ capacityGiB, perTiB }: LustreSize): number {
  return (capacityGiB / GIB_PER_TIB) * perTiB;
}

/** The smallest capacity on sale that holds `needGiB`. */
export function lustreCapacity(needGiB: number, perTiB: number, efa: boolean): number {
  const step = efa ? efaSteps[perTiB] : 2400;
  if (step === undefined) throw new RangeError(`${perTiB} MBps per TiB is not on sale`);
  if (!efa && needGiB <= 1200) return 1200;
  return Math.max(1, Math.ceil(needGiB / step)) * step;
}

/** Undefined for a legal size, else the legal ones around it. */
export function wrongLustreCapacity({ capacityGiB, perTiB, efa }: LustreSize): number[] | undefined {
  if (!lustreThroughputs.includes(perTiB)) return undefined;
  const above = lustreCapacity(capacityGiB, perTiB, efa);
  if (above === capacityGiB) return undefined;
  const step = lustreCapacity(1, perTiB, efa);
  const below = above - (efa || above <= 2400 ? step : 2400);
  return below > 0 ? [below, above] : [above];
}

/** Gbps that one client can read, by how it is attached (FSx user guide: throughput per client). */
export function lustreClientGbps(attached: { efa: boolean; gpuDirectStorage: boolean }): number {
  if (!attached.efa) return 100;
  return attached.gpuDirectStorage ? 1200 : 700;
}

const gpuDirectStorageFamilies = ["p5", "p5e", "p5en", "p6-b200"];

/** Whether GPUs of an instance type can read a file system directly. */
export function hasGpuDirectStorage(instanceTypeId: string): boolean {
  return gpuDirectStorageFamilies.includes(instanceTypeId.split(".", 1)[0] ?? "");
}

/** Trainium2 clients cannot use EFA to a file system. */
export function canUseLustreOverEfa(instanceTypeId: string): boolean {
  return !instanceTypeId.startsWith("trn2");
}

/** Metadata IOPS on sale for SSD file systems. */
export function isLustreMetadataIops(iops: number): boolean {
  return [1500, 3000, 6000].includes(iops) || (iops % 12000 === 0 && iops > 0 && iops <= 192000);
}
