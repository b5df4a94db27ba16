import { type CatalogueRow, catalogueRows, type PlaceSource } from "@hybrid-ai-fabric/graph";
import { isPlainObject, merged, nested, type SpecProperties } from "./nested";
import { type ResourceSpec, type Spec, unborn } from "./plan";

/** One property of a catalogue row that can name an end, with a value at home, one abroad and one that is unknown. */
export interface Triple {
  row: CatalogueRow;
  property: string;
  home: ResourceSpec[];
  abroad: ResourceSpec[];
  unknown: ResourceSpec[];
  /** For a property in a list: its first element at home, its second one abroad. */
  second?: ResourceSpec[];
  /** Settings that say where the ends at home are, for kinds of names that never say so themselves. */
  externalStores: { match: string; place: string; operator?: string }[];
}

export const HOME = "ap-northeast-1";
export const ABROAD = "us-east-1";

/** Properties for which no triple makes sense, with the reason. */
export interface Untestable {
  type: string;
  property: string;
  reason: string;
}

/** For every property of every row that can name a destination, a place or a key: three plans. */
export function triples(): { triples: Triple[]; untestable: Untestable[] } {
  const made: Triple[] = [];
  const untestable: Untestable[] = [];
  for (const row of catalogueRows()) {
    if (row.role === "control" && row.keys.length === 0) continue;
    const leave = reasonToLeave(row);
    const outposts = row.places.flatMap((source) => (source.how === "outpost" ? [source.path] : []));
    const ends = endsOf(row);
    for (const end of ends) {
      const hardware = outposts.includes(end.property)
        ? "hardware of a customer is refused until its place is declared"
        : undefined;
      const empty =
        row.dimensions.length === 0 && end.property === "region" ? "no data is ever in it" : undefined;
      const reason = leave ?? hardware ?? empty ?? end.reason;
      if (reason) untestable.push({ type: row.type, property: end.property, reason });
      else made.push(tripleOf(row, end));
    }
  }
  return { triples: made, untestable };
}

interface End {
  property: string;
  home: Spec;
  abroad: Spec;
  reason?: string;
  store?: string;
}

function endsOf(row: CatalogueRow): End[] {
  const destinations = row.destinations.map((reference): End => {
    const { path: property, kind } = reference;
    switch (kind) {
      case "bucket":
        return { property, home: "home-bucket", abroad: "abroad-bucket", store: "home-bucket" };
      case "host":
        return { property, home: `a.${HOME}.amazonaws.com`, abroad: `a.${ABROAD}.amazonaws.com` };
      case "document":
        return { property, home: `{"a":"${arn(HOME)}"}`, abroad: `{"a":"${arn(ABROAD)}"}` };
      case "group":
        return {
          property,
          home: "",
          abroad: "group",
          reason: "a group outside the plan is refused wherever it is",
        };
      case "tags":
        return { property, home: "", abroad: "", reason: "tags select resources of the plan" };
      default:
        return { property, home: arn(HOME), abroad: arn(ABROAD) };
    }
  });
  const keys = row.keys.map(({ path }): End => ({ property: path, home: key(HOME), abroad: key(ABROAD) }));
  return [...destinations, ...keys, ...row.places.flatMap(placeEnd)];
}

function placeEnd(source: PlaceSource): End[] {
  switch (source.how) {
    case "awsRegion":
      return [{ property: "region", home: HOME, abroad: ABROAD }];
    case "region":
      return [{ property: source.path, home: HOME, abroad: ABROAD }];
    case "metro":
      return [{ property: source.path, home: "TY", abroad: "SG" }];
    case "model":
      return [{ property: source.path, home: "jp.anthropic.claude", abroad: "global.anthropic.claude" }];
    case "directConnectLocation":
      return [{ property: source.path, home: "EQTY2", abroad: "EQDX1" }];
    case "arn":
      return [{ property: source.path, home: arn(HOME), abroad: arn(ABROAD) }];
    case "zone":
      return source.zones.map((property) => ({
        property,
        home: `${HOME}a`,
        abroad: "ap-northeast-1-tpe-1a",
      }));
    case "firstOf":
      return source.sources.flatMap(placeEnd);
    default:
      return [];
  }
}

