import {
  channelsOf,
  compare,
  datasetsAt,
  fromDeclaration,
  shortName,
  type Value,
  type View,
} from "@hybrid-ai-fabric/graph";
import { interconnectOf } from "@hybrid-ai-fabric/graph/interconnect";
import { describePlace, type Place } from "@hybrid-ai-fabric/locality";
import { nameOf, stopsOf } from "./stops";

/** What joins two places: a private path, a channel between agents, or data that moves by itself. */
export type LinkKind = "path" | "channel" | "flow";

/** All of one kind that joins two places. */
export interface Link {
  /** Stable within one plan; the id of its curve on the map. */
  id: string;
  kind: LinkKind;
  from: string;
  to: string;
  /** A path is travelled both ways; a channel and a flow have a direction, unless there are some each way. */
  directed: boolean;
  carriers: Carrier[];
  /** Every dataset that travels on some carrier of it. */
  datasets: string[];
}

/** One thing of the plan that makes a link: an interconnect, a peering, a channel, a replication. */
export interface Carrier {
  name: string;
  /** What was predicted of it, shortly. */
  figures: string[];
  datasets: string[];
  /** Resources that it consists of. */
  urns: string[];
}

interface Strand extends Omit<Carrier, "urns" | "figures"> {
  kind: LinkKind;
  from: string;
  to: string;
  urn: string;
}

/** Every link between two places of a plan, in a stable order. */
export function findLinks(view: View): Link[] {
  return bundle([...paths(view), ...flows(view), ...channels(view)]);
}

/** A path stands in all the places that it joins. */
function paths(view: View): Strand[] {
  const { componentsOf } = interconnectOf(view);
  return [...view.graph.nodes.values()].flatMap(({ urn, id, resource, ...node }) => {
    const ends = stopsOf(node);
    if (!resource || node.row?.role !== "path" || ends.length < 2) return [];
    const interconnects = componentsOf(resource).map(({ outputs }) => outputs.interconnect);
    const name = interconnects.find((found) => typeof found === "string") ?? shortName(urn);
    const datasets = datasetsAt(view.reach, id);
    return pairsOf(ends).map(([from, to]) => ({ kind: "path", from, to, name, datasets, urn }));
  });
}

function pairsOf(ends: readonly string[]): [string, string][] {
  const sorted = [...ends].sort(compare);
  return sorted.flatMap((from, index) => sorted.slice(index + 1).map((to): [string, string] => [from, to]));
}

/** Data that leaves a place for another one, over whatever has no place of its own in between. */
function flows(view: View): Strand[] {
  return [...view.reach].flatMap(([dataset, arrivals]) => {
    const originsOf = (id: string, seen: ReadonlySet<string> = new Set()): string[] => {
      const arrival = arrivals.get(id);
      if (!arrival || seen.has(id)) return [];
      const here = stopsOf(arrival.node);
      return here.length > 0 || !arrival.over ? here : originsOf(arrival.over.from, new Set([...seen, id]));
    };
    return [...arrivals.values()].flatMap(({ node, over }) => {
      if (!over || over.carries === "key") return [];
      const [origins, ends] = [originsOf(over.from), stopsOf(node)];
      if (ends.some((end) => origins.includes(end))) return [];
      const strand = { kind: "flow" as const, name: nameOf(node), datasets: [dataset], urn: over.declaredBy };
      return origins.flatMap((from) => ends.map((to) => ({ ...strand, from, to })));
    });
  });
}

/** Channels between agents of different places. */
function channels(view: View): Strand[] {
  return channelsOf(view).flatMap(({ resource, name, carries, fromPlaces, toPlaces }) => {
    const { transport } = resource.outputs;
    const kept = {
      kind: "channel" as const,
      name: typeof transport === "string" ? `${name} (${transport})` : name,
      datasets: carries,
      urn: resource.urn,
    };
    const ends = placesIn(toPlaces).map(describePlace);
    return placesIn(fromPlaces)
      .map(describePlace)
      .flatMap((from) => ends.filter((to) => to !== from).map((to) => ({ ...kept, from, to })));
  });
}

/** The places that channels join, where the plan may have nothing else. */
export function placesOfChannels(view: View): Place[] {
  return channelsOf(view).flatMap(({ fromPlaces, toPlaces }) => placesIn([...fromPlaces, ...toPlaces]));
}

function placesIn(declared: readonly Value[]): Place[] {
  return declared
    .filter((text) => typeof text === "string")
    .flatMap((text) => fromDeclaration(text).places.map(({ place }) => place));
}

/** One link for all strands of a kind between two places: a map of single resources could not be read. */
function bundle(strands: readonly Strand[]): Link[] {
  const links = new Map<string, Strand[]>();
  for (const strand of strands) {
    const key = JSON.stringify([strand.kind, ...[strand.from, strand.to].sort(compare)]);
    links.set(key, [...(links.get(key) ?? []), strand]);
  }
  return [...links]
    .sort(([a], [b]) => compare(a, b))
    .map(([, members], index) => {
      const [first] = [...members].sort((a, b) => compare(a.name, b.name));
      if (!first) throw new Error("a link consists of something");
      const oneWay = first.kind !== "path" && members.every(({ from }) => from === first.from);
      const carriers = carriersOf(members);
      const datasets = [...new Set(carriers.flatMap((carrier) => carrier.datasets))].sort(compare);
      const { kind, from, to } = first;
      return { id: `link-${index + 1}`, kind, from, to, directed: oneWay, carriers, datasets };
    });
}

function carriersOf(strands: readonly Strand[]): Carrier[] {
  const names = [...new Set(strands.map(({ name }) => name))].sort(compare);
  return names.map((name) => {
    const own = strands.filter((strand) => strand.name === name);
    const datasets = [...new Set(own.flatMap((strand) => strand.datasets))].sort(compare);
    return { name, figures: [], datasets, urns: [...new Set(own.map(({ urn }) => urn))].sort(compare) };
  });
}
