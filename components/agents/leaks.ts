import { allowedPlacesText, describePlace, mayBeIn, type Place } from "@hybrid-ai-fabric/locality";
import { modelPlaces, own, placeOf } from "./ends";
import { type Edge, expand } from "./expansion";
import type { AgentTopology } from "./topology";

/** A dataset that can end up where it may not be, by way of agents that pass it on. */
export interface Leak {
  dataset: string;
  place: Place;
  /** Names of agents, tools, memories and models, from the first that holds it to the last. */
  way: string[];
  /** Channel that brings it there; undefined when the model of the last agent does. */
  channel: string | undefined;
}

/**
 * What every participant can hold: what a channel declares, and what its sender was ever given. An agent that received a
 * dataset may write it into anything that it sends, and into its answers; only a declassification ends that.
 */
export function holdings(topology: AgentTopology): Map<string, Map<string, string[]>> {
  const edges = expand(topology);
  const held = new Map<string, Map<string, string[]>>();
  const queue: { who: string; dataset: string }[] = [];
  const give = (who: string, dataset: string, way: string[]) => {
    const datasets = held.get(who) ?? new Map<string, string[]>();
    held.set(who, datasets);
    if (datasets.has(dataset)) return;
    datasets.set(dataset, way);
    queue.push({ who, dataset });
  };
  for (const { from, declaration } of edges)
    for (const dataset of declaration.carries) give(from.name, dataset, [from.name]);
  const next = neighbours(edges);
  for (let head = 0; head < queue.length; head++) {
    const entry = queue[head];
    if (!entry) break;
    const way = held.get(entry.who)?.get(entry.dataset) ?? [];
    for (const neighbour of next.get(entry.who) ?? [])
      for (const dataset of leaving(topology, entry.who, entry.dataset))
        give(neighbour, dataset, [...way, neighbour]);
  }
  return held;
}

function neighbours(edges: readonly Edge[]): Map<string, string[]> {
  const next = new Map<string, string[]>();
  const link = (from: string, to: string) => next.set(from, [...(next.get(from) ?? []), to]);
  for (const { from, to, flow } of edges) {
    link(from.name, to.name);
    if (flow.answers) link(to.name, from.name);
  }
  return next;
}

/** What a dataset is when it leaves an agent: itself, unless the agent is declared to turn it into another. */
function leaving(topology: AgentTopology, who: string, dataset: string): string[] {
  const steps = (own(topology.agents, who)?.declassifies ?? []).filter(({ from }) => from === dataset);
  return steps.length > 0 ? steps.map(({ to }) => to) : [dataset];
}

/** Every dataset in a place that its residency does not allow, once per place and dataset, with the shortest way. */
export function leaks(topology: AgentTopology): Leak[] {
  const edges = expand(topology);
  return [...holdings(topology)].flatMap(([who, datasets]) =>
    [...datasets].flatMap(([dataset, way]) => {
      const labels = own(topology.datasets, dataset);
      if (!labels) return [];
      const outside = (place: Place) =>
        mayBeIn(labels.residency, "store", place, { kinds: labels.kinds }).verdict !== "holds";
      const channel = edges.find(({ from, to }) => to.name === who && from.name === way.at(-2))?.channel;
      return placesOfParticipant(topology, who)
        .filter(({ place }) => outside(place))
        .map(({ place, through }) => ({
          dataset,
          place,
          way: through === undefined ? way : [...way, through],
          channel: through === undefined ? channel : undefined,
        }));
    }),
  );
}

function placesOfParticipant(topology: AgentTopology, who: string): { place: Place; through?: string }[] {
  const tool = own(topology.tools, who);
  if (tool) return [{ place: { country: tool.jurisdiction, site: who, operator: "self" } }];
  const agent = own(topology.agents, who);
  const at = agent?.at ?? own(topology.memories, who)?.at ?? "";
  const place = own(topology.places, at);
  const models = agent ? modelPlaces(agent, topology) : [];
  return [
    ...(place ? [{ place: placeOf(at, place) }] : []),
    ...(Array.isArray(models)
      ? models.map((each) => ({ place: each, through: `model ${agent?.model}` }))
      : []),
  ];
}

export function describeLeak({ dataset, place, way }: Leak, topology: AgentTopology): string {
  const residency = own(topology.datasets, dataset)?.residency ?? [];
  return `dataset "${dataset}" can reach ${describePlace(place)} by ${way.join(" -> ")}; it may only be in ${allowedPlacesText(residency, "store")}`;
}
