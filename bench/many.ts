import { join } from "node:path";
import { preview } from "../offline/preview";
import { median, requestFor } from "./surroundings";
import { type Duration, mediansOf, shown, timed } from "./timing";

/**
 * Times previews of a large program with all packs and with one empty pack, in turn: the engine and the policy SDK
 * take most of the time, so ours is told as a ratio. The size is an argument of its own: `npm run bench -- many 3 3000`.
 */
export async function benchMany(runs = 3, resources = 1_000): Promise<void> {
  const base = await requestFor("tokyo-dev", "policies/config/tokyo-dev.json");
  const directory = join(__dirname, "many");
  const project = { environment: "many", configFile: undefined, directory, name: "many" };
  const text = JSON.stringify({ config: { "aws:region": "ap-northeast-1", "many:resources": resources } });
  const request = { ...base, project, configuration: { text, secrets: {}, stoodIn: [] } };
  const cases = { all: base.packs, empty: [join(__dirname, "empty-pack")] };
  const taken: { all: Duration[]; empty: Duration[] } = { all: [], empty: [] };
  for (let run = 0; run < runs; run++) {
    for (const title of ["all", "empty"] as const) {
      const settings = title === "all" ? base.settings : {};
      taken[title].push(
        await timed(async () => {
          const { status, errors } = await preview({ ...request, packs: cases[title], settings });
          if (status !== 0)
            throw new Error(`${title}: the preview ended with ${status}: ${errors.join("\n")}`);
        }),
      );
    }
  }
  console.log(`${resources} resources through the engine, all packs: ${shown(mediansOf(taken.all))}`);
  console.log(`${resources} resources through the engine, one empty pack: ${shown(mediansOf(taken.empty))}`);
  const ratios = (["wall", "processor"] as const).map((what) => {
    const pairs = taken.all.map(
      (all, run) => (all[what] ?? Number.NaN) / (taken.empty[run]?.[what] ?? Number.NaN),
    );
    return `${what} ${median(pairs).toFixed(2)}`;
  });
  console.log(`ratio, pair by pair, median of ${runs}: ${ratios.join(", ")}`);
}
