import {
  catalogueRow,
  declaredProperties,
  type PlannedResource,
  type Properties,
} from "@hybrid-ai-fabric/graph";
import { placeOfAwsRegion } from "@hybrid-ai-fabric/locality";
import { additionsAtHome } from "./additions";
import type { Holder, Mutation, Places } from "./mutation";
import { changed, resourceOf } from "./plan-edits";

/**
 * Edits that move nothing out: a further tag, another name, a store beside it, another description, and for one holder
 * of each kind whatever may be added at home.
 */
export function harmless(
  plan: readonly PlannedResource[],
  holders: readonly Holder[],
  places: Places,
): Mutation[] {
  // Where a plan keeps data of several countries, what moves home is harmless only where all of it may be.
  const country = placeOfAwsRegion(places.home)?.country ?? "";
  const added = holders
    .filter(({ isFirst, isOutside }) => isFirst && !isOutside(country))
    .flatMap((holder) => additionsAtHome(plan, holder, places));
  return [...unmoved(plan, places), ...added];
}

function unmoved(plan: readonly PlannedResource[], { home }: Places): Mutation[] {
  const edits = plan.filter(({ custom, type }) => custom && type.startsWith("aws:"));
  return edits.flatMap((resource): Mutation[] => {
    const { tags } = declaredProperties(resource);
    const tagged: Properties = typeof tags === "object" && tags !== null && !Array.isArray(tags) ? tags : {};
    const row = catalogueRow(resource.type);
    return [
      ...(row?.tags
        ? [
            edit("tag", resource, () =>
              changed(plan, resource, { path: "tags", value: { ...tagged, CostCentre: "4711" } }),
            ),
          ]
        : []),
      edit("description", resource, () =>
        changed(plan, resource, { path: "description", value: "for people" }),
      ),
      edit("neighbour", resource, () => [...plan, neighbour(resource, home)]),
    ];
  });
}

function edit(kind: string, resource: PlannedResource, make: () => PlannedResource[]): Mutation {
  return { kind, what: resource.name, make };
}

function neighbour(resource: PlannedResource, region: string): PlannedResource {
  const made = resourceOf("aws:sqs/queue:Queue", `beside-${resource.name}`, resource, [
    { path: "region", value: region },
  ]);
  return { ...made, ...(resource.provider ? { provider: resource.provider } : {}) };
}
