import table from "./data/jurisdictions.json";
import { factTable } from "./fact-table";

const countries = factTable<string>("countries", table.asOf, table.countries);
const blocs = factTable<string[]>("blocs", table.asOf, table.blocs);
const scopes = factTable<string[]>("geoScopes", table.asOf, table.geoScopes);

/** Countries inside each geo zone that the Equinix provider accepts. The API also names EU, which the provider refuses. */
export const geoScopes: { [scope: string]: string[] } = table.geoScopes;

/** Countries inside a geo zone, with what a user laid over the table. */
export function countriesOfGeoScope(scope: string): string[] | undefined {
  return scopes.get(scope);
}

export function geoScopeNames(): string[] {
  return scopes.keys();
}

/** Country of what may be in any country: an edge network, a model that is served wherever there is room. */
export const ANYWHERE = "*";

export function countryName(code: string): string | undefined {
  return countries.get(code);
}

export function countryCodes(): string[] {
  return countries.keys().sort();
}

/** Member countries of a legal bloc (`EEA`, `EU`, `GCC` ...). */
export function countriesOfBloc(bloc: string): string[] | undefined {
  return blocs.get(bloc);
}

export function blocNames(): string[] {
  return blocs.keys().sort();
}
