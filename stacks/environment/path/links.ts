import { isLinkPrefixIpv6, linksIn } from "../../../components/interconnect/link-addresses";
import { devicesPerPath } from "../../../components/interconnect/resiliency";
import { parseCidr } from "../../cidr";
import { linkNumber } from "../../interconnect-decisions";
import { type Problem, problem, shown } from "../../problems";
import type { Interconnect } from "../interconnects";

/** Each path takes two links, used or not, so that a second circuit moves none that is there; uplinks come after all. */
export function checkLinks(path: string, declared: Interconnect): Problem[] {
  return [...checkIpv4(path, declared), ...checkIpv6(path, declared)];
}

function checkIpv4(path: string, { linkCidr, resiliency, circuits, via }: Interconnect): Problem[] {
  const device = devicesPerPath(resiliency, circuits);
  const uplinked = via.map(({ equinixFabric }) => equinixFabric?.uplinks !== undefined).lastIndexOf(true);
  const last =
    uplinked < 0
      ? linkNumber({ handOff: via.length - 1, device })
      : linkNumber({ handOff: uplinked, device }, "uplink");
  if (parseCidr(linkCidr) === undefined || linksIn(linkCidr) > last) return [];
  const needed = `${via.length} paths ${uplinked < 0 ? "" : "with uplinks "}need ${last + 1}, a /30 each`;
  return [problem(`${path}.linkCidr`, `${shown(linkCidr)} holds ${linksIn(linkCidr)} links, and ${needed}`)];
}

function checkIpv6(path: string, { linkCidrIpv6, via }: Interconnect): Problem[] {
  if (linkCidrIpv6 === undefined) return [];
  const at = `${path}.linkCidrIpv6`;
  if (!isLinkPrefixIpv6(linkCidrIpv6))
    return [
      problem(
        at,
        `${shown(linkCidrIpv6)} is not an IPv6 prefix such as fd00:64::/64, ending in :: and /112 or shorter`,
      ),
    ];
  if (via.some(({ equinixFabric }) => equinixFabric?.uplinks)) return [];
  return [
    problem(
      at,
      `${shown(linkCidrIpv6)}: only uplinks take addresses from it; towards AWS Amazon allocates them`,
    ),
  ];
}
