import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { installedEngine } from "../../offline/engine/installed";
import { cacheDirectory } from "../../offline/setup/progress";
import { bundleCommand, bundlePack } from "../../policies/bundle";
import { generatedPlan } from "../generated-plan";
import { type Duration, durationOf, shown } from "../timing";
import { awsGuard, throughEngine } from "./awsguard";
import { settings } from "./cases";
import { largeTemplate } from "./cloudformation";
import { ours, scoresOf, scoreTable } from "./compare";
import { terraformPlan } from "./terraform";
import { commandPeers, type Peer } from "./tools";

const SIZE = 1_000;
const SEED = 7;
const root = resolve(__dirname, "../..");
const command = join(root, "policies", "cli");

/** Which leaks each peer finds on the same programs, and how long each takes for a thousand resources. */
export async function benchPeers(runs = 3): Promise<void> {
  const home = join(cacheDirectory(), "peers");
  mkdirSync(home, { recursive: true });
  const engine = await installedEngine();
  const guard = awsGuard(home, engine);
  const there = commandPeers(home);
  const asked = [...(guard ? [guard] : []), ...there];
  console.log(scoreTable([ours(), ...asked.flatMap(scoresOf)]));
  const directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-bench-"));
  try {
    const { resources } = generatedPlan(SIZE, SEED);
    const file = (name: string, content: unknown) => {
      const path = join(directory, name);
      writeFileSync(path, JSON.stringify(content));
      return path;
    };
    const plan = file("plan.json", { version: 1, environment: "generated", resources });
    const terraform = file("terraform.json", terraformPlan(resources));
    const cloudformation = file("template.json", largeTemplate(SIZE));
    const cli = bundleCommand(command, join(directory, "command"));
    const own = durationOf(process.execPath, [cli, "check", plan, "--quiet"], runs);
    console.log(`\nhybrid-ai-fabric check, ${SIZE} resources: ${shown(own)}`);
    for (const peer of there) {
      const input = peer.format === "terraform" ? terraform : cloudformation;
      const taken = durationOf(peer.executable, peer.command(input), runs);
      const times = (usedBy(taken) / usedBy(own)).toFixed(1);
      console.log(`${title(peer)}: ${shown(taken)}, ${times} times ours`);
    }
    symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
    const { directory: all } = bundlePack(join(root, "policies", "all"), join(directory, "all"));
    const packs = {
      "an empty pack": { pack: join(root, "bench", "empty-pack") },
      ...(guard ? { [title(guard)]: { pack: guard.pack } } : {}),
      "hybrid-ai-fabric, all packs": { pack: all, settings },
    };
    for (const [pack, taken] of Object.entries(throughEngine(engine, resources, packs, runs)))
      console.log(`pulumi policy analyze with ${pack}: ${shown(taken)}`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function usedBy({ wall, processor }: Duration): number {
  return processor ?? wall;
}

function title({ name, version }: Peer): string {
  return `${name} ${version}`;
}
