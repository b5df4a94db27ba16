import type { PlannedResource } from "./resource";
import type { Finding } from "./rule";

type Extra = {
  dataset?: string;
  level?: "mandatory" | "advisory";
  via?: { urn: string; property: string }[];
};

/** A sentence about one property of one resource that does not hold. */
export function broken(
  resource: PlannedResource,
  property: string,
  message: string,
  extra: Extra = {},
): Finding {
  return finding("broken", resource, property, message, extra);
}

/** What nothing before creation shows; it is refused like what is broken, with the reason. */
export function notShown(
  resource: PlannedResource,
  property: string,
  message: string,
  extra: Extra = {},
): Finding {
  return finding("cannotBeShown", resource, property, message, extra);
}

function finding(
  verdict: Finding["verdict"],
  resource: PlannedResource,
  property: string,
  message: string,
  { dataset, level, via = [] }: Extra,
): Finding {
  return {
    verdict,
    urn: resource.urn,
    message,
    path: [{ urn: resource.urn, property }, ...via],
    ...(dataset === undefined ? {} : { dataset }),
    ...(level === undefined ? {} : { level }),
  };
}
