import { directConnectLocation, equinixMetro } from "@hybrid-ai-fabric/locality";
import { type Problem, problem, shown } from "../../problems";
import type { Interconnect } from "../interconnects";
import type { HandOver } from "../via/hand-over";

/** The place that circuits may leave is one where they do not stand any more. */
export function checkReplacement(
  path: string,
  { allowReplacement }: Interconnect,
  metro: string | undefined,
  overs: readonly (HandOver | undefined)[],
): Problem[] {
  if (allowReplacement === undefined) return [];
  const at = `${path}.allowReplacement`;
  const isPlace =
    equinixMetro(allowReplacement) !== undefined || directConnectLocation(allowReplacement) !== undefined;
  if (!isPlace)
    return [
      problem(
        at,
        `${shown(allowReplacement)} is neither an Equinix metro nor a Direct Connect location: name the old place`,
      ),
    ];
  const here = [metro, ...overs.map((over) => over?.location)];
  if (!here.includes(allowReplacement)) return [];
  return [
    problem(
      at,
      `${shown(allowReplacement)} is where the circuits are declared now: name the place they leave`,
    ),
  ];
}
