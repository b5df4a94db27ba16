/** An IPv4 prefix as a number and a length. */
interface Prefix {
  first: number;
  length: number;
}

/** Reads `10.16.0.0/16`; throws on anything else, because callers have validated it. */
export function readPrefix(text: string): Prefix {
  const [address = "", length = ""] = text.split("/");
  const bytes = address.split(".").map(Number);
  const first = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const size = Number(length);
  if (
    !/^\d+(\.\d+){3}\/\d+$/.test(text) ||
    bytes.length !== 4 ||
    bytes.some((byte) => !(byte >= 0 && byte <= 255)) ||
    !(size >= 0 && size <= 32)
  ) {
    throw new RangeError(`"${text}" is not an IPv4 prefix`);
  }
  return { first, length: size };
}

export function writeAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** The n-th prefix of a length inside another one. */
export function subPrefix(text: string, length: number, index: number): string {
  const { first, length: outer } = readPrefix(text);
  if (length < outer || index < 0 || index >= 2 ** (length - outer)) {
    throw new RangeError(`${text} holds no /${length} number ${index}`);
  }
  return `${writeAddress(first + index * 2 ** (32 - length))}/${length}`;
}

/**
 * One private subnet per zone: equal shares of a quarter of the prefix each for up to four zones, so that a zone that
 * is added later never moves the others. Keyed by zone id.
 */
export function subnetPrefixes(prefix: string, zoneIds: readonly string[]): { [zoneId: string]: string } {
  const share = zoneIds.length <= 4 ? 2 : Math.ceil(Math.log2(zoneIds.length));
  const { length } = readPrefix(prefix);
  return Object.fromEntries(zoneIds.map((zone, index) => [zone, subPrefix(prefix, length + share, index)]));
}

/** The n-th /64 of the /56 that Amazon gives to a VPC, such as 2001:db8:0:a00::/56. */
export function subnetOfIpv6(block: string, index: number): string {
  const groups = block.split("::", 1)[0]?.split(":") ?? [];
  const [a = "0", b = "0", c = "0", d = "0"] = groups;
  const fourth = (Number.parseInt(d, 16) + index).toString(16);
  return `${[a, b, c, fourth].join(":")}::/64`;
}
