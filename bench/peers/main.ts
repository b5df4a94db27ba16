import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cacheDirectory } from "../../offline/setup/progress";
import { bundleCommand } from "../../policies/bundle";
import { generatedPlan } from "../generated-plan";
import { type Duration, durationOf, shown } from "../timing";
import { largeTemplate } from "./cloudformation";
import { ours, scoresOf, scoreTable } from "./compare";
import { terraformPlan } from "./terraform";
import { type Peer, peers } from "./tools";

const SIZE = 1_000;
const SEED = 7;
const command = resolve(__dirname, "../../policies/cli");

/** Which leaks each peer finds on the same programs, and how long each takes for a thousand resources. */
export function benchPeers(runs = 3): void {
  const there = peers(cacheDirectory());
  console.log(scoreTable([ours(), ...there.flatMap(scoresOf)]));
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
