import { readPrefix, subPrefix, writeAddress } from "../network/prefixes";

/** The two ends of a BGP link, with the prefix length: chosen by us, so that the preview knows them. */
export interface LinkAddresses {
  /** The router's end with its length, such as 169.254.64.1/30. */
  customer: string;
  /** Amazon's end with its length, such as 169.254.64.2/30. */
  amazon: string;
}

/** The n-th /30 of a prefix: the first usable address for the router on our side, the second for Amazon. */
export function linkAddresses(prefix: string, index: number): LinkAddresses {
  const { first } = readPrefix(subPrefix(prefix, 30, index));
  return { customer: `${writeAddress(first + 1)}/30`, amazon: `${writeAddress(first + 2)}/30` };
}

/** Links that a prefix has room for: one /30 each. */
export function linksIn(prefix: string): number {
  const { length } = readPrefix(prefix);
  return length > 30 ? 0 : 2 ** (30 - length);
}

/**
 * The n-th /127 of an IPv6 prefix such as fd00:64::/64: the even address for the router on our side, the odd one for
 * Amazon (RFC 6164). The prefix ends in `::`, and the links are counted in its last 16 bits.
 */
export function linkAddressesIpv6(prefix: string, index: number): LinkAddresses {
  const [base = "", length = ""] = prefix.split("/");
  if (!isLinkPrefixIpv6(prefix)) {
    throw new RangeError(`"${prefix}" is not an IPv6 prefix that ends in :: and is /112 or shorter`);
  }
  if (index < 0 || index >= MOST_LINKS_IPV6) throw new RangeError(`/${length} holds no link number ${index}`);
  const end = (offset: number) => `${base}${(index * 2 + offset).toString(16)}/127`;
  return { customer: end(0), amazon: end(1) };
}

const MOST_LINKS_IPV6 = 2 ** 15;

/** True for `2001:db8:64::/64` and the like: one to seven groups, an end in `::`, and 16 free bits at least. */
export function isLinkPrefixIpv6(text: string): boolean {
  const match = /^((?:[0-9a-f]{1,4}:){1,7}):\/(\d{1,3})$/.exec(text);
  const groups = match?.[1]?.split(":").filter(Boolean).length ?? 8;
  const length = Number(match?.[2]);
  return match !== null && groups <= 7 && length >= groups * 16 && length <= 112;
}

/** True when two such prefixes share an address: the longer one begins as the shorter one does. */
export function overlapIpv6(a: string, b: string): boolean {
  const shortest = Math.min(...[a, b].map((text) => Number(text.split("/")[1])));
  return bitsOf(a).slice(0, shortest) === bitsOf(b).slice(0, shortest);
}

function bitsOf(prefix: string): string {
  const groups = prefix.replace(/::\/.*$/, "").split(":");
  return groups
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, "0"))
    .join("")
    .padEnd(128, "0");
}

/** An address without its prefix length, as BGP neighbours are written. */
export function withoutLength(address: string): string {
  return address.split("/", 1)[0] ?? address;
}
