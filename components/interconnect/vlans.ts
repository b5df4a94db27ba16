import type { ArgumentProblem } from "../problems";

/** 802.1Q tags that a port can give to a circuit. */
export const FIRST_VLAN = 2;
export const LAST_VLAN = 4093;

/**
 * Gives every circuit of a port a VLAN of its own: the one that was asked for, else the next free one in the order
 * given, so that a circuit that is appended moves no other. Throws where a port has more circuits than tags.
 */
export function assignVlans(circuits: readonly { name: string; vlan?: number }[]): {
  [name: string]: number;
} {
  const taken = new Set(circuits.flatMap(({ vlan }) => (vlan === undefined ? [] : [vlan])));
  let next = FIRST_VLAN;
  const free = (): number => {
    while (taken.has(next)) next++;
    if (next > LAST_VLAN)
      throw new RangeError(`${circuits.length} circuits, and a port has ${LAST_VLAN - 1} VLANs`);
    taken.add(next);
    return next;
  };
  return Object.fromEntries(circuits.map(({ name, vlan }) => [name, vlan ?? free()]));
}

/** VLANs that were asked for: legal, and each once on its port. */
export function validateVlans(
  circuits: readonly { path: string; port: string; vlan: number }[],
): ArgumentProblem[] {
  return circuits.flatMap(({ path, port, vlan }, index) => {
    if (!Number.isInteger(vlan) || vlan < FIRST_VLAN || vlan > LAST_VLAN) {
      return [{ propertyPath: path, reason: `${vlan} is not a VLAN: ${FIRST_VLAN} to ${LAST_VLAN}` }];
    }
    const other = circuits.slice(0, index).find((o) => o.port === port && o.vlan === vlan);
    return other
      ? [{ propertyPath: path, reason: `${vlan} is the VLAN of ${other.path} on the same port` }]
      : [];
  });
}
