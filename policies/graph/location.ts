import {
  awsRegion,
  countryName,
  directConnectLocation,
  type Place,
  placeOfAwsRegion,
  placeOfMetro,
  placeOfZone,
} from "@hybrid-ai-fabric/locality";
import type { CatalogueRow, PlaceSource } from "./catalogue";
import { leavesAt, topLevel } from "./path";
import { declaredProperties, isProvider, type PlannedResource, packageOf, STACK_TYPE } from "./resource";
import { isRecord, isSecret, isUnknown, type Value } from "./value";

/** Where a resource is, with what proved it; `unresolved` says what keeps the answer from being complete. */
export interface Location {
  places: { place: Place; proof: string }[];
  unresolved: string[];
}

export const nowhere: Location = { places: [], unresolved: [] };

/** Finds the resources of the plan that a location may have to be read from. */
export interface Neighbourhood {
  byUrn(urn: string): PlannedResource | undefined;
  rowOf(type: string): CatalogueRow | undefined;
  /** Places that the settings give to a resource. */
  placesOf(resource: PlannedResource): string[];
  /** Country of a Megaport location id, from the tables of the settings. */
  countryOfMegaportLocation(id: string): string | undefined;
  /** The nearest component above a resource that registered this output. */
  ancestorWith(resource: PlannedResource, output: string): PlannedResource | undefined;
}

/** The places of a resource, read from the sources that its catalogue row names. */
export function locate(
  resource: PlannedResource,
  row: CatalogueRow,
  around: Neighbourhood,
  depth = 0,
): Location {
  const declared = around.placesOf(resource);
  if (declared.length > 0) return join(declared.map((place) => fromDeclaration(place)));
  const found = join(row.places.map((source) => locateBy(source, resource, around, depth)));
  const placeless = row.places.every((source) => source.how === "members");
  if (found.places.length === 0 && found.unresolved.length === 0 && !placeless) {
    return { places: [], unresolved: ["no property of it says where it is"] };
  }
  return found;
}

/** A place as settings write it: a country, an AWS region (`aws:eu-west-1`) or an Equinix metro (`metro:TY`). */
export function fromDeclaration(text: string): Location {
  const [kind, name] = text.includes(":") ? text.split(":", 2) : ["country", text];
  const proof = `declared as ${text} in the settings`;
  if (kind === "country" && countryName(text)) {
    return { places: [{ place: { country: text, operator: "self" }, proof }], unresolved: [] };
  }
  const place =
    kind === "aws" ? placeOfAwsRegion(name ?? "") : kind === "metro" ? placeOfMetro(name ?? "") : undefined;
  if (place) return { places: [{ place, proof }], unresolved: [] };
  return { places: [], unresolved: [`the settings declare the place "${text}", which no table holds`] };
}

function locateBy(
  source: PlaceSource,
  resource: PlannedResource,
  around: Neighbourhood,
  depth: number,
): Location {
  switch (source.how) {
    case "members":
      return nowhere;
    case "awsRegion":
      return locateInAws(resource, around);
    case "reference":
      return locateByReference(source.path, resource, around, depth);
    case "firstOf":
      return (
        source.sources
          .map((each) => locateBy(each, resource, around, depth))
          .find(({ places, unresolved }) => places.length > 0 || unresolved.length > 0) ?? nowhere
      );
    case "megaportLocation":
      return join(
        leavesAt(declaredProperties(resource), source.path).map((leaf) =>
          locateAtMegaport(leaf.value, leaf.path, resource, around),
        ),
      );
    default: {
      const { how } = source;
      return join(
        leavesAt(declaredProperties(resource), source.path).map((leaf) =>
          fromProperty(how, leaf.value, leaf.path),
        ),
      );
    }
  }
}

/** Resource `region`, else the region of its provider, else the one its component registered. */
function locateInAws(resource: PlannedResource, around: Neighbourhood): Location {
  const own = resource.inputs.region ?? resource.outputs.region;
  if (own !== undefined && own !== null) return fromProperty("region", own, "region");
  const provider = resource.provider === undefined ? undefined : around.byUrn(resource.provider);
  const configured = provider && (provider.inputs.region ?? provider.outputs.region);
  if (configured !== undefined && configured !== null && provider) {
    return fromProperty("region", configured, `region of its provider ${provider.name}`);
  }
  const arn = resource.outputs.arn;
  const fromArn = typeof arn === "string" ? placeOfAwsRegion(arn.split(":")[3] ?? "") : undefined;
  if (fromArn) return { places: [{ place: fromArn, proof: "arn" }], unresolved: [] };
  return {
    places: [],
    unresolved: [
      "neither the resource nor its provider names a region, so the environment of the shell decides; set `region`",
    ],
  };
}

