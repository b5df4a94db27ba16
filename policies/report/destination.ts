import {
  awsRegionIds,
  blocNames,
  countriesOfBloc,
  countryCodes,
  equinixMetroCodes,
  nearest,
  type Place,
} from "@hybrid-ai-fabric/locality";

/** A place that a question names, as a test of the places that a plan has. */
export interface Destination {
  text: string;
  includes(place: Place): boolean;
}

/**
 * Reads a place as people write it: a country (`US`), a bloc (`bloc:EEA`), an AWS region (`us-east-1`, `aws:us-east-1`)
 * or an Equinix metro (`metro:TY`).
 */
export function parseDestination(text: string): Destination | { problem: string } {
  const [kind = "", name = ""] = text.includes(":") ? text.split(":", 2) : ["", text];
  const region = kind === "" || kind === "aws" ? name : "";
  if (awsRegionIds().includes(region)) return { text, includes: (place) => place.region === region };
  if (kind === "metro" && equinixMetroCodes().includes(name))
    return { text, includes: (place) => place.metro === name };
  if (kind === "bloc") {
    const countries = countriesOfBloc(name);
    if (countries) return { text, includes: (place) => countries.includes(place.country) };
  }
  if (kind === "" && countryCodes().includes(name))
    return { text, includes: (place) => place.country === name };
  const legal = [
    ...countryCodes(),
    ...awsRegionIds(),
    ...equinixMetroCodes().map((code) => `metro:${code}`),
    ...blocNames().map((bloc) => `bloc:${bloc}`),
  ];
  const close = nearest(text, legal).join(", ");
  return {
    problem: `${text} is no country, AWS region, metro:<code> or bloc:<name> of the tables.${close ? ` Nearest: ${close}.` : ""}`,
  };
}
