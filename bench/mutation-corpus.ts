import {
  type Arrival,
  declaredProperties,
  judge,
  type PlannedResource,
  type Rule,
  type View,
} from "@hybrid-ai-fabric/graph";
import {
  awsRegionIds,
  countriesOfGeoScope,
  type Dimension,
  directConnectLocation,
  directConnectLocationCodes,
  equinixMetroCodes,
  geoScopeNames,
  mayBeIn,
  type Place,
  placeOfAwsRegion,
  placeOfMetro,
} from "@hybrid-ai-fabric/locality";
import { type Holder, harmless, leaks, type Mutation, type Places } from "./mutations";
import type { Settings } from "./referee";

/** The leaks and the harmless edits of one recorded plan, with where its data is at home and where it may not be. */
export interface Corpus {
  places: Places;
  leaks: Mutation[];
  harmless: Mutation[];
}

export function corpusOf(resources: readonly PlannedResource[], settings: Settings): Corpus {
  const view = look(resources, settings);
  const places = placesOf(view);
  const holders = holdersOf(view, places.home);
  return {
    places,
    leaks: leaks(resources, holders, places),
    harmless: harmless(resources, holders, places),
  };
}

/** Resources that hold data which may not be everywhere, or that such data can pass. */
function holdersOf(view: View, home: string): Holder[] {
  const limited = [...view.datasets.keys()].filter((name) => isLimited(view, name));
  const writtenTo = new Set(
    [...view.graph.outgoing.values()]
      .flat()
      .flatMap(({ declaredBy, through }) => (through ? declaredBy : [])),
  );
  const kinds = new Set<string>();
  return [...view.graph.nodes.values()].flatMap((node): Holder[] => {
    const { resource, row, location } = node;
    const arrivals = limited.flatMap((name) => {
      const arrival = view.reach.get(name)?.get(node.id);
      return arrival ? [{ name, arrival }] : [];
    });
    // A security group or a policy may be labelled, but there is no data in it that a change of its region would move.
    if (!resource || !row || arrivals.length === 0 || node.dimensions.length === 0) return [];
    const [first] = location.places.flatMap(({ place }) => place.region ?? []);
    const metros = new Set(location.places.flatMap(({ place }) => place.metro ?? []));
    const kind = kindOf(
      resource,
      arrivals,
      location.places.map(({ place }) => JSON.stringify(place)),
    );
    const isFirst = !kinds.has(kind);
    kinds.add(kind);
    return [
      {
        resource,
        row,
        properties: declaredProperties(resource),
        region: first ?? home,
        ends: metros.size + location.unresolved.length,
        isOutside: (country) =>
          arrivals.some(({ name }) => isOutside(view, name, { country, operator: "aws" }, ["store"])),
        isWritten: writtenTo.has(resource.urn),
        isFirst,
      },
    ];
  });
}

function kindOf(
  { type }: PlannedResource,
  arrivals: readonly { name: string; arrival: Arrival }[],
  places: readonly string[],
): string {
  const held = arrivals.map(
    ({ name, arrival }) => `${name} ${arrival.certain} ${arrival.over === undefined}`,
  );
  return [type, ...held, ...places].join("|");
}

/** A Megaport location abroad: no table of ours holds any, so that settings have to. */
const MEGAPORT_ABROAD = 99_999;

/** The settings with a Megaport location that stands abroad. */
export function withMegaportAbroad(settings: Settings, { abroad }: Places): Settings {
  const { tables } = settings;
  const country = placeOfAwsRegion(abroad)?.country ?? "";
  const megaportLocations = { ...tables?.megaportLocations, [MEGAPORT_ABROAD]: country };
  return { ...settings, tables: { ...tables, megaportLocations } };
}

function look(resources: readonly PlannedResource[], settings: Settings): View {
  const seen: View[] = [];
  const onlooker: Rule = {
    id: "onlooker",
    pack: "mutate",
    severity: "low",
    level: "advisory",
    description: "",
    remediation: "",
    evaluate: (view) => {
      seen.push(view);
      return [];
    },
  };
  judge(resources, settings, [onlooker]);
  const [view] = seen;
  if (!view) throw new Error("nothing was judged");
  return view;
}

/** Home is where most resources stand; abroad a region that no dataset of the plan may be in. */
function placesOf(view: View): Places {
  const counts = new Map<string, number>();
  for (const { location } of view.graph.nodes.values()) {
    for (const { place } of location.places) {
      if (place.region) counts.set(place.region, (counts.get(place.region) ?? 0) + 1);
    }
  }
  const home = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "ap-northeast-1";
  const limited = [...view.datasets.keys()].filter((name) => isLimited(view, name));
  const isAbroad = (place: Place | undefined) =>
    place !== undefined && limited.every((name) => isOutside(view, name, place));
  return {
    home,
    abroad: required(awsRegionIds(), (region) => isAbroad(placeOfAwsRegion(region))),
    metro: required(equinixMetroCodes(), (metro) => isAbroad(placeOfMetro(metro))),
    directConnect: required(directConnectLocationCodes(), (code) => {
      const location = directConnectLocation(code);
      return location !== undefined && isAbroad({ country: location.country, operator: "aws" });
    }),
    geoScope: required(geoScopeNames(), (scope) =>
      (countriesOfGeoScope(scope) ?? []).some((country) => isAbroad({ country, operator: "equinix" })),
    ),
    megaport: MEGAPORT_ABROAD,
  };
}

function required(names: readonly string[], isAbroad: (name: string) => boolean): string {
  const found = names.find(isAbroad);
  if (found === undefined) throw new Error("every place is allowed for some dataset of the plan");
  return found;
}

function isLimited(view: View, name: string): boolean {
  const china = placeOfAwsRegion("cn-north-1");
  return (
    (view.datasets.get(name)?.residency ?? []).length > 0 &&
    china !== undefined &&
    isOutside(view, name, china)
  );
}

function isOutside(
  view: View,
  name: string,
  place: Place,
  dimensions: readonly Dimension[] = everyDimension,
): boolean {
  const terms = view.datasets.get(name)?.residency ?? [];
  return dimensions.every((dimension) => mayBeIn(terms, dimension, place).verdict === "broken");
}

const everyDimension: readonly Dimension[] = [
  "store",
  "process",
  "transit",
  "key",
  "log",
  "backup",
  "telemetry",
];
