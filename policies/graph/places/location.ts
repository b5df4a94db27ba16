import { countryName, type Place, placeOfAwsRegion, placeOfMetro } from "@hybrid-ai-fabric/locality";

/** Where a resource is, with what proved it; `unresolved` says what keeps the answer from being complete. */
export interface Location {
  places: ProvenPlace[];
  unresolved: string[];
}

export interface ProvenPlace {
  place: Place;
  proof: string;
  /** It may be there and it may not: one of a set that is only known as a whole. */
  possible?: true;
}

export const nowhere: Location = { places: [], unresolved: [] };

export function at(place: Place, proof: string): Location {
  return { places: [{ place, proof }], unresolved: [] };
}

export function unresolved(reason: string): Location {
  return { places: [], unresolved: [reason] };
}

export function join(locations: readonly Location[]): Location {
  const [only] = locations;
  if (only && locations.length === 1) return only;
  const places = new Map<string, ProvenPlace>();
  for (const found of locations.flatMap((location) => location.places)) {
    const key = JSON.stringify(found.place);
    const known = places.get(key);
    if (!known || (known.possible && !found.possible)) places.set(key, found);
  }
  const reasons = [...new Set(locations.flatMap((location) => location.unresolved))].sort();
  const ordered = [...places.keys()].sort().flatMap((key) => places.get(key) ?? []);
  return { places: ordered, unresolved: reasons };
}

/** A place as settings write it: a country, an AWS region (`aws:eu-west-1`) or an Equinix metro (`metro:TY`). */
export function fromDeclaration(text: string): Location {
  const [kind, name] = text.includes(":") ? text.split(":", 2) : ["country", text];
  const proof = `declared as ${text} in the settings`;
  if (kind === "country" && countryName(text)) return at({ country: text, operator: "self" }, proof);
  const place =
    kind === "aws" ? placeOfAwsRegion(name ?? "") : kind === "metro" ? placeOfMetro(name ?? "") : undefined;
  if (place) return at(place, proof);
  return unresolved(`the settings declare the place "${text}", which no table holds`);
}
