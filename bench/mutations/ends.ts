import {
  type CatalogueRow,
  leavesAt,
  type PlaceSource,
  type Properties,
  type Reference,
  type Value,
} from "@hybrid-ai-fabric/graph";
import { localZoneCountries } from "@hybrid-ai-fabric/locality";
import type { Places } from "./mutation";

/** A property by which a resource says where data goes, where it stands itself or which way it takes. */
export interface End {
  kind: "destination" | "key" | "region" | "further place" | "boundary" | "pointed at";
  path: string;
  /** Value that leads abroad. */
  abroad: Value;
  /** Value that does not; absent where no literal says that it stands at home. */
  home?: Value;
  /** Type of a resource that can stand there. */
  target?: string;
  /** No leak where it is unknown: whatever it turns out to be stands at home. */
  unknownIsHome?: true;
}

/** Where an end is looked for: what the row's other properties are, and what the data at hand may not leave. */
export interface Setting {
  places: Places;
  region: string;
  isOutside(country: string): boolean;
  properties: Properties;
}

const BUCKET = "aws:s3/bucket:Bucket";
const NETWORK = "aws:ec2/vpc:Vpc";
export const KEY = "aws:kms/key:Key";

/** Every property of a row that can lead abroad. */
export function endsOf(row: CatalogueRow, setting: Setting): End[] {
  const { places } = setting;
  const sources = new Set(row.sources.map(({ path }) => path));
  const target = row.network ? NETWORK : BUCKET;
  const key = `arn:aws:kms:${places.abroad}:111122223333:key/0000`;
  return [
    ...row.destinations
      .filter(({ kind }) => kind !== "tags" && kind !== "everything")
      .map((reference): End => {
        const { path } = reference;
        return { kind: "destination", path, abroad: foreign(reference, places.abroad), target };
      }),
    ...row.keys.map(({ path }): End => ({ kind: "key", path, abroad: key, target: KEY })),
    // A place that is read from the source itself: with another value it has another source, which is no labelled one.
    ...row.places.flatMap((source) => placeEnds(source, setting)).filter(({ path }) => !sources.has(path)),
    ...(row.boundary
      ? [{ kind: "boundary", path: row.boundary, abroad: places.geoScope } satisfies End]
      : []),
  ];
}

/** Where a path starts whose far end is given, which also says where that one stands. */
export function nearEndsOf(row: CatalogueRow, setting: Setting): End[] {
  const { places } = setting;
  return [
    // The VPC that asks for a peering is of the peering's own region, so that another region is another end.
    ...row.sources
      .filter(({ path }) => !/^(vpc|subnet|\w*routeTable)Id$/i.test(path))
      .map((reference): End => {
        const { path } = reference;
        return { kind: "destination", path, abroad: foreign(reference, places.abroad), target: NETWORK };
      }),
    ...row.places.flatMap((source) => placeEnds(source, setting)).filter(({ kind }) => kind === "region"),
  ];
}

export function foreign({ kind }: Reference, region: string): string {
  if (kind === "bucket") return "somewhere-else";
  if (kind === "host") return `a.${region}.amazonaws.com`;
  const arn = `arn:aws:sqs:${region}:111122223333:end`;
  return kind === "document" ? JSON.stringify({ to: arn }) : arn;
}

function placeEnds(source: PlaceSource, setting: Setting): End[] {
  const { places, region, properties } = setting;
  const further = (path: string, abroad: Value, home?: Value): End => ({
    kind: "further place",
    path,
    abroad,
    ...(home === undefined ? {} : { home }),
  });
  const own: End = { kind: "region", path: "region", abroad: places.abroad, home: region };
  switch (source.how) {
    case "awsRegion":
      return [own];
    case "zone":
      return zoneEnds(source, own, setting);
    case "region":
      return [further(source.path, places.abroad, region)];
    case "regionOf":
      return [further(`${source.path}.region`, places.abroad, region)];
    case "metro":
      return [further(source.path, places.metro)];
    case "directConnectLocation":
      return [further(source.path, places.directConnect)];
    case "megaportLocation":
      return [further(source.path, places.megaport)];
    case "cloudRegion":
      return [further(source.path, source.cloud === undefined ? `${places.abroad}-aws` : places.abroad)];
    case "model":
      return [further(source.path, "global.anthropic.claude-sonnet-4-20250514-v1:0")];
    case "arn":
      return [further(source.path, `arn:aws:sqs:${places.abroad}:111122223333:end`)];
    case "reference":
      return [{ ...further(source.path, "elsewhere"), target: BUCKET }];
    case "outpost":
    case "outsideIf":
      return [further(source.path, "elsewhere")];
    case "anywhereIf":
      return [further(source.path, source.values[0] ?? "")];
    case "anywhereUnless":
      return [further(source.path, "EDGE", source.values[0] ?? "")];
    case "firstOf": {
      // What stands behind a source that is there already is not read.
      const each = source.sources.map((one) => placeEnds(one, setting));
      const first = each.findIndex((ends) => ends.some(({ path }) => leavesAt(properties, path).length > 0));
      return each.slice(0, first < 0 ? undefined : first + 1).flat();
    }
    // None of these is said by a property of its own; clusters are changed with their provider.
    case "cluster":
    case "anywhere":
    case "geography":
    case "outside":
    case "global":
    case "members":
      return [];
  }
}

/** In a region whose Local Zones are all at home, a zone that is not known is at home as well. */
function zoneEnds(
  { zones, subnets }: { zones: string[]; subnets: string[] },
  own: End,
  setting: Setting,
): End[] {
  const { places, region, properties, isOutside } = setting;
  const given = [...zones, ...subnets].some((path) => leavesAt(properties, path).length > 0);
  const strays = localZoneCountries(region).some(isOutside);
  return [
    ...zones.map(
      (path): End => ({
        kind: "further place",
        path,
        abroad: `${places.abroad}a`,
        ...(strays ? {} : { unknownIsHome: true }),
      }),
    ),
    // Beside a zone or a subnet the region is not read: it can only be the one that they are in.
    ...(given ? [] : [own]),
  ];
}
