import type { Dimension } from "@hybrid-ai-fabric/locality";
import type { CatalogueRow, PlaceSource, Reference, ReferenceKind, Role } from "./row";

/** A row as the tables write it, one line each: `"rules[].destination.bucket bucket"` is a path, its kind and, where the software has one, its default. */
export interface WrittenRow {
  /** Token; for types of @pulumi/aws without package and class name, which follow from it (`s3/bucket`). */
  type: string;
  alsoKnownAs?: string[];
  role: Role;
  /** Default: what the role implies. */
  dimensions?: Dimension[];
  /** Default: the region of the resource, else of its provider. */
  places?: (string | string[])[];
  tags?: CatalogueRow["tags"];
  sources?: string[];
  destinations?: string[];
  remote?: string[];
  endpoint?: boolean;
  keys?: string[];
  grantsOn?: string[];
  readers?: string[];
  attached?: string[];
  gathers?: string[];
  joins?: { by: string[]; when?: string };
  activeWhen?: { path: string; equals: string };
  boundary?: string;
  carrier?: "equinix" | "megaport";
  network?: boolean;
  opaque?: boolean;
  code?: boolean;
  sameRegion?: boolean;
  retention?: CatalogueRow["retention"];
}

const dimensionsOfRole: { [role in Role]: Dimension[] } = {
  store: ["store"],
  processor: ["process"],
  flow: ["process"],
  path: ["transit"],
  key: ["key"],
  control: [],
};

export function readRow(written: WrittenRow): CatalogueRow {
  const end = written.role === "key" ? "key" : "resource";
  const { joins, activeWhen, boundary, carrier, retention, tags } = written;
  return {
    type: fullType(written.type),
    alsoKnownAs: written.alsoKnownAs ?? [],
    role: written.role,
    dimensions: written.dimensions ?? dimensionsOfRole[written.role],
    places: (written.places ?? ["awsRegion"]).map(readPlaceSource),
    sources: references(written.sources, end),
    destinations: references(written.destinations, end),
    remote: references(written.remote, "resource"),
    endpoint: written.endpoint ?? false,
    keys: references(written.keys, "key"),
    grantsOn: references(written.grantsOn, "resource"),
    readers: written.readers ?? [],
    attached: references(written.attached, "resource"),
    gathers: (written.gathers ?? []).map(fullType),
    network: written.network ?? false,
    opaque: written.opaque ?? false,
    code: written.code ?? false,
    sameRegion: written.sameRegion ?? false,
    ...(tags ? { tags } : {}),
    ...(joins ? { joins } : {}),
    ...(activeWhen ? { activeWhen } : {}),
    ...(boundary ? { boundary } : {}),
    ...(carrier ? { carrier } : {}),
    ...(retention ? { retention } : {}),
  };
}

/** `s3/bucket` is `aws:s3/bucket:Bucket`: every token of @pulumi/aws is made like this, which a test checks. */
export function fullType(type: string): string {
  if (type.includes(":")) return type;
  const [, name = ""] = type.split("/");
  return `aws:${type}:${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

function references(written: readonly string[] | undefined, byDefault: ReferenceKind): Reference[] {
  return (written ?? []).map((text) => {
    const [path = "", kind = byDefault, otherwise] = text.split(" ");
    return { path, kind: kind as ReferenceKind, ...(otherwise ? { byDefault: otherwise } : {}) };
  });
}

function readPlaceSource(written: string | string[]): PlaceSource {
  if (Array.isArray(written)) return { how: "firstOf", sources: written.map(readPlaceSource) };
  const [how = "", first = "", second = ""] = written.split(" ");
  const list = (text: string) => text.split(",").filter((part) => part !== "");
  switch (how) {
    case "zone":
      return { how, zones: list(first), subnets: list(second) };
    case "anywhereIf":
    case "anywhereUnless":
      return { how, path: first, values: list(second) };
    case "geography":
      return { how, unless: list(first) };
    case "regionOf":
      return { how, path: first, byDefault: second };
    case "cloudRegion":
      return { how, path: first, ...(second === "" ? {} : { cloud: second }) };
    default:
      return (first === "" ? { how } : { how, path: first }) as PlaceSource;
  }
}

const kinds: readonly ReferenceKind[] = [
  "resource",
  "bucket",
  "host",
  "document",
  "tags",
  "everything",
  "group",
  "key",
];
const hows: readonly PlaceSource["how"][] = [
  ...(["awsRegion", "region", "metro", "directConnectLocation", "megaportLocation", "model", "arn"] as const),
  ...([
    "regionOf",
    "zone",
    "reference",
    "cloudRegion",
    "firstOf",
    "cluster",
    "outpost",
    "anywhere",
    "anywhereIf",
  ] as const),
  ...(["anywhereUnless", "geography", "outside", "outsideIf", "global", "members"] as const),
];

/** Words of a row that mean nothing: a role, a kind of reference or a source of a place that does not exist. */
export function wrongWords(written: Partial<WrittenRow>): string[] {
  const roles = Object.keys(dimensionsOfRole);
  const dimensions = Object.values(dimensionsOfRole).flat().concat("log", "backup", "telemetry");
  const references = [
    ...[written.sources, written.destinations, written.remote, written.keys, written.attached],
    written.grantsOn,
  ];
  return [
    ...unknownWords("role", written.role === undefined ? [] : [written.role], roles),
    ...unknownWords("dimension", written.dimensions ?? [], dimensions),
    ...unknownWords(
      "kind of reference",
      references.flatMap((list) => (list ?? []).flatMap((text) => text.split(" ").slice(1, 2))),
      kinds,
    ),
    ...unknownWords(
      "source of a place",
      (written.places ?? []).flat().map((text) => text.split(" ", 1)[0] ?? ""),
      hows,
    ),
  ];
}

function unknownWords(what: string, words: readonly string[], legal: readonly string[]): string[] {
  return words
    .filter((word) => !legal.includes(word))
    .map((word) => `there is no ${what} "${word}"; legal are ${[...new Set(legal)].join(", ")}`);
}
