import {
  catalogueRow,
  isLabelled,
  isUnknown,
  labelsOnResource,
  type PlannedResource,
  providerOf,
  unknownValue,
} from "@hybrid-ai-fabric/graph";

export const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/**
 * A preview leaves out what components register and what a stack reference returns, and labels may be among it. Where
 * something that bears data carries no label of its own, those of its component are unknown, not absent; so is what
 * another stack says of its stores. Labels that a component takes as an input are seen.
 */
export function withUnseenLabels(resources: readonly PlannedResource[]): PlannedResource[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const hiding = new Set(
    resources
      .filter((resource) =>
        bearsUnlabelled(
          resource,
          providerOf(resource, (urn) => byUrn.get(urn)),
        ),
      )
      .flatMap((resource) => ancestorsOf(resource, byUrn)),
  );
  return resources.map((resource) => {
    if (resource.type === STACK_REFERENCE) return withOutput(resource, "outputs");
    return hiding.has(resource.urn) ? withOutput(resource, "labels") : resource;
  });
}

function bearsUnlabelled(resource: PlannedResource, provider: PlannedResource | undefined): boolean {
  const row = catalogueRow(resource.type);
  if (!resource.custom || !row || row.role === "control") return false;
  return !isLabelled(labelsOnResource(resource, row, provider).labels);
}

/** Components above a resource up to the first that shows its labels. */
function ancestorsOf(resource: PlannedResource, byUrn: ReadonlyMap<string, PlannedResource>): string[] {
  const found: string[] = [];
  let above = resource.parent === undefined ? undefined : byUrn.get(resource.parent);
  while (above && !above.custom && above.type !== "pulumi:pulumi:Stack") {
    const { labels } = above.inputs;
    if (labels !== undefined && labels !== null && !isUnknown(labels)) break;
    found.push(above.urn);
    above = above.parent === undefined ? undefined : byUrn.get(above.parent);
  }
  return found;
}

function withOutput(resource: PlannedResource, name: string): PlannedResource {
  return { ...resource, outputs: { ...resource.outputs, [name]: unknownValue } };
}
