/** A bulk transfer over a private link by DataSync agents. */
export interface Transfer {
  sizeTiB: number;
  /** Bandwidth of the link in Gbps; 80 % of it is usable. */
  linkGbps: number;
  /** Agents, 8 Gbps each. */
  agents: number;
  /** Tasks, 10 Gbps each with an agent. */
  tasks: number;
  /** What the source can be read with, in Gbps, when it is known. */
  sourceGbps?: number;
}

export interface TransferTime {
  hours: number;
  /** Effective rate in Gbps. */
  gbps: number;
  /** What a faster transfer would have to improve. */
  bottleneck: "link" | "agents" | "tasks" | "source";
}

const BYTES_PER_TIB = 1024 ** 4;

/** Predicted hours of a transfer (task and agent rates: AWS DataSync quotas; usable share of the link: engineering value). */
export function transferHours(transfer: Transfer): TransferTime {
  const rates: [TransferTime["bottleneck"], number][] = [
    ["link", transfer.linkGbps * 0.8],
    ["agents", transfer.agents * 8],
    ["tasks", transfer.tasks * 10],
    ["source", transfer.sourceGbps ?? Number.POSITIVE_INFINITY],
  ];
  const [bottleneck, gbps] = rates.reduce((slowest, next) => (next[1] < slowest[1] ? next : slowest));
  return { hours: (transfer.sizeTiB * BYTES_PER_TIB * 8) / (gbps * 1e9) / 3600, gbps, bottleneck };
}
