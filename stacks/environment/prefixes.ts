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
  const clashes = parsed.flatMap((a, i) =>
    parsed
      .slice(i + 1)
      .flatMap((b) =>
        a.cidr && b.cidr && overlaps(a.cidr, b.cidr)
          ? [
              problem(
                b.path,
                `${shown(b.text)} overlaps ${a.text} of ${a.path}: prefixes must share no address`,
              ),
            ]
          : [],
      ),
  );
  return [...malformed, ...clashes];
}
