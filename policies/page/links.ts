import { compare, type DataNode, fromDeclaration, shortName, type View } from "@hybrid-ai-fabric/graph";
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
  return [...view.graph.nodes.values()].flatMap((node) => {
    const ends = stopsOf(node);
    if (node.kind !== "resource" || node.row?.role !== "path" || ends.length < 2) return [];
    const name = interconnectOf(node, view) ?? shortName(node.urn);
    const datasets = datasetsAt(view, node);
    return pairsOf(ends).map(([from, to]) => ({ kind: "path", from, to, name, datasets, urn: node.urn }));
  });
}

/** The interconnect that a resource is a part of, by what a component above it registered. */
function interconnectOf({ resource }: DataNode, { graph }: View): string | undefined {
  for (let above = resource; above; above = above.parent ? graph.byUrn(above.parent) : undefined) {
    const { interconnect } = above.outputs;
    if (!above.custom && typeof interconnect === "string") return interconnect;
  }
  return undefined;
}

function datasetsAt({ reach }: View, { id }: DataNode): string[] {
  return [...reach].filter(([, arrivals]) => arrivals.has(id)).map(([dataset]) => dataset);
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

/** Channels of agents, as the component that declares each one registered them. */
function channels(view: View): Strand[] {
  return view.graph.resources.flatMap(({ custom, outputs, urn }) => {
    const { channel, fromPlaces, toPlaces, carries, transport } = outputs;
    if (custom || typeof channel !== "string") return [];
    const name = typeof transport === "string" ? `${channel} (${transport})` : channel;
    const datasets = textsIn(carries);
    const [starts, ends] = [placesIn(fromPlaces), placesIn(toPlaces)].map((places) =>
      places.map(describePlace),
    );
    return (starts ?? []).flatMap((from) =>
      (ends ?? [])
        .filter((to) => to !== from)
        .map((to) => ({ kind: "channel" as const, from, to, name, datasets, urn })),
    );
  });
}

/** The places that channels join, where the plan may have nothing else. */
export function placesOfChannels(view: View): Place[] {
  return view.graph.resources.flatMap(({ custom, outputs }) =>
    custom || typeof outputs.channel !== "string"
      ? []
      : [...placesIn(outputs.fromPlaces), ...placesIn(outputs.toPlaces)],
  );
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

function placesIn(value: unknown): Place[] {
  return textsIn(value).flatMap((text) => fromDeclaration(text).places.map(({ place }) => place));
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
