import type { PlannedResource } from "../resource";
import type { Noun } from "./nouns";
import type { Interconnect } from "./plan-index";

/** Adds to the list under a key; the list grows in place, so that a group of any size costs its number once. */
export function append<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}

/** Resources by the one that a property of theirs names: the associations of each gateway, the protocols of each circuit. */
export function byEnd(
  interconnect: Interconnect,
  members: readonly PlannedResource[],
  property: string,
  ...ends: Noun[]
): Map<PlannedResource, PlannedResource[]> {
  const groups = new Map<PlannedResource, PlannedResource[]>();
  for (const member of members) {
    for (const end of interconnect.named(member, property, ...ends).resources) append(groups, end, member);
  }
  return groups;
}
