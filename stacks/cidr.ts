/** An IPv4 prefix as numbers: its first address and its length. */
export interface Cidr {
  first: number;
  length: number;
}

/** Reads `10.16.0.0/16`; undefined when it is no prefix or has bits set behind its length. */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, length = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((byte) => byte > 255) || length > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  return first % 2 ** (32 - length) === 0 ? { first, length } : undefined;
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  const end = ({ first, length }: Cidr) => first + 2 ** (32 - length);
  return a.first < end(b) && b.first < end(a);
}
