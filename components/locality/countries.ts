import table from "./data/jurisdictions.json";

const countries: { [code: string]: string | undefined } = table.countries;
const blocs: { [bloc: string]: string[] | undefined } = table.blocs;

/** Countries inside each geo zone that the Equinix provider accepts. The API also names EU, which the provider refuses. */
export const geoScopes: { [scope: string]: string[] } = table.geoScopes;

/** Country of what may be in any country: an edge network, a model that is served wherever there is room. */
export const ANYWHERE = "*";

export function countryName(code: string): string | undefined {
  return Object.hasOwn(countries, code) ? countries[code] : undefined;
}

export function countryCodes(): string[] {
  return Object.keys(countries).sort();
}

/** Member countries of a legal bloc (`EEA`, `EU`, `GCC` ...). */
export function countriesOfBloc(bloc: string): string[] | undefined {
  return Object.hasOwn(blocs, bloc) ? blocs[bloc] : undefined;
}

export function blocNames(): string[] {
  return Object.keys(blocs).sort();
}
