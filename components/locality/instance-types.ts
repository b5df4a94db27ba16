import table from "./data/instance-types.json";
import { factTable } from "./fact-table";

/** An accelerated or HPC instance type of EC2, as far as its network and its GPUs decide how a training runs. */
export interface InstanceType {
  id: string;
  accelerator?: string;
  /** Accelerators per instance. */
  gpus: number;
  arch: string;
  /** Network cards; undefined where no source shows the layout. */
  cards?: number;
  /** EFA interfaces that the type takes; 0 for none. */
  maxEfa: number;
  /** False where card 0 takes an ENA interface only. */
  firstCardTakesEfa: boolean;
  /** Aggregate Gbps of all cards: EFA where the type has it. */
  gbps: number;
  /** False where GPUs cannot be read by the cards directly, undefined where no source says. */
  gpuDirectRdma?: boolean;
  efaGeneration?: number;
  nvlinkGBpsPerGpu?: number;
  /** Ways to buy it: on-demand, odcr (capacity reservation), capacity-block, capacity-block-ultraserver. */
  purchase: string[];
  vcpus?: number;
  memoryGiB?: number;
  nvmeTB?: number;
  /** Cards that EFA uses, where not every card does. */
  efaCards?: { recommended: number[]; all: number[] };
  /** Instances that one UltraServer can have. */
  ultraServer?: number[];
  /** Why the layout of its network is not known. */
  layoutUnknown?: string;
}

type Row = Partial<Omit<InstanceType, "id">> & Pick<InstanceType, "gpus" | "arch" | "purchase">;

const rows = factTable<Row>("instanceTypes", table.asOf, table.types);

/** Day on which the table was made, for messages that rest on it. */
export const instanceTypesAsOf = table.asOf;

/** Undefined for a type that the table does not hold: nothing can be said about it, which is not "no EFA". */
export function instanceType(id: string): InstanceType | undefined {
  const row = rows.get(id);
  return row && { id, maxEfa: 0, gbps: 0, firstCardTakesEfa: true, ...row };
}

export function instanceTypeIds(): string[] {
  return rows.keys().sort();
}

/** Types with EFA, for messages about one that has none. */
export function efaInstanceTypeIds(): string[] {
  return instanceTypeIds().filter((id) => (instanceType(id)?.maxEfa ?? 0) > 0);
}
