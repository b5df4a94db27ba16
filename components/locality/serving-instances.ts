import table from "./data/serving-instances.json";
import { factTable } from "./fact-table";

/** An instance type as far as it decides how fast a model is loaded and whether it fits. */
export interface ServingInstance {
  id: string;
  /** Accelerators per instance. */
  accelerators: number;
  /** Memory of all accelerators of one instance in GiB. */
  memoryGiB: number;
  /** Memory of the host in GiB. */
  hostMemoryGiB?: number;
  /** Gbps that ordinary traffic such as S3 can use; EFA bandwidth does not count. */
  gbps: number;
  /** Local NVMe in TB; 0 where the table shows none. */
  nvmeTB: number;
  /** On-demand list price in us-east-1; undefined where none is published. */
  usdPerHour?: number;
}

type Row = Omit<ServingInstance, "id" | "nvmeTB"> & { nvmeTB?: number };

const rows = factTable<Row>("servingInstances", table.asOf, table.types);

/** Takes names of EC2 and of SageMaker (`ml.` in front). Undefined for a type that the table does not hold. */
export function servingInstance(type: string): ServingInstance | undefined {
  const id = bareType(type);
  const row = rows.get(id);
  return row && { nvmeTB: 0, ...row, id };
}

/** Types with accelerators, for messages about one that the table does not hold. */
export function servingInstanceIds(): string[] {
  return rows.keys().sort();
}

/** `g6e.48xlarge` of `ml.g6e.48xlarge`. */
export function bareType(type: string): string {
  return type.replace(/^ml\./, "");
}
