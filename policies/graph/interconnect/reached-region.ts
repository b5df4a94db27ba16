import type { PlannedResource } from "../resource";
import type { View } from "../rule";
import { textAt } from "./reading";

/** A region that a Direct Connect gateway leads to, with the resource that says so; or why its region cannot be told. */
export interface ReachedRegion {
  by: PlannedResource;
  property: string;
  region?: string;
  why?: string;
}

/** The region of the gateway at the end of a resource; one that is not in this plan stands where that resource is made. */
export function regionOf(
  view: View,
  by: PlannedResource,
  property: string,
  end: PlannedResource | undefined,
): ReachedRegion {
  const location = view.graph.nodes.get((end ?? by).urn)?.location;
  const region = location?.places.map(({ place }) => place.region).find((id) => id !== undefined);
  if (region !== undefined) return { by, property, region };
  const own = textAt(end ?? by, "region");
  if (own.state === "known") return { by, property, region: own.value };
  return { by, property, why: location?.unresolved[0] ?? "no region is given" };
}
