import { carriesNoData, type Reference, type ReferenceKind } from "../catalogue";
import { isExactly, type Leaf, leavesWithin, topLevel, withoutIndexes } from "../path";
import { declaredProperties, type PlannedResource } from "../resource";
import { isUnknown } from "../value";
import type { Directory } from "./directory";
import type { Target } from "./target";

/** Why nothing shows where an unknown leads, when the engine tells of nothing that it came from. */
export const FROM_NOTHING = "it is not known before creation and was computed from no resource of this plan";

/**
 * An unknown is narrowed to what its property was computed from. Dependencies are recorded per top-level property, so
 * all unknowns under it share them: when there are more unknowns than origins, one of them has an origin that the
 * engine did not show.
 */
export function fromCandidates(
  resource: PlannedResource,
  reference: Reference,
  unknown: readonly Leaf[],
  found: readonly Target[],
  directory: Directory,
): Target[] {
  const [first] = unknown;
  if (first === undefined) return [];
  const top = topLevel(reference.path);
  const origins = originsOf(resource, top, directory);
  const named = new Set(found.flatMap((target) => (target.kind === "resource" ? [target.urn] : [])));
  const candidates = origins
    .flatMap((urn) => directory.byUrn(urn) ?? [])
    .filter((candidate) => !named.has(candidate.urn) && fits(candidate, reference.kind, directory));
  const whole = reference.kind !== "document" && unknown.some((leaf) => !isExactly(leaf, reference.path));
  const untold = leavesWithin({ path: top, value: declaredProperties(resource)[top] ?? null }).filter(
    (leaf) => isUnknown(leaf.value),
  );
  const { unknowns, traced } = withoutSupport(untold, unknown, origins, reference, directory);
  const certain = !whole && reference.kind !== "document" && candidates.length <= unknown.length;
  const targets: Target[] = candidates.map(({ urn }) => ({
    kind: "resource",
    urn,
    property: first.path,
    certain,
  }));
  const reason =
    candidates.length === 0 && namesOnlyNetwork(origins, unknown, resource, directory)
      ? undefined
      : candidates.length === 0
        ? FROM_NOTHING
        : whole
          ? "it is computed as a whole, so what stands in it cannot be told; compute its parts instead"
          : traced.length < unknowns.length ||
              (reference.kind !== "document" && candidates.length < unknown.length)
            ? untracedText(top, unknowns, traced, directory)
            : undefined;
  if (reason !== undefined) {
    const property = unknown.at(-1)?.path ?? top;
    const untraced = traced.length < unknowns.length;
    targets.push({ kind: "unresolved", property, reason, ...(untraced ? { untraced } : {}) });
  }
  return targets;
}

/** What a property was computed from, in this plan: a value of another stack comes from nothing that is judged here. */
function originsOf(resource: PlannedResource, property: string, directory: Directory): string[] {
  return (resource.propertyDependencies[property] ?? []).filter((urn) => {
    const type = directory.byUrn(urn)?.type;
    return type !== undefined && type !== "pulumi:pulumi:StackReference";
  });
}

/** What stands in many places of one property, by the name of the place and the only type that fits there. */
const support = [
  { place: /role(Arn|Name)?$/i, type: "aws:iam/role:Role" },
  { place: /securityGroup(Id|Arn)?s?$/i, type: "aws:ec2/securityGroup:SecurityGroup" },
  { place: /subnet(Id|Arn)?s?$/i, type: "aws:ec2/subnet:Subnet" },
];

/**
 * Unknowns against the resources that they could come from. One role, security group or subnet of the plan may stand in
 * several places that take nothing else, so where there is one, those places and it leave the count. An end that is asked
 * for never does.
 */
function withoutSupport(
  unknowns: readonly Leaf[],
  ends: readonly Leaf[],
  origins: readonly string[],
  reference: Reference,
  directory: Directory,
): { unknowns: Leaf[]; traced: string[] } {
  const typeOf = (urn: string) => directory.byUrn(urn)?.type;
  const asked = new Set(ends.map(({ path }) => path));
  const others = unknowns.filter(({ path }) => !asked.has(path));
  // Without a place of its own such a resource is only what another one waits for, and may be what any value came from.
  const present = support.filter(
    ({ place, type }) =>
      !place.test(withoutIndexes(reference.path)) &&
      others.some(({ path }) => place.test(withoutIndexes(path))) &&
      origins.some((urn) => typeOf(urn) === type),
  );
  return {
    unknowns: unknowns.filter(
      ({ path }) => asked.has(path) || !present.some(({ place }) => place.test(withoutIndexes(path))),
    ),
    traced: origins.filter((urn) => !present.some(({ type }) => type === typeOf(urn))),
  };
}

function untracedText(
  property: string,
  unknowns: readonly Leaf[],
  traced: readonly string[],
  directory: Directory,
): string {
  const paths = unknowns.map(({ path }) => path).join(", ");
  const origins = traced.flatMap((urn) => directory.byUrn(urn)?.name ?? []).join(", ");
  return `${unknowns.length} values in ${property} are unknown (${paths}) but only ${traced.length} could be traced to a resource${origins && ` (${origins})`}`;
}

/** A network that names route tables and the like, all of this plan, names nothing that data could be in. */
function namesOnlyNetwork(
  origins: readonly string[],
  unknown: readonly Leaf[],
  resource: PlannedResource,
  directory: Directory,
): boolean {
  if (directory.rowOf(resource.type)?.network !== true || origins.length < unknown.length) return false;
  return origins.every((urn) => {
    const origin = directory.byUrn(urn);
    return origin?.type.startsWith("aws:") && carriesNoData(origin.type);
  });
}

/** Keys are named where keys are meant, and data never flows into a permission. */
export function fits(candidate: PlannedResource, kind: ReferenceKind, directory: Directory): boolean {
  const row = directory.rowOf(candidate.type);
  if (!row) return false;
  return kind === "key" ? row.role === "key" : row.role !== "key" && row.role !== "control";
}
