import {
  awsRegion,
  equinixMetro,
  type GeoZones,
  geoZonesFor,
  prefixQuotas,
  type TransitDemand,
} from "@hybrid-ai-fabric/locality";
import { MOST_RANKS } from "../components/interconnect/failover";
import type { Interconnect } from "./environment/interconnects";
import { isAwsPlace } from "./environment/places";
import type { EnvironmentContent } from "./environment/shape";
import type { EquinixFabric } from "./environment/via/equinix-fabric";
import { handOver } from "./environment/via/hand-over";

/** Datasets that may cross a path: what is transferred over it, and what agents and memories at its ends exchange. */
export function datasetsOver(
  { transfers, channels, agents, memories }: EnvironmentContent,
  { from: site, to: places }: Pick<Interconnect, "from" | "to">,
): string[] {
  const transferred = Object.values(transfers)
    .filter(({ from, to }) => from === site && places.includes(to))
    .map(({ dataset }) => dataset);
  const placeOf = (name: string) => agents[name]?.at ?? memories[name]?.at ?? "";
  const exchanged = Object.values(channels).flatMap(({ from, to, carries }) => {
    const ends = [placeOf(from), placeOf(to)];
    return ends.includes(site) && ends.some((end) => places.includes(end)) ? carries : [];
  });
  return [...new Set([...transferred, ...exchanged])].sort();
}

/** What datasets ask of a way: nothing for names that are none. */
export function demandsOf({ datasets }: EnvironmentContent, names: readonly string[]): TransitDemand[] {
  return names.flatMap((dataset) => {
    const declared = datasets[dataset];
    return declared ? [{ dataset, residency: declared.residency, kinds: declared.kinds }] : [];
  });
}

/** Geo zones that the circuits of an entry may be ordered with: their ends are the site, the hand-over and the seller region. */
export function geoZonesOf(
  environment: EnvironmentContent,
  interconnect: Interconnect,
  fabric: EquinixFabric,
): GeoZones & { ends: string[] } {
  const site = environment.places[interconnect.from];
  const metro = site && !isAwsPlace(site) ? site.site.metro : "";
  const over = handOver({ equinixFabric: fabric }, metro);
  const countries = [
    equinixMetro(metro)?.country,
    equinixMetro(fabric.metro ?? metro)?.country,
    awsRegion(over?.sellerRegion ?? "")?.country,
  ];
  const ends = [...new Set(countries.flatMap((country) => country ?? []))];
  const demands = demandsOf(environment, datasetsOver(environment, interconnect));
  return { ...geoZonesFor(ends, demands), ends };
}

/** Geo zone of the circuits of an entry: the declared one, else the narrowest that its datasets ask for. */
export function geoScopeOf(
  environment: EnvironmentContent,
  interconnect: Interconnect,
  fabric: EquinixFabric,
): string | undefined {
  if (fabric.geoScope !== undefined) return fabric.geoScope;
  const { limiting, fitting } = geoZonesOf(environment, interconnect, fabric);
  return limiting.length > 0 ? fitting[0] : undefined;
}

/** Entries of `via` that an interconnect has at most: the ranks that BGP can tell apart. */
export const MOST_PATHS = MOST_RANKS;

/**
 * Number of the link of a circuit in the prefix of its path: two for each entry of `via`, and the uplinks of Cloud
 * Routers behind those of all entries that there can be.
 */
export function linkNumber(
  { handOff, device }: { handOff: number; device: number },
  kind: "circuit" | "uplink" = "circuit",
): number {
  return (kind === "uplink" ? 2 * MOST_PATHS : 0) + 2 * handOff + device - 1;
}

/** True for a place that a path reaches over a transit gateway: not over one of its own, nor over a core network. */
export function isOverTransit({ virtualInterface, coreNetwork }: Interconnect): boolean {
  return virtualInterface === "transit" && coreNetwork === undefined;
}

/** Prefixes that the tightest session of a path may take: a site announces the same over all of them. */
export function tightestAllocation({ via }: Pick<Interconnect, "via">): number {
  return Math.min(
    ...via.map(({ directConnect }) => directConnect?.allocatedPrefixes ?? prefixQuotas.perVirtualInterface),
  );
}
