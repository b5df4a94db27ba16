import { residencyTerms } from "@hybrid-ai-fabric/locality";
import type { PlannedResource } from "../resource";
import { isRecord, type Value } from "../value";
import type { ExportedStore } from "./external";

/**
 * Stores that other stacks export, by id, ARN and URN. A stack says what it holds in its output
 * `hybridAi: { version: 1, stores: [{ urn, id, arn, type, place, dataset, residency }] }`, and a value that comes through a
 * StackReference is matched to it.
 */
export function exportedStores(resources: readonly PlannedResource[]): Map<string, ExportedStore> {
  const stores = new Map<string, ExportedStore>();
  for (const { type, outputs } of resources) {
    if (type !== "pulumi:pulumi:StackReference" || !isRecord(outputs.outputs)) continue;
    const exported = outputs.outputs.hybridAi ?? outputs.outputs["hybrid-ai"];
    if (!isRecord(exported) || exported.version !== 1 || !Array.isArray(exported.stores)) continue;
    for (const store of exported.stores) {
      if (!isRecord(store)) continue;
      const described = {
        ...(typeof store.place === "string" ? { place: store.place } : {}),
        dataset: words(store.dataset),
        residency: words(store.residency),
      };
      for (const key of [store.id, store.arn, store.urn])
        if (typeof key === "string") stores.set(key, described);
    }
  }
  return stores;
}

function words(value: Value | undefined): string[] {
  if (typeof value === "string") return residencyTerms(value);
  if (!Array.isArray(value)) return [];
  return value.filter((word): word is string => typeof word === "string");
}
