import { compare, type DataNode, shortName, type View } from "@hybrid-ai-fabric/graph";
import { awsRegion, describePlace, equinixMetro, type Place } from "@hybrid-ai-fabric/locality";

/** A place on the map: a region, a metro, a site, a country that nothing says more of, or what nothing shows. */
export interface Stop {
  /** The place as people read it, which is also its name in links. */
  id: string;
  /** City, where a table tells it. */
  city?: string;
  /** ISO 3166-1 alpha-2; undefined for any country and for what is not shown. */
  country?: string;
  kind: "region" | "metro" | "site" | "country" | "anywhere" | "notShown";
  /** Resources of the plan that are there. */
  resources: number;
  /** Resources that may be there, because nothing shows which of several places they are in. */
  mayBe: number;
  /** Datasets that rest there, with the stores that hold them. */
  rests: { dataset: string; stores: string[] }[];
}

/** The place of whatever nothing shows, as the map names it. */
export const NOT_SHOWN = "not shown";

/** The places of a node, as stops; a place that is known only in part counts as one that is not shown as well. */
export function stopsOf({ location }: Pick<DataNode, "location">): string[] {
  const known = [...new Set(location.places.map(({ place }) => describePlace(place)))];
  return location.unresolved.length > 0 ? [...known, NOT_SHOWN] : known;
}

/** Every place of a plan that has resources or data, and the other ends of its links, by country and name. */
export function findStops(view: View, linked: readonly Place[] = []): Stop[] {
  const stops = new Map<string, Stop>();
  for (const node of view.graph.nodes.values()) {
    if (node.kind === "resource") {
      for (const id of stopsOf(node)) {
        const stop = stopAt(stops, id, placeAs(id, node));
        if (isOnlyPossible(id, node)) stop.mayBe++;
        else stop.resources++;
      }
    }
  }
  for (const [dataset, arrivals] of view.reach) {
    for (const { node } of arrivals.values()) {
      if (!holdsData(node)) continue;
      for (const id of stopsOf(node)) rest(stopAt(stops, id, placeAs(id, node)), dataset, nameOf(node));
    }
  }
  for (const place of linked) stopAt(stops, describePlace(place), place);
  return [...stops.values()].map(inOrder).sort((a, b) => compare(orderOf(a), orderOf(b)));
}

/** Data rests in stores, and in whatever stands outside the plan. */
export function holdsData({ kind, row }: DataNode): boolean {
  return kind === "external" || (kind === "resource" && row?.role === "store");
}

export function nameOf({ kind, urn, id }: DataNode): string {
  return kind === "external" ? id.replace(/^external:/, "") : shortName(urn);
}

function stopAt(stops: Map<string, Stop>, id: string, place: Place | undefined): Stop {
  const known = stops.get(id);
  if (known) return known;
  const stop: Stop = { id, ...kindOf(place), resources: 0, mayBe: 0, rests: [] };
  stops.set(id, stop);
  return stop;
}

function placeAs(id: string, { location }: DataNode): Place | undefined {
  return location.places.map(({ place }) => place).find((place) => describePlace(place) === id);
}

function isOnlyPossible(id: string, { location }: DataNode): boolean {
  const here = location.places.filter(({ place }) => describePlace(place) === id);
  return here.length > 0 && here.every(({ possible }) => possible === true);
}

function kindOf(place: Place | undefined): Pick<Stop, "kind" | "country" | "city"> {
  if (place === undefined) return { kind: "notShown" };
  if (!/^[A-Z]{2}$/.test(place.country)) return { kind: "anywhere" };
  const { country, region, metro, site } = place;
  const city = metro ? equinixMetro(metro)?.city : region ? cityOfRegion(region) : undefined;
  return { kind: site ? "site" : region ? "region" : metro ? "metro" : "country", country, city };
}

/** `Asia Pacific (Tokyo)` as `Tokyo`. */
function cityOfRegion(id: string): string | undefined {
  const name = awsRegion(id)?.name;
  return name === undefined ? undefined : (/\((.+)\)/.exec(name)?.[1] ?? name);
}

function rest(stop: Stop, dataset: string, store: string): void {
  const known = stop.rests.find((entry) => entry.dataset === dataset);
  if (known) known.stores.push(store);
  else stop.rests.push({ dataset, stores: [store] });
}

function inOrder(stop: Stop): Stop {
  const rests = stop.rests.map(({ dataset, stores }) => ({
    dataset,
    stores: [...new Set(stores)].sort(compare),
  }));
  return { ...stop, rests: rests.sort((a, b) => compare(a.dataset, b.dataset)) };
}

function orderOf({ country, id }: Stop): string {
  return `${country ?? "~"} ${id}`;
}
