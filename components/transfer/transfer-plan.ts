import { transferHours } from "@hybrid-ai-fabric/locality";
import { type BulkTransferDayLimit, dayStretches, hoursOverDays } from "./day-limits";
import type { Shard } from "./shards";

/** What a transfer has to move, and with what. */
export interface TransferTask {
  sizeTiB: number;
  /** Bandwidth of the link in Mbps. */
  linkMbps: number;
  /** Limit in Mbps over all tasks together; none when absent. */
  limitMbps?: number;
  /** Limits at hours of the day; `limitMbps` holds outside of them. */
  dayLimits?: readonly BulkTransferDayLimit[];
  /** Minute of the day, in UTC, that it starts at; the worst one when absent. */
  startMinute?: number;
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
  const free = planWithoutLimit(task);
  if (task.limitMbps === undefined && !task.dayLimits?.length) return free;
  // Limits are shared out by size, so they hold down the whole as they hold down each task.
  const stretches = dayStretches(task.dayLimits ?? [], task.limitMbps);
  const gbit = task.sizeTiB * GBIT_PER_TIB;
  const hours = hoursOverDays(gbit, free.gbps, stretches, task.startMinute);
  if (hours <= free.hours * (1 + 1e-12)) return free;
  return { hours, gbps: gbit / (hours * 3600), bottleneck: "limit" };
}

/** Later transfers of the same source, which move less over the same shares. */
export function planLaterTransfer(task: TransferTask, sizeTiB: number): TransferPlan {
  const part = sizeTiB / task.sizeTiB;
  const shards = task.shards?.map((shard) => ({ ...shard, sizeTiB: shard.sizeTiB * part }));
  return planTransfer({ ...task, sizeTiB, ...(shards ? { shards } : {}) });
}

function planWithoutLimit(task: TransferTask): TransferPlan {
  const tasks = task.shards?.length ?? 1;
  const overall = transferHours({
    sizeTiB: task.sizeTiB,
    linkGbps: task.linkMbps / 1000,
    agents: task.agents,
    tasks,
    ...(task.sourceGbps === undefined ? {} : { sourceGbps: task.sourceGbps }),
  });
  const largest = Math.max(0, ...(task.shards ?? []).map(({ sizeTiB }) => sizeTiB));
  const slowest = hoursAt(largest, Math.min(TASK_GBPS, (task.agents / tasks) * AGENT_GBPS));
  if (slowest <= overall.hours) return overall;
  // One task works on while the others are done, so the whole never ends before its largest share.
  return { hours: slowest, gbps: (task.sizeTiB * GBIT_PER_TIB) / (slowest * 3600), bottleneck: "tasks" };
}

/** Everything that is too slow for a window, each with what would do. Empty when the transfer meets it. */
export function whatWouldMeet(task: TransferTask, windowHours: number): string[] {
  const plan = planTransfer(task);
  if (plan.hours <= windowHours) return [];
  const gbps = (task.sizeTiB * GBIT_PER_TIB) / (windowHours * 3600);
  const tasks = task.shards?.length ?? 1;
  const limits = [task.limitMbps ?? [], ...(task.dayLimits ?? []).map(({ mbps }) => mbps)].flat();
  const limit = limits.length > 1 ? "limits" : "a limit";
  const short: [string, boolean][] = [
    [`a link of ${up(gbps / LINK_SHARE)} Mbps`, (task.linkMbps / 1000) * LINK_SHARE < gbps],
    [`${limit} of ${up(gbps)} Mbps or none`, limits.some((mbps) => mbps / 1000 < gbps)],
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
