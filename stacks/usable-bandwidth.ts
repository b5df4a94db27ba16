import { isSold } from "@hybrid-ai-fabric/locality";
import { planCircuits } from "../components/interconnect/resiliency";
import type { Interconnect, Via } from "./environment/interconnects";
import { isAwsPlace } from "./environment/places";
import type { EnvironmentContent } from "./environment/shape";
import { handOver } from "./environment/via/hand-over";

/** Mbps that a path carries while nothing has failed: its preferred circuit, or all where they share the load. */
export function usableMbps(
  interconnect: Interconnect,
  environment: Pick<EnvironmentContent, "places">,
): number {
  const metro = metroOf(interconnect, environment);
  if (metro === undefined) return 0;
  const { resiliency, circuits, shareLoad, via } = interconnect;
  const handOffs = via.flatMap((entry) => handOver(entry, metro) ?? []);
  const planned = planCircuits({
    resiliency,
    handOffs,
    shareLoad,
    ...(circuits === undefined ? {} : { circuits }),
  });
  return planned
    .filter(({ rank }) => rank === 0)
    .reduce((sum, { handOff }) => sum + (handOffs[handOff]?.bandwidthMbps ?? 0), 0);
}

/** False while an entry hands over nowhere, or with a bandwidth that is not sold: what follows from it says nothing. */
export function hasKnownBandwidth(
  interconnect: Interconnect,
  environment: Pick<EnvironmentContent, "places">,
): boolean {
  const metro = metroOf(interconnect, environment);
  return metro !== undefined && interconnect.via.every((entry) => isOrderable(entry, metro));
}

function isOrderable(entry: Via, metro: string): boolean {
  const over = handOver(entry, metro);
  if (!over) return false;
  if (over.provider === "directConnect") return isSold("dedicatedConnection", over.bandwidthMbps);
  const product = entry.megaport?.connectType === "AWS" ? "megaportCircuit" : "hostedConnection";
  return isSold(product, over.bandwidthMbps);
}

function metroOf({ from }: Interconnect, { places }: Pick<EnvironmentContent, "places">): string | undefined {
  const site = places[from];
  return site && !isAwsPlace(site) ? site.site.metro : undefined;
}
