import { z } from "zod";
import type { Problem } from "../problems";
import { accounts } from "./accounts";
import { agents, checkAgents } from "./agents";
import { budgets, checkBudgets } from "./budgets";
import { channels } from "./channels";
import { checkClocks, clocks } from "./clocks";
import { checkDatasets, datasets } from "./datasets";
import { checkEndpoints, endpoints } from "./endpoints";
import { checkFeatureStores, featureStores } from "./feature-stores";
import { checkFrontDoors, frontDoors } from "./front-doors";
import { checkGpuPools, gpuPools } from "./gpu-pools";
import { checkInterconnects, interconnects } from "./interconnects";
import { memories } from "./memories";
import { checkModels, models } from "./models";
import { checkGatewayAsns } from "./path/gateway-asns";
import { checkPortVlans } from "./path/port-vlans";
import { checkPeerings, peerings } from "./peerings";
import { checkPlaces, places } from "./places";
import { checkPrefixes } from "./prefixes";
import { checkSiteNetworks, siteNetworks } from "./site-networks";
import { checkStacks, stacks } from "./stacks";
import { tools } from "./tools";
import { checkTrainingClusters, trainingClusters } from "./training-clusters";
import { checkTransfers, transfers } from "./transfers";
import { checkVectorIndexes, vectorIndexes } from "./vector-indexes";

/** The shape of one environment: one file per noun. Names are keys and become Pulumi names; unknown keys are refused. */
export const environmentShape = z.strictObject({
  accounts: accounts.default({}),
  places,
  datasets,
  interconnects: interconnects.default({}),
  peerings: peerings.default({}),
  siteNetworks: siteNetworks.default({}),
  clocks: clocks.default({}),
  transfers: transfers.default({}),
  trainingClusters: trainingClusters.default({}),
  gpuPools: gpuPools.default({}),
  agents: agents.default({}),
  tools: tools.default({}),
  memories: memories.default({}),
  channels: channels.default({}),
  models: models.default({}),
  endpoints: endpoints.default({}),
  frontDoors: frontDoors.default({}),
  vectorIndexes: vectorIndexes.default({}),
  featureStores: featureStores.default({}),
  stacks: stacks.optional(),
  tables: z
    .string()
    .optional()
    .describe(
      "path of the settings of the packs (JSON) whose tables this environment is planned by, such as ../policies/config/tokyo-dev.json; default: the tables as they are shipped",
    ),
  budgets: budgets.default({ transferHours: {}, userRoundTripMs: {} }),
});

export type EnvironmentContent = z.infer<typeof environmentShape>;
export type Environment = EnvironmentContent & { name: string };

/** What the shape cannot say: that names lead somewhere, and that facts agree with each other. */
const checks: readonly ((environment: EnvironmentContent) => Problem[])[] = [
  checkPlaces,
  checkPrefixes,
  checkDatasets,
  checkInterconnects,
  checkGatewayAsns,
  checkPeerings,
  checkSiteNetworks,
  checkPortVlans,
  checkClocks,
  checkTransfers,
  checkTrainingClusters,
  checkGpuPools,
  checkAgents,
  checkModels,
  checkEndpoints,
  checkFrontDoors,
  checkVectorIndexes,
  checkFeatureStores,
  checkBudgets,
  checkStacks,
];

/** Everything that is wrong with an environment whose shape is right. */
export function checkReferences(environment: EnvironmentContent): Problem[] {
  return checks.flatMap((check) => check(environment));
}
