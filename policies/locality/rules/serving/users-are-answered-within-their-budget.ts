import {
  broken,
  type Finding,
  fromDeclaration,
  notShown,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import { asked } from "@hybrid-ai-fabric/graph/interconnect";
import {
  awsRegion,
  describePlace,
  describePlacement,
  legalBloc,
  type Place,
  type Population,
  placeEndpoint,
  placeOfAwsRegion,
  type RoundTrip,
  roundTripMs,
} from "@hybrid-ai-fabric/locality";
import { registeredStores, servingOf, tokens } from "./serving-plan";
import { type ServingRegion, servingRegions } from "./serving-regions";

/** Round trips: cloudping.co medians of 2025 between regions, else the distance (locality/data/round-trips.json). */
export const usersAreNear: Rule = {
  id: "users-are-answered-within-their-budget",
  pack: "locality",
  severity: "medium",
  level: "mandatory",
  description:
    "The way from a population of users to the nearest region of their legal bloc that answers them, and from there to the farthest store it reads and back, stays within the budget. The time of the model itself is not in it.",
  remediation:
    "Serve from the regions that the message proposes, bring the stores into the serving region, or widen settings.budgets.userRoundTripMs.",
  evaluate: (view) => {
    const populations = populationsOf(view);
    const regions = populations.length === 0 ? [] : servingRegions(view);
    return regions.length === 0 ? [] : populations.flatMap((population) => judge(view, population, regions));
  },
};

function populationsOf(view: View): Population[] {
  return Object.entries(view.settings.budgets.userRoundTripMs).flatMap(([name, ms]) =>
    fromDeclaration(name)
      .places.slice(0, 1)
      .map(({ place }) => ({ name, place, ms })),
  );
}

/** A region with the whole way to it. */
interface Answer {
  serving: ServingRegion;
  region: string;
  ms: number;
  trip: RoundTrip;
  hop: number;
}

function judge(view: View, population: Population, regions: readonly ServingRegion[]): Finding[] {
  const { name, place, ms } = population;
  const own = ownBloc(place, regions);
  const hops = storeHops(view);
  const answers = own
    .flatMap((serving) => answerFrom(serving, place, hops))
    .sort((a, b) => a.ms - b.ms || (a.region < b.region ? -1 : 1));
  const [nearest] = answers;
  if (nearest && nearest.ms <= ms) return [];
  const hidden = own.find(({ at }) => "unknown" in at);
  const [first] = own;
  if (!first) return [];
  if (hidden && "unknown" in hidden.at) {
    const message = `Nothing shows whether users in ${name} are answered within ${ms} ms: ${hidden.by.name}: ${hidden.at.unknown}.`;
    return [notShown(hidden.by, hidden.property, message)];
  }
  if (!nearest) {
    const message = `No table tells how far users in ${name} are from what answers them, which may take ${ms} ms; name a metro or a region instead of a country.`;
    return [notShown(first.by, first.property, message)];
  }
  return [tooFar(view, population, nearest, own)];
}

/** Regions of the bloc of the users, where one is there: they must not be answered by another law. */
function ownBloc(users: Place, regions: readonly ServingRegion[]): ServingRegion[] {
  const bloc = legalBloc(users.country);
  const inside = regions.filter(({ at }) => {
    if ("unknown" in at) return true;
    const country = awsRegion(at.region)?.country;
    return country !== undefined && legalBloc(country) === bloc;
  });
  return inside.some(({ at }) => "region" in at) ? inside : [...regions];
}

function answerFrom(serving: ServingRegion, users: Place, hops: ReadonlyMap<string, number>): Answer[] {
  const { at } = serving;
  const there = "region" in at ? placeOfAwsRegion(at.region) : undefined;
  const trip = there && roundTripMs(users, there);
  if (!("region" in at) || !trip) return [];
  const hop = hops.get(at.region) ?? 0;
  return [{ serving, region: at.region, ms: trip.p50 + hop, trip, hop }];
}

/** The farthest store that what serves in a region reads, in milliseconds. */
function storeHops(view: View): Map<string, number> {
  const hops = new Map<string, number>();
  for (const resource of view.graph.resources) {
    const own = resource.outputs.region;
    for (const { region } of registeredStores(resource)) {
      if (typeof own !== "string" || typeof region !== "string" || own === region) continue;
      const [from, to] = [placeOfAwsRegion(own), placeOfAwsRegion(region)];
      const trip = from && to ? roundTripMs(from, to) : undefined;
      if (trip) hops.set(own, Math.max(hops.get(own) ?? 0, trip.p50));
    }
  }
  return hops;
}

/** An estimate decides only where even light in fibre would be too slow. */
function tooFar(view: View, population: Population, nearest: Answer, own: readonly ServingRegion[]): Finding {
  const { name, place, ms } = population;
  const { trip, hop, region, serving } = nearest;
  const kind = trip.estimate ? "estimated from the distance" : "measured";
  const store = hop > 0 ? `, ${Math.round(hop)} ms of it to a store and back` : "";
  const text = `Users in ${describePlace(place)} are ${Math.round(nearest.ms)} ms there and back from ${region}, the nearest region that answers them (${kind}, median${store}), and ${ms} ms are allowed. Proposed: ${proposal(view, population, own)}.`;
  const provable = !trip.estimate || (trip.least ?? 0) + hop > ms;
  return provable
    ? broken(serving.by, serving.property, text)
    : notShown(serving.by, serving.property, `${text} Only a measurement in ${name} can show it.`);
}

/** The cheapest regions for everything that is served here, or the demands that leave none. */
function proposal(view: View, population: Population, own: readonly ServingRegion[]): string {
  const plan = servingOf(view);
  const bloc = legalBloc(population.place.country);
  const populations = populationsOf(view).filter(({ place }) => legalBloc(place.country) === bloc);
  const types = [
    ...new Set(
      plan
        .all(tokens.configuration, tokens.nativeConfiguration)
        .flatMap((configuration) => asked(configuration, "productionVariants[].instanceType"))
        .map(({ value }) => value),
    ),
  ];
  const [instanceType] = types;
  const residency = [...new Set(own.flatMap(({ by }) => plan.residencyOf(by)))].sort();
  const placement = placeEndpoint({
    residency,
    bloc,
    services: ["hosting"],
    populations,
    // Endpoints of several types may stand in several places: then no one type limits them all.
    ...(types.length === 1 && typeof instanceType === "string" ? { instanceType } : {}),
  });
  return describePlacement(placement);
}