function locateByReference(
  path: string,
  resource: PlannedResource,
  around: Neighbourhood,
  depth: number,
): Location {
  const leaves = leavesAt(declaredProperties(resource), path);
  if (leaves.length === 0) return nowhere;
  const candidates = (resource.propertyDependencies[topLevel(path)] ?? [])
    .map((urn) => around.byUrn(urn))
    .filter((candidate): candidate is PlannedResource => candidate !== undefined);
  const located = candidates.flatMap((candidate) => {
    const row = around.rowOf(candidate.type);
    return row && depth < 8 ? [locate(candidate, row, around, depth + 1)] : [];
  });
  if (located.length > 0) return join(located);
  if (leaves.every((leaf) => isUnknown(leaf.value) || typeof leaf.value === "string")) {
    return { places: [], unresolved: [`${path} names something whose place this plan does not show`] };
  }
  return nowhere;
}

/** Megaport numbers its locations and publishes no table of them: the settings say it, else the component. */
function locateAtMegaport(
  value: Value,
  property: string,
  resource: PlannedResource,
  around: Neighbourhood,
): Location {
  if (isUnknown(value) || (typeof value !== "number" && typeof value !== "string")) {
    return { places: [], unresolved: [`${property} is not known before creation; give it a literal value`] };
  }
  const country = around.countryOfMegaportLocation(String(value));
  if (country !== undefined && countryName(country)) {
    const proof = `${property} by settings.tables.megaportLocations`;
    return { places: [{ place: { country, operator: "megaport" }, proof }], unresolved: [] };
  }
  const component = around.ancestorWith(resource, "place");
  const declared = component?.outputs.place;
  if (component && typeof declared === "string") {
    const { places, unresolved } = fromDeclaration(declared);
    const proof = `place that ${component.name} registered`;
    return {
      places: places.map(({ place }) => ({ place: { ...place, operator: "megaport" }, proof })),
      unresolved,
    };
  }
  return {
    places: [],
    unresolved: [
      `${property} is Megaport location ${String(value)}, whose country no table holds; add it to settings.tables.megaportLocations`,
    ],
  };
}

function fromProperty(
  how: "region" | "metro" | "zone" | "directConnectLocation",
  value: Value,
  property: string,
): Location {
  if (isUnknown(value)) {
    return { places: [], unresolved: [`${property} is not known before creation; give it a literal value`] };
  }
  if (isSecret(value)) return { places: [], unresolved: [`${property} is a secret, so no rule can read it`] };
  if (typeof value !== "string") return { places: [], unresolved: [`${property} is not a text`] };
  const place = lookUp(how, value);
  if (place) return { places: [{ place, proof: property }], unresolved: [] };
  return {
    places: [],
    unresolved: [`${property} holds a ${noun[how]} that no table knows${suggestion(how, value)}`],
  };
}

const noun = {
  region: "region",
  metro: "metro",
  zone: "zone",
  directConnectLocation: "Direct Connect location",
} as const;

function lookUp(how: keyof typeof noun, value: string): Place | undefined {
  switch (how) {
    case "region":
      return placeOfAwsRegion(value);
    case "metro":
      return placeOfMetro(value);
    case "zone":
      return placeOfZone(value);
    case "directConnectLocation": {
      const location = directConnectLocation(value);
      return location && { country: location.country, partition: location.partition, operator: "aws" };
    }
  }
}

/** The value itself is shown only when it looks like what it should be: anything else might be a secret. */
function suggestion(how: keyof typeof noun, value: string): string {
  if (how !== "region" || !/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(value) || awsRegion(value)) return "";
  return ` (${value})`;
}

export function join(locations: readonly Location[]): Location {
  const places = new Map<string, Location["places"][number]>();
  for (const found of locations.flatMap((location) => location.places)) {
    places.set(JSON.stringify(found.place), found);
  }
  const unresolved = [...new Set(locations.flatMap((location) => location.unresolved))].sort();
  const ordered = [...places.keys()].sort().flatMap((key) => places.get(key) ?? []);
  return { places: ordered, unresolved };
}

/** Components, providers and the stack exist only in the program: they have no place and hold nothing. */
export function isOnlyInProgram(resource: PlannedResource): boolean {
  return (
    !resource.custom ||
    resource.type === STACK_TYPE ||
    isProvider(resource) ||
    packageOf(resource.type) === "pulumi"
  );
}

/** A boundary that a provider promises to keep, as the countries inside it. */
export function boundaryOf(row: CatalogueRow, resource: PlannedResource): Value | undefined {
  if (!row.boundary) return undefined;
  const value = declaredProperties(resource)[row.boundary];
  return value === null || value === "" || isRecord(value) ? undefined : value;
}
