import { geoScopes } from "./countries";
import { isUnlimited, mayBeIn } from "./residency";

/** A dataset that travels over a circuit. */
export interface TransitDemand {
  dataset: string;
  /** Where it may pass; all must hold. */
  residency: readonly string[];
  kinds?: readonly string[];
}

/** Which geo zones of Equinix a circuit may be ordered with, for the data that it carries. */
export interface GeoZones {
  /** Datasets that limit where they pass. Without one the circuit needs no zone. */
  limiting: string[];
  /** Zones that hold every end, the narrowest first. */
  holding: string[];
  /** Those of them that every dataset may be carried through. The first is the one to order. */
  fitting: string[];
}

/**
 * Geo zones for a circuit between ends in these countries. A zone is a promise that frames stay inside it, so every
 * country of it must be one that each dataset may pass.
 */
export function geoZonesFor(
  ends: readonly string[],
  demands: readonly TransitDemand[],
  zones: { [zone: string]: readonly string[] } = geoScopes,
): GeoZones {
  const limiting = demands.filter(({ residency }) => !isUnlimited(residency, "transit"));
  const holding = Object.entries(zones)
    .filter(([, countries]) => ends.every((country) => countries.includes(country)))
    .sort(([a, few], [b, many]) => few.length - many.length || (a < b ? -1 : 1));
  const fitting = holding.filter(([, countries]) =>
    countries.every((country) => limiting.every((demand) => mayPass(demand, country))),
  );
  const names = (list: typeof holding) => list.map(([zone]) => zone);
  return {
    limiting: [...new Set(limiting.map(({ dataset }) => dataset))].sort(),
    holding: names(holding),
    fitting: names(fitting),
  };
}

function mayPass({ residency, kinds = [] }: TransitDemand, country: string): boolean {
  return mayBeIn(residency, "transit", { country, operator: "equinix" }, { kinds }).verdict === "holds";
}
