import { benchCheck } from "./check";
import { benchEngine } from "./engine";
import { benchMany } from "./many";
import { benchPacks } from "./packs";
import { benchPeers } from "./peers/main";
import { benchPlacement } from "./placement";
import { benchPlanning } from "./planning";

const benches: { [name: string]: ((...sizes: number[]) => void | Promise<void>) | undefined } = {
  check: benchCheck,
  packs: benchPacks,
  engine: benchEngine,
  many: benchMany,
  placement: benchPlacement,
  planning: benchPlanning,
  peers: benchPeers,
};

/**
 * `npm run bench [-- <name> [runs]]`: without a name all but `many`, which takes minutes, and the peers, which have to be
 * installed first.
 */
async function main([name, ...sizes]: string[]): Promise<void> {
  const chosen = name === undefined ? ["check", "packs", "engine", "placement", "planning"] : [name];
  for (const one of chosen) {
    const bench = benches[one];
    if (!bench) throw new Error(`there is no bench ${one}; they are ${Object.keys(benches).join(", ")}`);
    await bench(...sizes.map(Number));
  }
}

void main(process.argv.slice(2));
