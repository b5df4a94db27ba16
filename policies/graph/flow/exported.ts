import { placeOfZone, residencyTerms } from "@hybrid-ai-fabric/locality";
import { at, type Location } from "../places";
import type { PlannedResource } from "../resource";
import { isRecord, type Properties, type Value } from "../value";
import type { ExportedStore } from "./external";

/**
 * Stores that other stacks export, by id, ARN and URN, and the gateways that data passes there (`gateways: [{ id, place }]`). A stack says what it holds in its output
 * `hybridAi: { version: 1, stores: [{ urn, id, arn, type, place, dataset, residency }] }`. The engine shows no policy a
 * StackReference, so a component of the reading stack registers the output again under the same name; where a plan does
 * hold the reference, it is read as well.
 */
export function exportedStores(resources: readonly PlannedResource[]): Map<string, ExportedStore> {
  const stores = new Map<string, ExportedStore>();
  for (const resource of resources) {
    const exported = exportedBy(resource);
    if (!isRecord(exported) || exported.version !== 1) continue;
    for (const store of [...listed(exported.stores), ...listed(exported.gateways)]) {
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

/**
 * Subnets that other stacks export as `subnets: [{ id, zone }]` of the same output: what stands in one of them is where
 * its zone is, and not in any Local Zone that the region happens to have.
 */
export function exportedSubnets(resources: readonly PlannedResource[]): Map<string, Location> {
  const subnets = new Map<string, Location>();
  for (const resource of resources) {
    const exported = exportedBy(resource);
    if (!isRecord(exported) || exported.version !== 1) continue;
    for (const subnet of listed(exported.subnets)) {
      if (!isRecord(subnet) || typeof subnet.id !== "string" || typeof subnet.zone !== "string") continue;
      const place = placeOfZone(subnet.zone);
      if (place) subnets.set(subnet.id, at(place, "zone of a subnet that its stack exported"));
    }
  }
  return subnets;
}

function listed(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

/** What the stack itself exports says nothing of others. */
function exportedBy({ type, custom, inputs, outputs }: PlannedResource): Value | undefined {
  if (type === "pulumi:pulumi:Stack") return undefined;
  if (type === "pulumi:pulumi:StackReference")
    return isRecord(outputs.outputs) ? named(outputs.outputs) : undefined;
  return custom ? undefined : (named(outputs) ?? named(inputs));
}

function named(properties: Properties): Value | undefined {
  return properties.hybridAi ?? properties["hybrid-ai"];
}

function words(value: Value | undefined): string[] {
  if (typeof value === "string") return residencyTerms(value);
  if (!Array.isArray(value)) return [];
  return value.filter((word): word is string => typeof word === "string");
}
