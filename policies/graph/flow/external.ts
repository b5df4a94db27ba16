import { placeOfAwsRegion, placeOfHost } from "@hybrid-ai-fabric/locality";
import { matchesGlob } from "../glob";
import { at, fromDeclaration, join, type Location, placeOfArn, unresolved } from "../places";
import type { ExternalStore } from "../settings";

/** What the plan and the settings know of something outside the stack that a literal value names. */
export interface External {
  location: Location;
  datasets: string[];
  residency: string[];
}

/** A store that another stack exported, with its place and labels. */
export interface ExportedStore {
  place?: string;
  dataset: string[];
  residency: string[];
}

/** What may say where something outside this plan stands. */
export interface Surroundings {
  declared: readonly ExternalStore[];
  exported: ReadonlyMap<string, ExportedStore>;
  /** Place that the service enforces for a bare name, where it does. */
  sameAs?: Location;
}

/**
 * Something outside this stack: declared in `settings.externalStores`, exported by the stack that owns it, else placed
 * by its ARN, its host name, or by a service that accepts nothing from another region.
 */
export function describeExternal(name: string, around: Surroundings): External {
  const entry = around.declared.find((store) => matchesGlob(store.match, name));
  if (entry) {
    const location = withOperator(fromDeclaration(entry.place), entry.operator);
    return { location, datasets: [...(entry.dataset ?? [])].sort(), residency: [] };
  }
  const exported = around.exported.get(name);
  if (exported?.place !== undefined) {
    const { places, unresolved: reasons } = fromDeclaration(exported.place);
    const proof = "place that its stack exported";
    const location = { places: places.map((found) => ({ ...found, proof })), unresolved: reasons };
    return { location, datasets: exported.dataset, residency: exported.residency };
  }
  return {
    location: byItself(name, around),
    datasets: exported?.dataset ?? [],
    residency: exported?.residency ?? [],
  };
}

function byItself(name: string, around: Surroundings): Location {
  if (name.startsWith("arn:")) {
    const place = placeOfArn(name);
    if (place) return at(place, "region of the ARN");
    return unresolved("its ARN does not say where its data is; declare it in settings.externalStores");
  }
  const region = placeOfAwsRegion(name);
  if (region) return at(region, "region that is named");
  const host = placeOfHost(name);
  if (host) return at(host, "host name");
  if (around.sameAs && !/[.:]/.test(name)) {
    const places = around.sameAs.places.map((found) => ({
      ...found,
      proof: `${found.proof}: the service takes nothing from another region`,
    }));
    return join([{ places, unresolved: around.sameAs.unresolved }]);
  }
  return unresolved(
    "it stands outside this stack and nothing says where; declare it in settings.externalStores",
  );
}

function withOperator(location: Location, operator: string | undefined): Location {
  if (operator === undefined) return location;
  const places = location.places.map((found) => ({ ...found, place: { ...found.place, operator } }));
  return { places, unresolved: location.unresolved };
}
