import { type Leaf, leavesAt } from "../path";
import type { PlannedResource } from "../resource";
import { hiddenBecause, isRecord, type Value } from "../value";

/** One property as a rule reads it: known, hidden from it before creation, or not there. */
export type Reading<T> =
  | { state: "known"; value: T; path: string }
  | { state: "hidden"; path: string; why: string }
  | { state: "absent"; path: string };

/**
 * What the program asked for at a path, in the first of several spellings that it uses. Only inputs count: what a
 * provider computes for a property that the program left out stands in the outputs and is nobody's decision.
 */
export function asked(resource: PlannedResource, ...spellings: string[]): Leaf[] {
  for (const path of spellings) {
    const leaves = leavesAt(resource.inputs, path);
    if (leaves.length > 0) return leaves;
  }
  return [];
}

export function textAt(resource: PlannedResource, ...spellings: string[]): Reading<string> {
  return read(asked(resource, ...spellings), spellings[0] ?? "", (value) =>
    typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined,
  );
}

/** A number, also when it is written as a text: ASNs and BFD intervals come in both forms. */
export function numberAt(resource: PlannedResource, ...spellings: string[]): Reading<number> {
  return read(asked(resource, ...spellings), spellings[0] ?? "", toNumber);
}

export function flagAt(resource: PlannedResource, ...spellings: string[]): Reading<boolean> {
  return read(asked(resource, ...spellings), spellings[0] ?? "", (value) =>
    typeof value === "boolean" ? value : undefined,
  );
}

export function toNumber(value: Value): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

function read<T>(
  leaves: readonly Leaf[],
  path: string,
  convert: (value: Value) => T | undefined,
): Reading<T> {
  const [leaf] = leaves;
  if (!leaf) return { state: "absent", path };
  const why = hiddenBecause(leaf.value);
  if (why !== undefined) return { state: "hidden", path: leaf.path, why };
  const value = convert(leaf.value);
  if (value === undefined) return { state: "hidden", path: leaf.path, why: "it is not of the type expected" };
  return { state: "known", value, path: leaf.path };
}

/** The objects of a list or single object at a path, each as properties of its own; `hidden` when one cannot be read. */
export function objectsAt(
  resource: PlannedResource,
  ...spellings: string[]
): { objects: { path: string; properties: { [key: string]: Value } }[]; hidden: Leaf[] } {
  const leaves = asked(resource, ...spellings);
  return {
    objects: leaves.flatMap(({ path, value }) =>
      isRecord(value) && hiddenBecause(value) === undefined ? [{ path, properties: value }] : [],
    ),
    hidden: leaves.filter(({ value }) => hiddenBecause(value) !== undefined),
  };
}
