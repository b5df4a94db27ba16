import { planCircuits } from "../components/interconnect/resiliency";
import type { Interconnect } from "./environment/interconnects";
import { isAwsPlace } from "./environment/places";
import type { EnvironmentContent } from "./environment/shape";
import { handOver } from "./environment/via/hand-over";

/** Mbps that a path carries while nothing has failed: its preferred circuit, or all where they share the load. */
export function usableMbps(
  interconnect: Interconnect,
  { places }: Pick<EnvironmentContent, "places">,
): number {
  const site = places[interconnect.from];
  if (!site || isAwsPlace(site)) return 0;
  const { resiliency, circuits, shareLoad, via } = interconnect;
  const handOffs = via.flatMap((entry) => handOver(entry, site.site.metro) ?? []);
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
