import type { PlannedResource } from "@hybrid-ai-fabric/graph";
import { acceptances, additions } from "./additions";
import { changes } from "./changes";
import { grants } from "./grants";
import type { Holder, Mutation, Places } from "./mutation";

export { harmless } from "./harmless";
export type { Holder, Mutation, Places } from "./mutation";

/**
 * Every leak of one step that the catalogue allows: a place, a destination or a reader of a resource that holds data is
 * changed, or a resource is added that takes data from one. Each with what it leads to known and unknown.
 */
export function leaks(
  plan: readonly PlannedResource[],
  holders: readonly Holder[],
  places: Places,
): Mutation[] {
  return holders.flatMap((holder) => [
    ...changes(plan, holder, places),
    ...additions(plan, holder, places),
    ...(holder.isFirst ? [...acceptances(plan, holder, places), ...grants(plan, holder)] : []),
  ]);
}
