import type { Finding, PlannedResource } from "@hybrid-ai-fabric/graph";

/** A sentence about one property of one resource that does not hold. */
export function broken(
  resource: PlannedResource,
  property: string,
  message: string,
  level?: "mandatory" | "advisory",
): Finding {
  return about("broken", resource, property, message, level);
}

/** What nothing before creation shows. It is refused like what is broken, with its own reason. */
export function notShown(resource: PlannedResource, property: string, message: string): Finding {
  return about("cannotBeShown", resource, property, message, undefined);
}

function about(
  verdict: Finding["verdict"],
  resource: PlannedResource,
  property: string,
  message: string,
  level: Finding["level"],
): Finding {
  return {
    verdict,
    urn: resource.urn,
    message,
    path: [{ urn: resource.urn, property }],
    ...(level ? { level } : {}),
  };
}
