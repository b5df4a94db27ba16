import table from "./data/gpu-hosts.json";
import { factTable } from "./fact-table";

/** What a host with GPUs of one model looks like when it is built as its maker draws it. */
export interface GpuHost {
  gpusPerHost: number;
  /** Host channel adapters that carry GPU traffic; storage and management adapters are not counted. */
  hcasPerHost: number;
  /** GB/s of one GPU in one direction; 0 without NVLink. */
  nvlinkGBps: number;
  /** Hosts that one NVLink domain spans: 18 trays of an NVL72 rack, else the host itself. */
  hostsPerNvlinkDomain: number;
}

const models = factTable<GpuHost>("gpuHosts", table.asOf, table.models);

export function gpuHost(model: string): GpuHost | undefined {
  return models.get(model);
}

export function gpuModels(): string[] {
  return models.keys();
}
