import { type DataNode, declaredProperties, type PlannedResource, type View } from "@hybrid-ai-fabric/graph";

const POLICY = "aws:iam/policy:Policy";
const INLINE = "aws:iam/rolePolicy:RolePolicy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const ROLE = "aws:iam/role:Role";

/** Roles by the URN of each policy that stands on them: who may take the role may read what its policy lets read. */
export function rolesByPolicy({ graph }: View): ReadonlyMap<string, PlannedResource[]> {
  const roles = graph.resources.filter(({ type }) => type === ROLE);
  const found = new Map<string, PlannedResource[]>();
  const stand = (policy: string, on: readonly PlannedResource[]) =>
    found.set(policy, [...(found.get(policy) ?? []), ...on]);
  const named = (resource: PlannedResource, property: string, among: readonly PlannedResource[]) => {
    const computed = new Set(resource.propertyDependencies[property] ?? []);
    const literal = declaredProperties(resource)[property];
    return among.filter(
      (one) => computed.has(one.urn) || (typeof literal === "string" && namesOf(one).includes(literal)),
    );
  };
  const policies = graph.resources.filter(({ type }) => type === POLICY);
  for (const role of roles) stand(role.urn, [role]);
  for (const resource of graph.resources) {
    if (resource.type === INLINE) stand(resource.urn, named(resource, "role", roles));
    if (resource.type !== ATTACHMENT) continue;
    for (const policy of named(resource, "policyArn", policies))
      stand(policy.urn, named(resource, "role", roles));
  }
  return found;
}

function namesOf(resource: PlannedResource): unknown[] {
  const { name, arn } = declaredProperties(resource);
  return [name, arn].filter((text) => text !== undefined);
}

/** Whether a node is a policy that can stand on a role, or a role with policies of its own. */
export function isPolicyOfRole({ resource }: DataNode): boolean {
  return resource !== undefined && [POLICY, INLINE, ROLE].includes(resource.type);
}
