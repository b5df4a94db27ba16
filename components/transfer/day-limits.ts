import type { ArgumentProblem } from "../problems";

/** A limit that holds at some hours of every day. */
export interface BulkTransferDayLimit {
  /** First minute, such as 08:00, in UTC. */
  from: string;
  /** First minute after it, such as 18:00, in UTC; before `from` when the hours run over midnight. */
  to: string;
  /** Mbps over all tasks together. */
  mbps: number;
}

/** A stretch of the day with one limit. */
export interface DayStretch {
  /** Minute of the day that it begins at. */
  from: number;
  minutes: number;
  /** Mbps over all tasks together; none when undefined. */
  mbps: number | undefined;
}

const DAY = 24 * 60;

/** Minute of the day of a time such as 08:30; undefined when it is none. */
export function minuteOf(time: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** 08:30 for the minute 510. */
export function timeOf(minute: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

export function validateDayLimits(limits: readonly BulkTransferDayLimit[]): ArgumentProblem[] {
  const problems: ArgumentProblem[] = [];
  const wrong = (propertyPath: string, reason: string) => problems.push({ propertyPath, reason });
  limits.forEach(({ from, to, mbps }, index) => {
    for (const [property, time] of Object.entries({ from, to })) {
      if (minuteOf(time) === undefined)
        wrong(`limits[${index}].${property}`, `"${time}" is no time of day from 00:00 to 23:59`);
    }
    if (from === to) wrong(`limits[${index}].to`, `"${to}" is its beginning; the whole day is bandwidthMbps`);
    if (!(mbps > 0)) wrong(`limits[${index}].mbps`, `${mbps}; it must be more than nothing`);
  });
  if (problems.length > 0) return problems;
  const held = limits.map(heldMinutes);
  held.forEach((minutes, index) => {
    const other = held.findIndex((earlier, at) => at < index && earlier.some(inside(minutes)));
    if (other >= 0) wrong(`limits[${index}]`, `overlaps limits[${other}]; one limit holds at a time`);
  });
  return problems;
}

/** The day as stretches of one limit each, from midnight on; `otherwise` holds outside of every limit. */
export function dayStretches(
  limits: readonly BulkTransferDayLimit[],
  otherwise: number | undefined,
): DayStretch[] {
  const held = limits.map((limit) => ({ ranges: heldMinutes(limit), mbps: limit.mbps }));
  const turns = held.flatMap(({ ranges }) => ranges.flatMap(([from, to]) => [from, to % DAY]));
  const starts = [...new Set([0, ...turns])].sort((a, b) => a - b);
  return starts.map((from, index) => ({
    from,
    minutes: (starts[index + 1] ?? DAY) - from,
    mbps:
      held.find(({ ranges }) => ranges.some(([start, end]) => start <= from && from < end))?.mbps ??
      otherwise,
  }));
}

/** Every change of the limit in a day, and the limit from then on. */
export function turnsOf(stretches: readonly DayStretch[]): { minute: number; mbps: number | undefined }[] {
  return stretches
    .map(({ from, mbps }, index) => ({ minute: from, mbps, before: stretches.at(index - 1)?.mbps }))
    .filter(({ mbps, before }) => mbps !== before)
    .map(({ minute, mbps }) => ({ minute, mbps }));
}

/**
 * The limit that an execution starts with: that of its minute where the cron expression says one, else the lowest of the
 * day, which the next turn lifts.
 */
export function limitAtStart(stretches: readonly DayStretch[], schedule: string): number | undefined {
  const start = startOf(schedule);
  if (start !== undefined) return stretches[indexAt(stretches, start)]?.mbps;
  const lowest = Math.min(...stretches.map(({ mbps }) => mbps ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(lowest) ? lowest : undefined;
}

/** Minute of the day, in UTC, that a cron expression starts at; undefined when it has several. */
export function startOf(schedule: string): number | undefined {
  const match = /^cron\((\d{1,2}) (\d{1,2}) /.exec(schedule);
  return match ? Number(match[2]) * 60 + Number(match[1]) : undefined;
}

/**
 * Hours to move so many Gbit at a rate that the limits of the day hold down: from `start` on, else from the worst minute
 * of the day.
 */
export function hoursOverDays(
  gbit: number,
  gbps: number,
  stretches: readonly DayStretch[],
  start: number | undefined,
): number {
  const rates = stretches.map(({ from, minutes, mbps }) => ({
    from,
    minutes,
    perMinute: Math.min(gbps, (mbps ?? Number.POSITIVE_INFINITY) / 1000) * 60,
  }));
  if (start !== undefined) return elapsed(gbit, rates, start) / 60;
  // Hours are linear in the start between the minutes at which it, or the end, meets a turn of the limit.
  const mirrored = rates
    .map((rate) => ({ ...rate, from: (DAY - rate.from - rate.minutes) % DAY }))
    .sort((a, b) => a.from - b.from);
  const worst = rates.flatMap(({ from }) => [
    elapsed(gbit, rates, from),
    elapsed(gbit, mirrored, (DAY - from) % DAY),
  ]);
  return Math.max(...worst) / 60;
}

interface Rate {
  from: number;
  minutes: number;
  perMinute: number;
}

/** Minutes from `start` until so much has moved: whole days at once, and what is left stretch by stretch. */
function elapsed(gbit: number, rates: readonly Rate[], start: number): number {
  const perDay = rates.reduce((sum, { minutes, perMinute }) => sum + minutes * perMinute, 0);
  const days = Math.floor(gbit / perDay);
  let left = gbit - days * perDay;
  let minutes = days * DAY;
  const first = indexAt(rates, start);
  for (let step = 0; step <= rates.length; step++) {
    const rate = rates[(first + step) % rates.length];
    if (!rate || left <= 0) break;
    const gone = step === 0 ? start - rate.from : 0;
    const room = step === rates.length ? start - rate.from : rate.minutes - gone;
    const used = Math.min(room, left / rate.perMinute);
    minutes += used;
    left -= used * rate.perMinute;
  }
  return minutes;
}

/** Which stretch a minute is in. */
function indexAt(stretches: readonly { from: number }[], minute: number): number {
  return stretches.filter(({ from }) => from <= minute).length - 1;
}

/** Minutes of the day that a limit holds in: two ranges where it runs over midnight. */
function heldMinutes({ from, to }: BulkTransferDayLimit): [number, number][] {
  const start = minuteOf(from) ?? 0;
  const end = minuteOf(to) ?? 0;
  const ranges: [number, number][] =
    start < end
      ? [[start, end]]
      : [
          [start, DAY],
          [0, end],
        ];
  return ranges.filter(([first, last]) => first < last);
}

function inside(ranges: readonly [number, number][]): (range: [number, number]) => boolean {
  return ([from, to]) => ranges.some(([start, end]) => from < end && start < to);
}
