import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bundlePack, packsIn } from "../policies/bundle";
import { type Duration, mediansOf, shown, startOf } from "./timing";

const root = resolve(__dirname, "..");
const runner = join(root, "node_modules", "@pulumi", "pulumi", "cmd", "run-policy-pack");

/**
 * Times the start of each pack as a host starts it: compiled as it lies in the repository, bundled, and an empty pack, in
 * turn. What an empty pack takes is Pulumi's own runner.
 */
export async function benchPacks(runs = 5): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-bench-"));
  try {
    symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
    for (const pack of packsIn(join(root, "policies"))) {
      const compiled = join(root, "policies", pack);
      const { directory: bundled } = bundlePack(compiled, join(directory, pack));
      const starts = await startsOf({ compiled, bundled, empty: join(__dirname, "empty-pack") }, runs);
      for (const [title, durations] of Object.entries(starts))
        console.log(`start of the pack ${pack}, ${title}: ${shown(mediansOf(durations))}`);
      console.log(
        `bundled after empty, pair by pair: ${shown(medianDifference(starts.bundled, starts.empty))}`,
      );
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

type Way = "compiled" | "bundled" | "empty";

async function startsOf(
  folders: { [way in Way]: string },
  runs: number,
): Promise<{ [way in Way]: Duration[] }> {
  const measured: { [way in Way]: Duration[] } = { compiled: [], bundled: [], empty: [] };
  for (let run = -1; run < runs; run++) {
    for (const way of ["compiled", "bundled", "empty"] as const) {
      const start = await startOf([runner, "127.0.0.1:1", "."], folders[way]);
      // The first round warms the caches and is not counted.
      if (run >= 0) measured[way].push(start);
    }
  }
  return measured;
}

/** What a pack adds to the start of an empty one in the same round. */
function medianDifference(of: readonly Duration[], from: readonly Duration[]): Duration {
  return mediansOf(
    of.map(({ wall, processor }, round) => {
      const base = from[round] ?? { wall: Number.NaN, processor: undefined };
      const more =
        processor === undefined || base.processor === undefined ? undefined : processor - base.processor;
      return { wall: wall - base.wall, processor: more };
    }),
  );
}
