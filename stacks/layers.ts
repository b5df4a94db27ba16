import type { EnvironmentContent } from "./environment/shape";

/**
 * The layers of an environment, each with those that it reads. All of them are one stack, unless the environment
 * divides them among several so that a mistake in one cannot reach the others.
 */
export const layers = {
  network: [],
  interconnect: ["network"],
  stores: ["network"],
  training: ["network", "stores"],
  site: ["network"],
  knowledge: ["network"],
  serving: ["network"],
  agents: ["network"],
} as const satisfies { [layer: string]: readonly string[] };

export type Layer = keyof typeof layers;

export const layerNames = Object.keys(layers) as [Layer, ...Layer[]];

/** Layers that have anything to create in an environment. */
export function usedLayers(environment: EnvironmentContent): Layer[] {
  const nouns: { [layer in Layer]: readonly object[] } = {
    network: [environment.places],
    interconnect: [environment.interconnects, environment.siteNetworks, environment.clocks],
    stores: [environment.transfers, environment.trainingClusters],
    training: [environment.transfers, environment.trainingClusters],
    site: [environment.gpuPools],
    knowledge: [environment.vectorIndexes, environment.featureStores],
    serving: [environment.models, environment.endpoints, environment.frontDoors],
    agents: [environment.agents],
  };
  return layerNames.filter((layer) => nouns[layer].some((noun) => Object.keys(noun).length > 0));
}

/** True when a stack creates a layer: every stack does where the environment is not divided. */
export function creates(environment: EnvironmentContent, stack: string, layer: Layer): boolean {
  const { stacks } = environment;
  return stacks === undefined || (stacks[stack]?.includes(layer) ?? false);
}

/** The stack that creates a layer, for one that only reads it. */
export function stackOfLayer(environment: EnvironmentContent, layer: Layer): string | undefined {
  return Object.entries(environment.stacks ?? {}).find(([, created]) => created.includes(layer))?.[0];
}
