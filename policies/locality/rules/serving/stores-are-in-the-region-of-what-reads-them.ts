import {
  broken,
  compare,
  type Finding,
  notShown,
  type PlannedResource,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import { hiddenBecause } from "@hybrid-ai-fabric/graph/interconnect";
import { placeOfAwsRegion, roundTripMs } from "@hybrid-ai-fabric/locality";
import { registeredStores } from "./serving-plan";

/** Round trips: cloudping.co medians of 2025 between regions (locality/data/round-trips.json). */
export const storesAreNear: Rule = {
  id: "stores-are-in-the-region-of-what-reads-them",
  pack: "locality",
  severity: "high",
  level: "mandatory",
  description:
    "What answers users reads its vectors and features in its own region: each question asks them several times, and each time a round trip is added to the answer.",
  remediation:
    "Give the region an index or a feature store of its own, or serve from the region that has one.",
  evaluate: (view) => [...registered(view), ...annotated(view)],
};

/** Stores that a component registered beside the region of what it serves. */
function registered(view: View): Finding[] {
  return view.graph.resources.flatMap((resource) =>
    registeredStores(resource).flatMap(({ name, region, path }) => {
      const own = resource.outputs.region;
      if (typeof own !== "string" || typeof region !== "string") {
        const why = hiddenBecause(region) ?? "its own region is not known before creation";
        return [
          notShown(
            resource,
            path,
            `Nothing shows whether ${name} is in the region of ${resource.name}: ${why}.`,
          ),
        ];
      }
      return region === own ? [] : [far(resource, path, name, region, own)];
    }),
  );
}

/** Reads of the settings: flows of code that no property shows. */
function annotated(view: View): Finding[] {
  const { nodes, outgoing } = view.graph;
  return [...outgoing.values()]
    .flat()
    .filter(({ property }) => property === "settings.labels.reads")
    .sort((a, b) => compare(a.to, b.to) || compare(a.from, b.from))
    .flatMap(({ from, to, property }) => {
      const [store, reader] = [nodes.get(from), nodes.get(to)];
      if (store?.row?.role !== "store" || !reader?.resource) return [];
      const via = [{ urn: from, property: "region" }];
      const [there, here] = [store, reader].map(({ location }) =>
        location.places.map(({ place }) => place.region),
      );
      const name = store.resource?.name ?? from;
      if (there?.[0] === undefined || here?.[0] === undefined) {
        const message = `Nothing shows whether ${name} is in the region of ${reader.resource.name}, which reads it.`;
        return [notShown(reader.resource, property, message, { via })];
      }
      return there[0] === here[0] ? [] : [far(reader.resource, property, name, there[0], here[0], via)];
    });
}

function far(
  reader: PlannedResource,
  property: string,
  store: string,
  region: string,
  own: string,
  via: { urn: string; property: string }[] = [],
): Finding {
  const [from, to] = [placeOfAwsRegion(own), placeOfAwsRegion(region)];
  const trip = from && to ? roundTripMs(from, to) : undefined;
  const figure = trip
    ? `${Math.round(trip.p50)} ms there and back for each read (${trip.estimate ? "estimated" : "measured"}, median)`
    : "a way between regions for each read";
  const message = `${reader.name} in ${own} reads ${store} in ${region}: ${figure}. Proposed: a store in ${own}.`;
  return broken(reader, property, message, { via });
}
