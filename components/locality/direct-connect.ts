import table from "./data/direct-connect.json";
import { factTable, perLayer } from "./fact-table";

/** A building in which AWS Direct Connect ends. 40 of 151 stand in another country than the region that lists them. */
export interface DirectConnectLocation {
  code: string;
  name: string;
  country: string;
  /** Region that lists the location; a Direct Connect gateway reaches every region of the partition from it. */
  region: string;
  partition: string;
}

const locations = factTable<Omit<DirectConnectLocation, "code">>(
  "directConnectLocations",
  table.asOf,
  table.locations,
);
const ofMetro = factTable<string[]>("directConnectOfMetro", table.asOf, table.ofMetro);

/** AWS itself writes codes in both cases (`EqFA5` in its API, `EQFA5` in its lists). */
function spelled(code: string): string {
  return locations.get(code) ? code : code.toUpperCase();
}

export function directConnectLocation(written: string): DirectConnectLocation | undefined {
  const code = spelled(written);
  const location = locations.get(code);
  return location && { code, ...location };
}

/** Direct Connect locations inside Equinix buildings of a metro; empty where there is none (Dublin). */
export function directConnectLocationsOfMetro(metro: string): string[] {
  return [...(ofMetro.get(metro) ?? [])];
}

/** Metros whose Direct Connect locations are known, also where there is none: for any other metro the table is silent. */
export function metrosWithKnownLocations(): string[] {
  return ofMetro.keys().sort();
}

const metroOf = perLayer(
  () => new Map(ofMetro.entries().flatMap(([metro, codes]) => codes.map((code) => [code, metro] as const))),
);

/** Equinix metro of a Direct Connect location that stands in an Equinix building; undefined for any other building. */
export function metroOfDirectConnectLocation(code: string): string | undefined {
  return metroOf().get(code) ?? metroOf().get(spelled(code));
}

/** Codes of all Direct Connect locations. */
export function directConnectLocationCodes(): string[] {
  return locations.keys().sort();
}
