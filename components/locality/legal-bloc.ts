import { countriesOfBloc } from "./countries";

/**
 * The law that a country shares with others: the EEA for its members, else the country itself. Traffic that fails over
 * inside a bloc stays under one law; an adequacy decision makes a country reachable, not the same.
 */
export function legalBloc(country: string): string {
  return (countriesOfBloc("EEA") ?? []).includes(country) ? "EEA" : country;
}
