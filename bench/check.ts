import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bundleCommand } from "../policies/bundle";
import { generatedPlan } from "./generated-plan";
import { durationOf, shown } from "./timing";

const SIZES = [1_000, 10_000, 100_000];
const SEED = 7;
const command = resolve(__dirname, "../policies/cli");

/** Times `hybrid-ai-fabric check`, bundled as it is published, on generated plans: start, reading, verdict and all. */
export function benchCheck(runs = 5): void {
  const directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-bench-"));
  try {
    const main = bundleCommand(command, join(directory, "command"));
    const taken = SIZES.map((size) => {
      const file = join(directory, `${size}.json`);
      const { resources, leaks } = generatedPlan(size, SEED);
      writeFileSync(file, JSON.stringify({ version: 1, environment: "generated", resources }));
      const duration = durationOf(process.execPath, [main, "check", file, "--quiet"], runs);
      console.log(`check of ${size} resources (${leaks.length} leaks): ${shown(duration)}`);
      return duration.processor ?? duration.wall;
    });
    const [, ten = Number.NaN, hundred = Number.NaN] = taken;
    console.log(`100,000 to 10,000 resources: ${(hundred / ten).toFixed(1)} times (10 is linear)`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
