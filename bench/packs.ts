import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bundlePack, packsIn } from "../policies/bundle";
import { type Duration, mediansOf, shown, startOf } from "./timing";

const root = resolve(__dirname, "..");
const runner = join(root, "node_modules", "@pulumi", "pulumi", "cmd", "run-policy-pack");

/** Times the start of each pack as a host starts it: compiled as it lies in the repository, and bundled, in turn. */
export async function benchPacks(runs = 5): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-bench-"));
  try {
    symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
    for (const pack of packsIn(join(root, "policies"))) {
      const source = join(root, "policies", pack);
      const { directory: bundled } = bundlePack(source, join(directory, pack));
      for (const [title, duration] of Object.entries(await starts(source, bundled, runs)))
        console.log(`start of the pack ${pack}, ${title}: ${shown(duration)}`);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function starts(
  compiled: string,
  bundled: string,
  runs: number,
): Promise<{ compiled: Duration; bundled: Duration }> {
  const measured: { compiled: Duration[]; bundled: Duration[] } = { compiled: [], bundled: [] };
  const once = (folder: string) => startOf([runner, "127.0.0.1:1", "."], folder);
  for (let run = -1; run < runs; run++) {
    const pair = { compiled: await once(compiled), bundled: await once(bundled) };
    // The first pair warms the caches and is not counted.
    if (run < 0) continue;
    measured.compiled.push(pair.compiled);
    measured.bundled.push(pair.bundled);
  }
  return { compiled: mediansOf(measured.compiled), bundled: mediansOf(measured.bundled) };
}
