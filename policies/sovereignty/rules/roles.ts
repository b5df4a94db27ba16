import { type DataNode, declaredProperties, type PlannedResource, type View } from "@hybrid-ai-fabric/graph";

const POLICY = "aws:iam/policy:Policy";
const INLINE = "aws:iam/rolePolicy:RolePolicy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const ROLE = "aws:iam/role:Role";

/** Roles by the URN of each policy that stands on them: who may take the role may read what its policy lets read. */
export function rolesByPolicy({ graph }: View): ReadonlyMap<string, PlannedResource[]> {
  const found = new Map<string, PlannedResource[]>();
  const stand = (policy: string, on: readonly PlannedResource[]) =>
    found.set(policy, [...(found.get(policy) ?? []), ...on]);
  const roles = byName(graph.resources, ROLE);
  const policies = byName(graph.resources, POLICY);
  for (const resource of graph.resources) {
    if (resource.type === ROLE) stand(resource.urn, [resource]);
    if (resource.type === INLINE) stand(resource.urn, named(resource, "role", roles));
    if (resource.type !== ATTACHMENT) continue;
    for (const policy of named(resource, "policyArn", policies))
      stand(policy.urn, named(resource, "role", roles));
  }
  return found;
}

/** Resources of a type by their URN, and by the name and ARN that a literal may say. */
function byName(
  resources: readonly PlannedResource[],
  type: string,
): ReadonlyMap<string, readonly PlannedResource[]> {
  const index = new Map<string, PlannedResource[]>();
  for (const resource of resources) {
    if (resource.type !== type) continue;
    const { name, arn } = declaredProperties(resource);
    const texts = [resource.urn, name, arn].filter((text) => typeof text === "string");
    for (const text of new Set(texts)) index.set(text, [...(index.get(text) ?? []), resource]);
  }
  return index;
}

function named(
  resource: PlannedResource,
  property: string,
  among: ReadonlyMap<string, readonly PlannedResource[]>,
): PlannedResource[] {
  const computed = resource.propertyDependencies[property] ?? [];
  const literal = declaredProperties(resource)[property];
  const texts = [...computed, ...(typeof literal === "string" ? [literal] : [])];
  return [...new Set(texts.flatMap((text) => among.get(text) ?? []))];
}

/** Whether a node is a policy that can stand on a role, or a role with policies of its own. */
export function isPolicyOfRole({ resource }: DataNode): boolean {
  return resource !== undefined && [POLICY, INLINE, ROLE].includes(resource.type);
}
