import { circuitQuotas } from "@hybrid-ai-fabric/locality";
import { stableHash } from "./stable-hash";

/** A gateway by a name that never changes, such as its account and region. */
export interface AsnGateway {
  name: string;
  /** ASN that was asked for. Default: the one of its name. */
  asn?: number;
}

/**
 * Private ASN of a gateway, from its name alone: no other gateway moves it. AWS replaces a transit gateway whose ASN
 * changes, with everything that is attached to it. The four-byte private range has 94 967 295 numbers, so two of
 * thirty names meet once in 200 000 environments; `sharedAsns` tells them.
 */
export function asnOfName(name: string): number {
  const { first, last } = WIDEST;
  return first + (stableHash(name) % (last - first + 1));
}

/** ASNs of gateways by name. */
export function assignAsns(gateways: readonly AsnGateway[]): { [name: string]: number } {
  return Object.fromEntries(gateways.map(({ name, asn }) => [name, asn ?? asnOfName(name)]));
}

/** Gateways that speak the same ASN, in groups of two and more: they would drop each other's routes. */
export function sharedAsns(gateways: readonly AsnGateway[]): { asn: number; names: string[] }[] {
  const speakers = new Map<number, string[]>();
  for (const [name, asn] of Object.entries(assignAsns(gateways))) {
    speakers.set(asn, [...(speakers.get(asn) ?? []), name]);
  }
  return [...speakers].flatMap(([asn, names]) => (names.length > 1 ? [{ asn, names: names.sort() }] : []));
}

/** The largest range of private ASNs. */
const WIDEST = circuitQuotas.asns.private.reduce((widest, range) =>
  range.last - range.first > widest.last - widest.first ? range : widest,
);
