import { isRecord, isSecret, isUnknown, type Properties, unknownValue, type Value } from "./value";

/** One value found at a property path, with the path that leads to it (`rules[0].destination.bucket`). */
export interface Leaf {
  path: string;
  value: Value;
  /** What it is the value of inside a document: a key, or the name beside it (`{ name, value }`). */
  key?: string;
}

/**
 * Every value at a path of the catalogue. `[]` stands for each element of a list, and a single object is read as a
 * list of one, because provider bridges disagree about which it is. What lies beneath an unknown is itself unknown:
 * it is returned as one unknown leaf, never as nothing; so is a secret.
 */
export function leavesAt(properties: Properties, path: string): Leaf[] {
  const steps = stepsOf(path);
  // Most resources lack most properties of the catalogue.
  if (properties[steps[0]?.key ?? ""] === undefined && !isUnknown(properties) && !isSecret(properties))
    return [];
  let leaves: Leaf[] = [{ path: "", value: properties }];
  for (const { key, each } of steps) {
    leaves = leaves.flatMap((leaf) => descend(leaf, key)).flatMap((leaf) => (each ? elements(leaf) : [leaf]));
  }
  return leaves.flatMap((leaf) => (Array.isArray(leaf.value) ? elements(leaf) : [leaf])).filter(isPresent);
}

interface Step {
  key: string;
  /** It stands for each element of a list. */
  each: boolean;
}

/** The catalogue has a fixed number of paths, each asked for at every resource of its type. */
function stepsOf(path: string): readonly Step[] {
  const known = read.get(path);
  if (known) return known;
  const steps = path.split(".").map((step) => {
    const each = step.endsWith("[]");
    return { key: each ? step.slice(0, -2) : step, each };
  });
  read.set(path, steps);
  return steps;
}

const read = new Map<string, readonly Step[]>();

/** Every text, number, unknown and secret inside a value, with its path. */
export function leavesWithin(root: Leaf): Leaf[] {
  const { path, value } = root;
  if (Array.isArray(value)) {
    return value.flatMap((element, index) =>
      leavesWithin({ ...root, path: `${path}[${index}]`, value: element }),
    );
  }
  if (isRecord(value) && !isUnknown(value) && !isSecret(value)) {
    return Object.entries(value).flatMap(([key, child]) =>
      leavesWithin({ path: path === "" ? key : `${path}.${key}`, value: child, key: nameBeside(value, key) }),
    );
  }
  return isPresent(root) ? [root] : [];
}

/** Variables of containers are pairs: what a value is called stands beside it. */
function nameBeside(record: { [key: string]: Value }, key: string): string {
  const { name = record.key ?? record.Name ?? record.parameterName } = record;
  return /^(value|Value|parameterValue)$/.test(key) && typeof name === "string" ? name : key;
}

/** Whether the unknown stands exactly where the path of the catalogue ends, and not for a whole branch above it. */
export function isExactly(leaf: Leaf, path: string): boolean {
  return withoutIndexes(leaf.path).split(".").length === path.split(".").length;
}

/** A path without the marks of lists: `rules[0].destination` and `rules[].destination` are both `rules.destination`. */
export function withoutIndexes(path: string): string {
  return path.replace(/\[\d*\]/g, "");
}

/** The name of the top-level property of a path: dependencies are recorded per top-level property only. */
export function topLevel(path: string): string {
  return path.split(/[.[]/, 1)[0] ?? path;
}

function descend(leaf: Leaf, key: string): Leaf[] {
  if (isUnknown(leaf.value) || isSecret(leaf.value)) return [leaf];
  if (Array.isArray(leaf.value)) return elements(leaf).flatMap((element) => descend(element, key));
  if (!isRecord(leaf.value)) return [];
  const path = leaf.path === "" ? key : `${leaf.path}.${key}`;
  const value = leaf.value[key];
  return value === undefined ? [] : [{ path, value }];
}

function elements(leaf: Leaf): Leaf[] {
  if (isUnknown(leaf.value)) return [{ path: leaf.path, value: unknownValue }];
  if (!Array.isArray(leaf.value)) return [leaf];
  return leaf.value.map((value, index) => ({ path: `${leaf.path}[${index}]`, value }));
}

/** Providers fill optional strings with "": that is an absent value, not a name. */
function isPresent(leaf: Leaf): boolean {
  return leaf.value !== null && leaf.value !== "";
}
