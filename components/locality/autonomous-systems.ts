import table from "./data/circuit-quotas.json";

/** Who speaks with an autonomous system number: not every one may use every number. */
export type AsnUse = "gateway" | "fabricPeer" | "peer";

interface AsnRange {
  first: number;
  last: number;
}

/** Why nobody may use a number, or not in this role; undefined when it is usable. A gateway of AWS takes private numbers. */
export function asnProblem(asn: number, use: AsnUse): string | undefined {
  if (!Number.isInteger(asn) || asn < 0 || asn > 4294967295) {
    return "is no AS number (a whole number up to 4294967295)";
  }
  const reserved = table.asns.reserved.find((range) => holds(range, asn));
  if (reserved) return `is reserved (${reserved.why})`;
  if (use === "fabricPeer" && table.asns.notPeersOfFabric.some((range) => holds(range, asn))) {
    return "is one that Equinix Fabric does not peer with";
  }
  if (use === "gateway" && !table.asns.private.some((range) => holds(range, asn))) {
    return "is not private (64512 to 65534, 4200000000 to 4294967294)";
  }
  return undefined;
}

function holds({ first, last }: AsnRange, asn: number): boolean {
  return asn >= first && asn <= last;
}
