import { awsRegion } from "./aws-regions";
import table from "./data/round-trips.json";
import { factTable } from "./fact-table";
import { equinixMetro } from "./metros";
import type { Place } from "./place";

/** Time for a packet to go there and back. */
export interface RoundTrip {
  /** Milliseconds, median. */
  p50: number;
  /** Milliseconds, 90th percentile; absent for an estimate. */
  p90?: number;
  /** True when it was not measured between these two ends (from the distance: median error 18 %, 90th percentile 51 %). */
  estimate: boolean;
  /** Milliseconds that light in fibre needs on a straight line: no path can be faster. Absent where a place has no coordinates. */
  least?: number;
  source: string;
}

const EARTH_RADIUS_KM = 6371;

/** Kilometres inside which a region stands for a place: the same metro area. */
const SAME_AREA_KM = 100;
/** Light in fibre, there and back, in a straight line. */
const LEAST_MS_PER_KM = 0.01;

/**
 * Round trip between two places: measured between AWS regions, else what was measured between the regions in whose metro
 * areas both ends are, else estimated from the great-circle distance.
 */
export function roundTripMs(a: Place, b: Place): RoundTrip | undefined {
  const from = coordinates(a);
  const to = coordinates(b);
  const km = from && to ? distanceKm(from, to) : undefined;
  const least = km === undefined ? {} : { least: km * LEAST_MS_PER_KM };
  const own = ownMeasurement(a, b);
  if (own) return { ...own, ...least, estimate: false, source: "tables.roundTrips of the settings" };
  if (!a.metro && !b.metro) {
    const known = a.region && b.region ? measured(a.region, b.region) : undefined;
    if (known) return { ...known, ...least, estimate: false, source: "cloudping.co 2025" };
  }
  if (km === undefined || !from || !to) return undefined;
  if (km < SAME_AREA_KM)
    return { p50: 2, ...least, estimate: true, source: `one metro area (${Math.round(km)} km)` };
  const [near, far] = [regionAround(a, from), regionAround(b, to)];
  const between = near && far ? measured(near, far) : undefined;
  if (between) {
    const source = `cloudping.co 2025 between ${near} and ${far}, in whose metro areas both ends are`;
    return { p50: between.p50, ...least, estimate: true, source };
  }
  const p50 = 25.9 + 0.0155 * km;
  return { p50, ...least, estimate: true, source: `25.9 ms + 0.0155 ms per km over ${Math.round(km)} km` };
}

function measured(a: string, b: string): { p50: number; p90: number } | undefined {
  const [row, column] = [table.regions.indexOf(a), table.regions.indexOf(b)];
  const p50 = (table.p50 as Matrix)[table.regions[row] ?? ""]?.[column];
  const p90 = (table.p90 as Matrix)[table.regions[row] ?? ""]?.[column];
  return p50 === undefined || p90 === undefined ? undefined : { p50, p90 };
}

/** What a user measured between two places, whichever is named first: `aws:ap-northeast-1>metro:TY`. */
const ownMeasurements = factTable<{ p50: number; p90?: number }>(
  "roundTrips",
  table.asOf,
  {},
  // Cables change slower than laws: the figures of a year hold for a few.
  { validDays: 3 * 365, examples: [{ p50: 1 }, { p50: 1, p90: 2 }] },
);

function ownMeasurement(a: Place, b: Place): { p50: number; p90?: number } | undefined {
  const [from, to] = [nameOf(a), nameOf(b)];
  return ownMeasurements.get(`${from}>${to}`) ?? ownMeasurements.get(`${to}>${from}`);
}

function nameOf({ metro, region, country }: Place): string {
  return metro ? `metro:${metro}` : region ? `aws:${region}` : country;
}

type Matrix = { [region: string]: number[] | undefined };

/** The measured region in whose metro area a place is. */
function regionAround(place: Place, at: Coordinates): string | undefined {
  if (place.region && table.regions.includes(place.region)) return place.region;
  return table.regions.find((id) => {
    const region = coordinates({ country: "", operator: "", region: id });
    return region !== undefined && distanceKm(region, at) < SAME_AREA_KM;
  });
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
