import table from "./data/direct-connect.json";

/** A building in which AWS Direct Connect ends. 40 of 151 stand in another country than the region that lists them. */
export interface DirectConnectLocation {
  code: string;
  name: string;
  country: string;
  /** Region that lists the location; a Direct Connect gateway reaches every region of the partition from it. */
  region: string;
  partition: string;
}

const locations: { [code: string]: Omit<DirectConnectLocation, "code"> | undefined } = table.locations;
const ofMetro: { [metro: string]: string[] | undefined } = table.ofMetro;

export function directConnectLocation(code: string): DirectConnectLocation | undefined {
  const location = Object.hasOwn(locations, code) ? locations[code] : undefined;
  return location && { code, ...location };
}

/** Direct Connect locations inside Equinix buildings of a metro; empty where there is none (Dublin). */
export function directConnectLocationsOfMetro(metro: string): string[] {
  return [...(Object.hasOwn(ofMetro, metro) ? (ofMetro[metro] ?? []) : [])];
}

/** Metros whose Direct Connect locations are known, also where there is none: for any other metro the table is silent. */
export function metrosWithKnownLocations(): string[] {
  return Object.keys(ofMetro).sort();
}

const metroOf = new Map(
  Object.entries(ofMetro).flatMap(([metro, codes]) => (codes ?? []).map((code) => [code, metro] as const)),
);

/** Equinix metro of a Direct Connect location that stands in an Equinix building; undefined for any other building. */
export function metroOfDirectConnectLocation(code: string): string | undefined {
  return metroOf.get(code);
}

/** Codes of all Direct Connect locations. */
export function directConnectLocationCodes(): string[] {
  return Object.keys(locations).sort();
}
