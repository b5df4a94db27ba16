import * as pulumi from "@pulumi/pulumi";
import { createAgents } from "./agents";
import { loadEnvironment } from "./environment";
import { createInterconnects } from "./interconnect";
import { createKnowledge } from "./knowledge";
import { createNetworks } from "./network";
import { createServing } from "./serving";
import { createGpuPools } from "./site";
import { createStores, exportStores } from "./stores";
import { createTraining } from "./training";
import { createTransfers } from "./transfer";
import { createTransits } from "./transit";

const parsed = loadEnvironment(
  new pulumi.Config().requireObject("environment"),
  pulumi.getStack(),
  __dirname,
);
if ("problems" in parsed) {
  const lines = parsed.problems.map(({ path, reason }) => `  ${path}: ${reason}`);
  throw new pulumi.RunError(["The environment is wrong:", ...lines].join("\n"));
}
const { environment } = parsed;
const networks = createNetworks(environment);
const transits = createTransits(environment, networks);
createInterconnects(environment, networks, transits);
const stores = createStores(environment, networks);
createTransfers(environment, networks, stores);
createTraining(environment, networks, stores);
createGpuPools(environment, networks);
createKnowledge(environment, networks);
createServing(environment, networks);

/** Agents by agents: class, transport and grant of every way between them; absent without agents. */
export const agents = createAgents(environment, networks);

/** What other stacks may read: every store with the facts that their own packs need. */
export const hybridAi = { version: 1, stores: exportStores(environment, networks, stores) };
