import { isLinkPrefixIpv6, overlapIpv6 } from "../../components/interconnect/link-addresses";
import { overlaps, parseCidr } from "../cidr";
import { type Problem, problem, shown } from "../problems";
import { isAwsPlace } from "./places";
import type { EnvironmentContent } from "./shape";

/** Prefixes of all places and links: readable, and none inside another. */
export function checkPrefixes({ places, interconnects }: EnvironmentContent): Problem[] {
  const written = [
    ...Object.entries(places).flatMap(([name, place]) =>
      isAwsPlace(place)
        ? [{ path: `places.${name}.cidr`, text: place.cidr }]
        : (place.cidrs ?? []).map((text, i) => ({ path: `places.${name}.cidrs[${i}]`, text })),
    ),
    ...Object.entries(interconnects).map(([name, { linkCidr }]) => ({
      path: `interconnects.${name}.linkCidr`,
      text: linkCidr,
    })),
  ];
  const parsed = written.map((entry) => ({ ...entry, cidr: parseCidr(entry.text) }));
  const malformed = parsed
    .filter(({ cidr }) => cidr === undefined)
    .map(({ path, text }) => problem(path, `${shown(text)} is not an IPv4 prefix such as 10.16.0.0/16`));
  const readable = parsed.flatMap(({ path, text, cidr }) => (cidr ? [{ path, text, cidr }] : []));
  return [
    ...malformed,
    ...clashes(readable, (a, b) => overlaps(a.cidr, b.cidr)),
    ...clashes(linkPrefixesIpv6(interconnects), (a, b) => overlapIpv6(a.text, b.text)),
  ];
}

interface Written {
  path: string;
  text: string;
}

/** IPv6 prefixes that uplinks take addresses from; those that are none are told with their interconnect. */
function linkPrefixesIpv6(interconnects: EnvironmentContent["interconnects"]): Written[] {
  return Object.entries(interconnects).flatMap(([name, { linkCidrIpv6: text }]) =>
    text !== undefined && isLinkPrefixIpv6(text)
      ? [{ path: `interconnects.${name}.linkCidrIpv6`, text }]
      : [],
  );
}

function clashes<T extends Written>(all: readonly T[], share: (a: T, b: T) => boolean): Problem[] {
  return all.flatMap((a, i) =>
    all
      .slice(i + 1)
      .filter((b) => share(a, b))
      .map((b) =>
        problem(b.path, `${shown(b.text)} overlaps ${a.text} of ${a.path}: prefixes must share no address`),
      ),
  );
}
