import { equinixMetro, type GeoZones, geoZonesFor } from "@hybrid-ai-fabric/locality";
import { isAwsPlace } from "./environment/places";
import type { EnvironmentContent } from "./environment/shape";
import type { SiteNetwork } from "./environment/site-networks";
import { demandsOf } from "./interconnect-decisions";

/** Metros of the sites of a network, each once. */
export function metrosOf({ sites }: SiteNetwork, { places }: EnvironmentContent): string[] {
  const metros = Object.keys(sites).flatMap((name) => {
    const place = places[name];
    return place && !isAwsPlace(place) ? [place.site.metro] : [];
  });
  return [...new Set(metros)].sort();
}

/** How far a network may reach: as narrow as its sites allow. */
export function scopeOf(network: SiteNetwork, environment: EnvironmentContent): string {
  return network.scope ?? (metrosOf(network, environment).length > 1 ? "REGIONAL" : "LOCAL");
}

/** Geo zones that hold all sites of a network, and those that its datasets may pass. */
export function geoZonesOfSites(network: SiteNetwork, environment: EnvironmentContent): GeoZones {
  const ends = metrosOf(network, environment).flatMap((metro) => equinixMetro(metro)?.country ?? []);
  return geoZonesFor(ends, demandsOf(environment, network.carries));
}

/** Geo zone of the circuits of a network: the declared one, else the narrowest that its datasets ask for. */
export function geoScopeOfSites(network: SiteNetwork, environment: EnvironmentContent): string | undefined {
  if (network.geoScope !== undefined) return network.geoScope;
  const { limiting, fitting } = geoZonesOfSites(network, environment);
  return limiting.length > 0 ? fitting[0] : undefined;
}
