/** An address inside its prefix, IPv4 or IPv6, as numbers. */
export interface LinkAddress {
  family: "ipv4" | "ipv6";
  address: bigint;
  length: number;
  /** First and last address of the prefix. */
  first: bigint;
  last: bigint;
}

/** Reads `169.254.64.1/30` or `2001:db8::1/127`; without a length it is a prefix of one address. */
export function readAddress(text: string): LinkAddress | undefined {
  const [host = "", size, rest] = text.split("/");
  if (rest !== undefined) return undefined;
  const family = host.includes(":") ? "ipv6" : "ipv4";
  const address = family === "ipv4" ? readIpv4(host) : readIpv6(host);
  const bits = family === "ipv4" ? 32 : 128;
  const length = size === undefined ? bits : /^\d{1,3}$/.test(size) ? Number(size) : -1;
  if (address === undefined || length < 0 || length > bits) return undefined;
  const span = 1n << BigInt(bits - length);
  const first = address - (address % span);
  return { family, address, length, first, last: first + span - 1n };
}

function readIpv4(text: string): bigint | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return undefined;
  const bytes = text.split(".").map(Number);
  if (bytes.some((byte) => byte > 255)) return undefined;
  return bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function readIpv6(text: string): bigint | undefined {
  const [head = "", tail, more] = text.split("::");
  if (more !== undefined) return undefined;
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...before, ...Array.from({ length: tail === undefined ? 0 : missing }, () => "0"), ...after];
  if (all.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

export function isSameHost(a: LinkAddress, b: LinkAddress): boolean {
  return a.family === b.family && a.address === b.address;
}

export function isSamePrefix(a: LinkAddress, b: LinkAddress): boolean {
  return a.family === b.family && a.first === b.first && a.last === b.last;
}

export function overlap(a: LinkAddress, b: LinkAddress): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/**
 * Pairs of things whose prefixes overlap, each with the nearest one before it. Sorting by the first address makes it a
 * single sweep, so that many links cost no more than their number.
 */
export function overlapping<T>(links: readonly { prefix: LinkAddress; owner: T }[]): [T, T][] {
  const sorted = [...links].sort((a, b) => order(a.prefix, b.prefix));
  const pairs: [T, T][] = [];
  let widest: (typeof sorted)[number] | undefined;
  for (const link of sorted) {
    if (widest && overlap(widest.prefix, link.prefix)) {
      pairs.push([widest.owner, link.owner]);
      if (link.prefix.last > widest.prefix.last) widest = link;
    } else widest = link;
  }
  return pairs;
}

function order(a: LinkAddress, b: LinkAddress): number {
  if (a.family !== b.family) return a.family < b.family ? -1 : 1;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.length - b.length;
}
