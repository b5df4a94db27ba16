import { linksIn } from "../../../components/interconnect/link-addresses";
import { devicesPerPath } from "../../../components/interconnect/resiliency";
import { parseCidr } from "../../cidr";
import { type Problem, problem, shown } from "../../problems";
import type { Interconnect } from "../interconnects";

/** Each path takes two links, used or not, so that a second circuit moves none that is there. */
export function checkLinks(path: string, { linkCidr, resiliency, circuits, via }: Interconnect): Problem[] {
  const needed = 2 * (via.length - 1) + devicesPerPath(resiliency, circuits);
  if (parseCidr(linkCidr) === undefined || linksIn(linkCidr) >= needed) return [];
  return [
    problem(
      `${path}.linkCidr`,
      `${shown(linkCidr)} holds ${linksIn(linkCidr)} links, and ${via.length} paths need ${needed}, a /30 each`,
    ),
  ];
}
