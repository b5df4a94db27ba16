import table from "./data/circuit-quotas.json";

/** Who speaks with an autonomous system number: not every one may use every number. */
export type AsnUse = "gateway" | "fabricPeer" | "peer";

interface AsnRange {
  first: number;
  last: number;
}

const { reserved, notPeersOfFabric, private: privateRanges } = table.asns;

/** Numbers that a gateway of our own may speak, as messages name them: private, and ones that Equinix peers with. */
export const privateAsnText = privateRanges.map(rangeText).join(" and ");

/**
 * Why nobody may use a number, or not in one of these roles; undefined when it is usable in all of them. A gateway of
 * AWS takes private numbers.
 */
export function asnProblem(asn: number, ...uses: readonly AsnUse[]): string | undefined {
  if (!Number.isInteger(asn) || asn < 0 || asn > 4294967295) {
    return "is no AS number (a whole number up to 4294967295)";
  }
  const kept = reserved.find((range) => holds(range, asn));
  if (kept) return `is reserved (${kept.why})`;
  if (uses.includes("fabricPeer") && notPeersOfFabric.some((range) => holds(range, asn))) {
    return "is one that Equinix Fabric does not peer with";
  }
  if (uses.includes("gateway") && !privateRanges.some((range) => holds(range, asn))) {
    return `is not private (${privateRanges.map(({ first, last }) => `${first} to ${last}`).join(", ")})`;
  }
  return undefined;
}

function holds({ first, last }: AsnRange, asn: number): boolean {
  return asn >= first && asn <= last;
}

function rangeText(range: AsnRange): string {
  const but = notPeersOfFabric.flatMap(({ first, last }) =>
    holds(range, first) ? [first === last ? `${first}` : `${first}-${last}`] : [],
  );
  return `${range.first}-${range.last}${but.length > 0 ? ` (but ${but.join(", ")})` : ""}`;
}
