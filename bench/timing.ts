import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { median } from "./surroundings";

/** How long a process ran. A busy machine lengthens the wall time, but not the processor time. */
export interface Duration {
  wall: number;
  /** User and system time in seconds; undefined where the machine does not tell. */
  processor: number | undefined;
}

/** Medians of several runs of a command; the first run warms the caches and is not counted. */
export function durationOf(
  command: string,
  args: readonly string[],
  runs: number,
  from: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Duration {
  const durations: Duration[] = [];
  for (let run = -1; run < runs; run++) {
    const started = process.hrtime.bigint();
    // The shell's `times` tells what its children used; Node does not.
    const { stdout } = spawnSync("sh", ["-c", '"$@" >/dev/null 2>&1; times', "sh", command, ...args], {
      ...from,
      encoding: "utf8",
    });
    const wall = Number(process.hrtime.bigint() - started) / 1e9;
    if (run >= 0) durations.push({ wall, processor: childrenSeconds(stdout) });
  }
  return mediansOf(durations);
}

export function mediansOf(durations: readonly Duration[]): Duration {
  const processor = durations.flatMap((duration) => duration.processor ?? []);
  return {
    wall: median(durations.map(({ wall }) => wall)),
    processor: processor.length > 0 ? median(processor) : undefined,
  };
}

export function shown({ wall, processor }: Duration): string {
  const used = processor === undefined ? "" : `, ${processor.toFixed(2)} s of processor time`;
  return `${wall.toFixed(2)} s${used}`;
}

/** The second line of `times`: user and system time of the children, as `0m1.25s 0m0.10s`. */
function childrenSeconds(output: string): number | undefined {
  const times = [...(output.split("\n")[1] ?? "").matchAll(/(\d+)m([\d.]+)s/g)];
  if (times.length < 2) return undefined;
  return times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

/** How long a plugin takes until it tells its port. */
export function startOf(args: readonly string[], directory: string): Promise<Duration> {
  const started = process.hrtime.bigint();
  const env = { ...process.env, PULUMI_CONFIG: "{}" };
  const child = spawn(process.execPath, args, { cwd: directory, env, stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.once("exit", (code) => reject(new Error(`the plugin ended with ${code}`)));
    child.stdout.once("data", () => {
      const start = {
        wall: Number(process.hrtime.bigint() - started) / 1e9,
        processor: processorSeconds(child.pid ?? 0),
      };
      child.removeAllListeners("exit");
      child.once("exit", () => resolve(start));
      child.kill();
    });
  });
}

/**
 * Processor time of a piece of work that ends every process that it starts, theirs included: what a busy machine does not
 * lengthen. Undefined where the machine does not tell.
 */
export async function timed(work: () => Promise<void>): Promise<Duration> {
  const started = process.hrtime.bigint();
  const before = usedWithChildren();
  await work();
  const after = usedWithChildren();
  return {
    wall: Number(process.hrtime.bigint() - started) / 1e9,
    processor: before === undefined || after === undefined ? undefined : after - before,
  };
}

function usedWithChildren(): number | undefined {
  const own = processorSeconds(process.pid);
  const children = processorSeconds(process.pid, CHILDREN);
  return own === undefined || children === undefined ? undefined : own + children;
}

/** Where `/proc/<pid>/stat` tells user and system time behind the name: of the process, and of children it waited for. */
const ITSELF = 11;
const CHILDREN = 13;

/** Linux counts the processor time of a process in hundredths of a second. */
function processorSeconds(pid: number, first = ITSELF): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return (Number(fields[first]) + Number(fields[first + 1])) / 100;
  } catch {
    return undefined;
  }
}
