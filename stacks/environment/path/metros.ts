import {
  directConnectLocationsOfMetro,
  equinixMetro,
  metrosWithKnownLocations,
} from "@hybrid-ai-fabric/locality";
import { type Problem, problem, shown } from "../../problems";
import type { Interconnect } from "../interconnects";

/** Dublin and others have no Direct Connect location in an Equinix building: another metro must hand over. */
export function checkMetros(
  path: string,
  { from, via }: Interconnect,
  siteMetro: string | undefined,
): Problem[] {
  return via.flatMap(({ equinixFabric }, i) => {
    const metro = equinixFabric?.metro ?? siteMetro;
    if (!equinixFabric || equinixFabric.location !== undefined || metro === undefined) return [];
    if (equinixMetro(metro) === undefined || directConnectLocationsOfMetro(metro).length > 0) return [];
    const where =
      equinixFabric.metro === undefined
        ? `places.${from}.site.metro`
        : `${path}.via[${i}].equinixFabric.metro`;
    const known = metrosWithKnownLocations();
    const none = known.includes(metro)
      ? "has no Direct Connect location in an Equinix building"
      : "has no Direct Connect location in any table";
    const legal = known.filter((code) => directConnectLocationsOfMetro(code).length > 0).join(", ");
    return [problem(where, `${shown(metro)} ${none}; metros that have one: ${legal}, or say the location`)];
  });
}