const arn = (region: string) => `arn:aws:sqs:${region}:111122223333:end`;
const key = (region: string) => `arn:aws:kms:${region}:111122223333:key/0000`;

/** Rows that are refused, or judged, for a reason that no value of one property changes. */
function reasonToLeave(row: CatalogueRow): string | undefined {
  const hows = row.places.map(({ how }) => how);
  if (hows.includes("anywhere")) return "it serves from every country whatever it names";
  if (hows.includes("geography")) return "it spreads over a geography whatever it names";
  if (hows.includes("outside")) return "it hands data to somebody whom no plan shows";
  if (row.opaque) return "it creates what no plan shows";
  if (row.type === "aws:datasync/task:Task")
    return "a bulk transfer must lead into AWS, by a rule of its own";
  if (!row.type.includes("/") && !row.type.startsWith("kubernetes:"))
    return "fixtures know no resources of its package";
  if (row.carrier) return "its way needs evidence, tested apart";
  if (row.role === "control") return "it only says which key another resource uses, tested through that";
  return undefined;
}

const labels = { dataset: "claims", residency: "japan-only" };

function tripleOf(row: CatalogueRow, end: End): Triple {
  const plans = (value: Spec): ResourceSpec[] => [
    { type: "example:index:Labelled", name: "component", properties: { labels, place: "JP" } },
    {
      type: sample(row.type),
      name: "subject",
      parent: "component",
      providerRegion: HOME,
      properties: merged(settled(row, end.property), nested(end.property, value)),
      outputs: {},
    },
  ];
  return {
    row,
    property: end.property,
    home: plans(end.home),
    abroad: plans(end.abroad),
    unknown: plans(unborn),
    ...(end.property.includes("[]") ? { second: secondAbroad(plans(end.home), plans(end.abroad)) } : {}),
    externalStores: end.store ? [{ match: end.store, place: `aws:${HOME}` }] : [],
  };
}

/** The plan at home with what is abroad as one more element of the outermost list. */
function secondAbroad(home: ResourceSpec[], abroad: ResourceSpec[]): ResourceSpec[] {
  return home.map((spec, index) => {
    const other = abroad[index]?.properties ?? {};
    return { ...spec, properties: appended(spec.properties ?? {}, other) };
  });
}

function appended(a: SpecProperties, b: SpecProperties): SpecProperties {
  return Object.fromEntries(
    Object.entries(a).map(([key, value]) => {
      const other = b[key];
      if (Array.isArray(value) && Array.isArray(other))
        return [key, JSON.stringify(value) === JSON.stringify(other) ? value : [...value, ...other]];
      return [key, isPlainObject(value) && isPlainObject(other) ? appended(value, other) : value];
    }),
  );
}

/** Kubernetes rows are matched whatever the version. */
export function sample(type: string): string {
  const [, group, kind] = /^kubernetes:([^:]+):(\w+)$/.exec(type) ?? [];
  return group === undefined ? type : `kubernetes:${group}/v1:${kind}`;
}

/** What else the row must say so that only the property in question decides: an edge service kept regional, one place. */
function settled(row: CatalogueRow, property: string): SpecProperties {
  let properties: SpecProperties = {};
  for (const source of row.places) {
    if (source.how === "anywhereUnless")
      properties = merged(properties, nested(source.path, source.values[0] ?? ""));
    if (source.how === "cloudRegion") properties = merged(properties, nested(source.path, HOME));
    if (!needsPlace(row)) continue;
    for (const { property: place, home } of placeEnd(source)) {
      if (place !== property) properties = merged(properties, nested(place, home));
    }
  }
  for (const { path, byDefault } of row.destinations)
    if (byDefault !== undefined && path !== property)
      properties = merged(properties, nested(path, arn(HOME)));
  const { activeWhen } = row;
  const shared = activeWhen && property.split(/[.[]/, 1)[0] === activeWhen.path.split(/[.[]/, 1)[0];
  return activeWhen && !shared ? merged(properties, nested(activeWhen.path, activeWhen.equals)) : properties;
}

function needsPlace(row: CatalogueRow): boolean {
  return row.places.every((source) => placeEnd(source).length > 0 && source.how !== "zone");
}
