import type { PlannedResource, View } from "@hybrid-ai-fabric/graph";
import { asked, textAt } from "@hybrid-ai-fabric/graph/interconnect";
import { type Region, type ServingPlan, servingOf, tokens } from "./serving-plan";

/** A region from which users are answered, with the resource that leads them there. */
export interface ServingRegion {
  by: PlannedResource;
  property: string;
  at: Region;
}

/** Regions behind front doors; where there is no door, those of the endpoints themselves. */
export function servingRegions(view: View): ServingRegion[] {
  const plan = servingOf(view);
  const doors = [...acceleratorRegions(plan), ...latencyRegions(plan)];
  if (doors.length > 0) return doors;
  return plan.all(tokens.endpoint).map((by) => ({ by, property: "region", at: plan.regionOf(by) }));
}

/** Endpoint groups of accelerators: their own region, else that of their provider. */
export function acceleratorRegions(plan: ServingPlan): ServingRegion[] {
  return plan.all(tokens.endpointGroup).map((by) => {
    const property = "endpointGroupRegion";
    const own = textAt(by, property);
    if (own.state === "known") return { by, property, at: { region: own.value } };
    return {
      by,
      property,
      at: own.state === "hidden" ? { unknown: `${property}: ${own.why}` } : plan.regionOf(by),
    };
  });
}

/** Records that lead to the region with the shortest way. */
export function latencyRegions(plan: ServingPlan): ServingRegion[] {
  const path = "latencyRoutingPolicies[].region";
  return plan.all(tokens.record).flatMap((by) =>
    asked(by, path).map(({ path: property, value }) => ({
      by,
      property,
      at: typeof value === "string" ? { region: value } : { unknown: "it is not known before creation" },
    })),
  );
}
