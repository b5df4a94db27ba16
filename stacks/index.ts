import * as pulumi from "@pulumi/pulumi";
import { createAgents } from "./agents";
import { createClocks } from "./clocks";
import { configuredEnvironment, loadEnvironment } from "./environment";
import { createInterconnects } from "./interconnect";
import { createKnowledge, holdingsOfKnowledge } from "./knowledge";
import { creates, type Layer } from "./layers";
import { createNetworks, exportNetworks, referToNetworks, zonesOfSubnets } from "./network";
import { lowerLayers } from "./references";
import { createServing, exportModels, holdingsOfModels } from "./serving";
import { createGpuPools } from "./site";
import { createSiteNetworks } from "./site-networks";
import { createStores, exportTrainingStores, holdingsOf, referToStores } from "./stores";
import { planBy } from "./tables";
import { createTraining } from "./training";
import { createTransfers } from "./transfer";
import { createTransits, exportTransits, placesOfGateways, referToTransits } from "./transit";

const parsed = loadEnvironment(
  configuredEnvironment(new pulumi.Config().require("environment")),
  pulumi.getStack(),
  __dirname,
);
if ("problems" in parsed) {
  const lines = parsed.problems.map(({ path, reason }) => `  ${path}: ${reason}`);
  throw new pulumi.RunError(["The environment is wrong:", ...lines].join("\n"));
}
const { environment, tables } = parsed;
planBy(tables);
const here = (layer: Layer) => creates(environment, pulumi.getStack(), layer);
const lower = lowerLayers(environment);

const regions = here("network")
  ? createNetworks(environment)
  : referToNetworks(environment, lower.outputsOf<typeof exportNetworks>("network"));
const gateways = here("network") ? createTransits(environment, regions) : undefined;
if (here("interconnect")) {
  const reached =
    gateways ?? referToTransits(environment, regions, lower.outputsOf<typeof exportTransits>("network"));
  createInterconnects(environment, regions, reached);
  createSiteNetworks(environment);
  createClocks(environment);
}
const created = here("stores") ? createStores(environment, regions) : {};
if (here("training")) {
  const read = here("stores")
    ? created
    : referToStores(environment, regions, lower.outputsOf<typeof exportTrainingStores>("stores"));
  createTransfers(environment, regions, read);
  createTraining(environment, regions, read);
}
if (here("site")) createGpuPools(environment, regions);
const knowledge = here("knowledge") ? createKnowledge(environment, regions) : undefined;
const copies = here("serving") ? createServing(environment, regions) : {};

/** Agents by agents: class, transport and grant of every way between them; absent without agents. */
export const agents = here("agents") ? createAgents(environment, regions) : undefined;

/** What the packs of other stacks must know: every store with its place, dataset and residency, every subnet with its zone, every gateway with its region. */
export const hybridAi = {
  version: 1,
  subnets: here("network") ? zonesOfSubnets(environment, regions) : [],
  gateways: placesOfGateways(gateways ?? {}),
  stores: [
    ...holdingsOf(environment, regions, created),
    ...holdingsOfModels(environment, copies),
    ...(knowledge ? holdingsOfKnowledge(environment, knowledge) : []),
  ],
};

// What other stacks read, typed by the functions that return it (`outputsOf<typeof exportNetworks>`).
export const { networks } = here("network") ? exportNetworks(regions) : { networks: {} };
export const { transits } = exportTransits(gateways ?? {});
export const { stores } = exportTrainingStores(environment, regions, created);
export const { models } = exportModels(environment, copies);
