import { awsRegion } from "./aws-regions";
import table from "./data/round-trips.json";
import { equinixMetro } from "./metros";
import type { Place } from "./place";

/** Time for a packet to go there and back. */
export interface RoundTrip {
  /** Milliseconds, median. */
  p50: number;
  /** Milliseconds, 90th percentile; absent for an estimate. */
  p90?: number;
  /** True when it was computed from the distance, not measured (median error 18 %, 90th percentile 51 %). */
  estimate: boolean;
  source: string;
}

const EARTH_RADIUS_KM = 6371;

/** Round trip between two places: measured between AWS regions, else estimated from the great-circle distance. */
export function roundTripMs(a: Place, b: Place): RoundTrip | undefined {
  const [row, column] = [a, b].map((place) => (place.region ? table.regions.indexOf(place.region) : -1));
  if (row !== undefined && column !== undefined && row >= 0 && column >= 0 && !a.metro && !b.metro) {
    const p50 = (table.p50 as { [region: string]: number[] })[table.regions[row] ?? ""]?.[column];
    const p90 = (table.p90 as { [region: string]: number[] })[table.regions[row] ?? ""]?.[column];
    if (p50 !== undefined && p90 !== undefined)
      return { p50, p90, estimate: false, source: "cloudping.co 2025" };
  }
  const from = coordinates(a);
  const to = coordinates(b);
  if (!from || !to) return undefined;
  const km = distanceKm(from, to);
  // The fit holds between cities far apart; within one metro area its constant would hide that fibre is short.
  const p50 = km < 100 ? 2 : 25.9 + 0.0155 * km;
  return { p50, estimate: true, source: `25.9 ms + 0.0155 ms per km over ${Math.round(km)} km` };
}

interface Coordinates {
  lat: number;
  lon: number;
}

function coordinates(place: Place): Coordinates | undefined {
  const known =
    (place.metro ? equinixMetro(place.metro) : undefined) ??
    (place.region ? awsRegion(place.region) : undefined);
  return known?.lat === undefined || known.lon === undefined ? undefined : { lat: known.lat, lon: known.lon };
}

/** Great-circle distance in kilometres. */
export function distanceKm(a: Coordinates, b: Coordinates): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const dLat = radians(b.lat - a.lat) / 2;
  const dLon = radians(b.lon - a.lon) / 2;
  const h = Math.sin(dLat) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
