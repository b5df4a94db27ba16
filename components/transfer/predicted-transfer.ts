import { activated } from "./agents";
import type { BulkTransferArgs } from "./bulk-transfer";
import { startOf } from "./day-limits";
import { type Directory, type Shard, shardDirectories } from "./shards";
import { planLaterTransfer, planTransfer, type TransferPlan, type TransferTask } from "./transfer-plan";

/** What the transfer moves with, as its plan reads it. */
export function transferTask(args: BulkTransferArgs): TransferTask & { shards: Shard[] } {
  const waiting = activated(args.agents ?? []).length === 0 && (args.agentArns ?? []).length === 0;
  const ready = (args.agentArns ?? []).length + activated(args.agents ?? []).length;
  // Before the first agent is activated the plan is that of all agents to come.
  const agents = waiting ? (args.agents ?? []).length : ready;
  const directories: Directory[] = args.directories ?? [];
  const startMinute = startOf(args.schedule);
  return {
    sizeTiB: args.sizeTiB,
    linkMbps: args.linkMbps,
    agents,
    shards: shardDirectories(directories, args.sizeTiB, Math.max(1, agents)),
    ...(args.bandwidthMbps === undefined ? {} : { limitMbps: args.bandwidthMbps }),
    ...(args.limits?.length ? { dayLimits: args.limits } : {}),
    ...(startMinute === undefined ? {} : { startMinute }),
    ...(args.sourceGbps === undefined ? {} : { sourceGbps: args.sourceGbps }),
  };
}

/** Hours of what the site grows by in a day. */
export function dailyHours(args: BulkTransferArgs): number {
  const growth = args.dailyGrowthTiB ?? 0;
  return growth > 0 ? planLaterTransfer(transferTask(args), growth).hours : 0;
}

/** Figures of the first, full transfer and of the daily one. */
export function transferPredictions(subject: string, args: BulkTransferArgs, plan: TransferPlan) {
  const daily = dailyHours(args);
  const limitedBy = plan.bottleneck;
  return [
    { subject, quantity: "first transfer", value: plan.hours, unit: "h", limitedBy },
    { subject, quantity: "rate", value: plan.gbps, unit: "Gbps", limitedBy },
    ...(daily > 0 ? [{ subject, quantity: "daily transfer", value: daily, unit: "h", limitedBy }] : []),
  ];
}

/** Tasks, hours and bottleneck of the first, full transfer. */
export function predict(args: BulkTransferArgs): { task: TransferTask; shards: Shard[]; plan: TransferPlan } {
  const task = transferTask(args);
  return { task, shards: task.shards, plan: planTransfer(task) };
}
