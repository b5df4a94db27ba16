import { type BulkTransferDayLimit, dayStretches, limitAtStart, turnsOf } from "./day-limits";
import type { Shard } from "./shards";
import type { TransferTask } from "./transfer-plan";

/** What the options of a task depend on. */
export interface TaskChoices {
  verify?: string;
  bandwidthMbps?: number;
  limits?: readonly unknown[];
}

/** The provider's default is POINT_IN_TIME_CONSISTENT, which ENHANCED refuses: so it is always said. */
export function verifyMode({ verify }: TaskChoices): string {
  if (verify === "all") return "POINT_IN_TIME_CONSISTENT";
  return verify === "none" ? "NONE" : "ONLY_FILES_TRANSFERRED";
}

/** ENHANCED has no limit on files, but verifies no whole destination, and its bandwidth limit is not documented. */
export function taskMode({ verify, bandwidthMbps, limits = [] }: TaskChoices): string {
  return verify === "all" || bandwidthMbps !== undefined || limits.length > 0 ? "BASIC" : "ENHANCED";
}

/** A limit over all tasks, for one of them: by its share of the data, so that all of them end together. */
export function shareOf(mbps: number, shard: Shard, shards: readonly Shard[]): number {
  const whole = shards.reduce((sum, { sizeTiB }) => sum + sizeTiB, 0);
  return whole > 0 ? (mbps * shard.sizeTiB) / whole : mbps / shards.length;
}

/** A limit as DataSync takes it: -1 is none, and 0 would be no transfer. */
export function bytesPerSecond(mbps: number | undefined): number {
  return mbps === undefined ? -1 : Math.max(1, Math.floor((mbps * 1_000_000) / 8));
}

/** The limit that each execution of a task starts with; none when absent. */
export function startingLimit(
  task: TransferTask,
  shard: Shard,
  shards: readonly Shard[],
  schedule: string,
): { bytesPerSecond?: number } {
  const mbps = limitAtStart(dayStretches(task.dayLimits ?? [], task.limitMbps), schedule);
  return mbps === undefined ? {} : { bytesPerSecond: bytesPerSecond(shareOf(mbps, shard, shards)) };
}

/** Every change of the limit in a day, and what each task gets from then on. */
export function turnsOfTasks(
  limits: readonly BulkTransferDayLimit[],
  otherwise: number | undefined,
  shards: readonly Shard[],
): { minute: number; mbps: number | undefined; bytesPerSecond: number[] }[] {
  return turnsOf(dayStretches(limits, otherwise)).map(({ minute, mbps }) => ({
    minute,
    mbps,
    bytesPerSecond: shards.map((shard) =>
      bytesPerSecond(mbps === undefined ? undefined : shareOf(mbps, shard, shards)),
    ),
  }));
}
