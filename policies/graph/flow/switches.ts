import type { CatalogueRow } from "../catalogue";
import { type Leaf, leavesAt } from "../path";
import { declaredProperties, type PlannedResource } from "../resource";

/** Elements of a list of rules that are known to be off, by their paths: each is judged by its own switch. */
function switchedOff(resource: PlannedResource, { activeWhen }: CatalogueRow): string[] {
  if (!activeWhen) return [];
  return leavesAt(declaredProperties(resource), activeWhen.path)
    .filter(({ value }) => typeof value === "string" && value !== activeWhen.equals)
    .map(({ path }) => parentOf(path));
}

/** Whether nothing of a resource moves data: all of its rules are off, and there are some. */
export function isSwitchedOff(resource: PlannedResource, row: CatalogueRow): boolean {
  const off = switchedOff(resource, row);
  if (!row.activeWhen || off.length === 0) return false;
  const list = parentOf(row.activeWhen.path);
  return list === "" || leavesAt(declaredProperties(resource), list).length <= off.length;
}

/** The values that stand in no element that is off. */
export function switchedOn(leaves: readonly Leaf[], resource: PlannedResource, row: CatalogueRow): Leaf[] {
  const off = switchedOff(resource, row).filter((element) => element !== "");
  if (off.length === 0) return [...leaves];
  return leaves.filter(({ path }) => !off.some((element) => path.startsWith(`${element}.`)));
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("."), 0));
}
