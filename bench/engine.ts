import { preview } from "../offline/preview";
import { median, requestFor } from "./surroundings";

/** Times a warm preview of tokyo-dev with and without the pack, in turn, so that a drifting machine touches both. */
export async function benchEngine(runs = 5): Promise<void> {
  const withPack = await requestFor("tokyo-dev", "policies/config/tokyo-dev.json");
  const cases = { "with the pack": withPack, "without it": { ...withPack, packs: [] } };
  const seconds: { [title: string]: number[] } = { "with the pack": [], "without it": [] };
  for (let run = -1; run < runs; run++) {
    for (const [title, request] of Object.entries(cases)) {
      const started = process.hrtime.bigint();
      const { status, errors } = await preview(request);
      if (status !== 0) throw new Error(`${title}: the preview ended with ${status}: ${errors.join("\n")}`);
      // The first run of each warms the caches and is not counted.
      if (run >= 0) seconds[title]?.push(Number(process.hrtime.bigint() - started) / 1e9);
    }
  }
  for (const [title, values] of Object.entries(seconds)) {
    const range = `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;
    console.log(
      `tokyo-dev ${title}: median ${median(values).toFixed(2)} s of ${values.length} runs (${range})`,
    );
  }
  const ratios = (seconds["with the pack"] ?? []).map(
    (value, run) => value / (seconds["without it"]?.[run] ?? Number.NaN),
  );
  console.log(`ratio with to without, pair by pair: median ${median(ratios).toFixed(2)}`);
}
