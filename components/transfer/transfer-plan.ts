import { transferHours } from "@hybrid-ai-fabric/locality";
import type { Shard } from "./shards";

/** What a transfer has to move, and with what. */
export interface TransferTask {
  sizeTiB: number;
  /** Bandwidth of the link in Mbps. */
  linkMbps: number;
  /** Limit in Mbps over all tasks together; none when absent. */
  limitMbps?: number;
  /** Agents over all tasks together. */
  agents: number;
  /** Read rate of the source in Gbps, when it is known. */
  sourceGbps?: number;
  /** Size of each task's share; one task that moves everything when absent. */
  shards?: readonly Shard[];
}

export interface TransferPlan {
  hours: number;
  /** Effective rate in Gbps. */
  gbps: number;
  /** What a faster transfer would have to improve: link, limit, agents, tasks or source. */
  bottleneck: string;
}

/** Usable share of a link, and Gbps of one agent and of one task: the values that `transferHours` computes with. */
const LINK_SHARE = 0.8;
const AGENT_GBPS = 8;
const TASK_GBPS = 10;

/** Gbit in a TiB. */
const GBIT_PER_TIB = (1024 ** 4 * 8) / 1e9;

/** Hours, rate and bottleneck of a transfer: those of its slowest part, or of the largest share of a task. */
export function planTransfer(task: TransferTask): TransferPlan {
  const tasks = task.shards?.length ?? 1;
  const overall = transferHours({
    sizeTiB: task.sizeTiB,
    linkGbps: task.linkMbps / 1000,
    agents: task.agents,
    tasks,
    ...(task.sourceGbps === undefined ? {} : { sourceGbps: task.sourceGbps }),
  });
  const limit = (task.limitMbps ?? Number.POSITIVE_INFINITY) / 1000;
  const limited =
    limit < overall.gbps
      ? { gbps: limit, hours: hoursAt(task.sizeTiB, limit), bottleneck: "limit" }
      : { gbps: overall.gbps, hours: overall.hours, bottleneck: overall.bottleneck as string };
  const largest = Math.max(0, ...(task.shards ?? []).map(({ sizeTiB }) => sizeTiB));
  const slowest = hoursAt(largest, Math.min(TASK_GBPS, (task.agents / tasks) * AGENT_GBPS));
  if (slowest <= limited.hours) return limited;
  // One task works on while the others are done, so the whole never ends before its largest share.
  return { hours: slowest, gbps: (task.sizeTiB * GBIT_PER_TIB) / (slowest * 3600), bottleneck: "tasks" };
}

/** Everything that is too slow for a window, each with what would do. Empty when the transfer meets it. */
export function whatWouldMeet(task: TransferTask, windowHours: number): string[] {
  const plan = planTransfer(task);
  if (plan.hours <= windowHours) return [];
  const gbps = (task.sizeTiB * GBIT_PER_TIB) / (windowHours * 3600);
  const tasks = task.shards?.length ?? 1;
  const short: [string, boolean][] = [
    [`a link of ${up(gbps / LINK_SHARE)} Mbps`, (task.linkMbps / 1000) * LINK_SHARE < gbps],
    [`a limit of ${up(gbps)} Mbps or none`, task.limitMbps !== undefined && task.limitMbps / 1000 < gbps],
    [`${Math.ceil(gbps / AGENT_GBPS)} agents`, task.agents * AGENT_GBPS < gbps],
    [`${Math.ceil(gbps / TASK_GBPS)} tasks over directories of like size`, tasks * TASK_GBPS < gbps],
    [`a source that is read at ${up(gbps)} Mbps`, task.sourceGbps !== undefined && task.sourceGbps < gbps],
  ];
  const needed = short.filter(([, isShort]) => isShort).map(([what]) => what);
  const all = needed.length > 0 ? needed.join(" and ") : "directories of like size";
  return [all, `a window of ${Math.ceil(plan.hours)} h`];
}

function hoursAt(sizeTiB: number, gbps: number): number {
  return (sizeTiB * GBIT_PER_TIB) / gbps / 3600;
}

function up(gbps: number): number {
  return Math.ceil(gbps * 1000);
}
