/** ASNs of gateways in order of name: a gateway that is added moves none before it. None is one that Equinix keeps. */
export function assignAsns(
  gateways: readonly { name: string; asn?: number }[],
  first: number,
): { [name: string]: number } {
  const taken = new Set([64600, ...gateways.flatMap(({ asn }) => (asn === undefined ? [] : [asn]))]);
  let next = first;
  const sorted = [...gateways].sort((a, b) => (a.name < b.name ? -1 : 1));
  return Object.fromEntries(
    sorted.map(({ name, asn }) => {
      if (asn !== undefined) return [name, asn];
      while (taken.has(next)) next++;
      taken.add(next);
      return [name, next];
    }),
  );
}
