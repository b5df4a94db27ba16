import { awsRegionsIn } from "@hybrid-ai-fabric/locality";
import { carriesNoData, type Reference } from "../catalogue";
import { isExactly, type Leaf, leavesAt, leavesWithin, topLevel } from "../path";
import { declaredProperties, type PlannedResource } from "../resource";
import { isRecord, isSecret, isUnknown, type Value } from "../value";
import { ANY_VALUE, type Directory } from "./directory";
import { hostOf, mentionsIn } from "./mentions";
import { spellings } from "./spellings";
import { switchedOn } from "./switches";

/** One end of a flow, as far as the plan tells. */
export type Target =
  /** A resource of this plan; not certain when the value could as well be another candidate. */
  | { kind: "resource"; urn: string; property: string; certain: boolean }
  /** Something outside this plan, named by a literal value. */
  | { kind: "external"; name: string; property: string; certain: boolean }
  /** Any store of the region: a selection that no value narrows. */
  | { kind: "everything"; property: string }
  /** Nothing shows where it leads; untraced when the engine does not even show what it was computed from. */
  | { kind: "unresolved"; property: string; reason: string; untraced?: true };

/**
 * The resources that a property names. A literal is looked up among the identities of the plan; an unknown is
 * narrowed to what the property was computed from, because that trace survives when the value does not.
 */
export function resolve(resource: PlannedResource, reference: Reference, directory: Directory): Target[] {
  const { byDefault, kind, path } = reference;
  const row = directory.rowOf(resource.type);
  const all = leavesAt(declaredProperties(resource), path);
  const active = row?.activeWhen ? switchedOn(all, resource, row) : all;
  const leaves = active.length === 0 && byDefault !== undefined ? [{ path, value: byDefault }] : active;
  if (leaves.length === 0) return [];
  if (kind === "tags") return bySelection(leaves, directory);
  if (kind === "everything") return leaves.map((leaf) => ({ kind, property: leaf.path }));
  const readable = kind === "document" ? leaves.flatMap(leavesWithin) : leaves;
  const targets: Target[] = [];
  const unknown: Leaf[] = [];
  for (const leaf of readable) {
    if (isUnknown(leaf.value)) unknown.push(leaf);
    else if (isSecret(leaf.value)) {
      targets.push({
        kind: "unresolved",
        property: leaf.path,
        reason: "it is a secret, so no rule can read it",
      });
    } else if (kind === "document") targets.push(...fromDocument(leaf, resource, reference, directory));
    else if (typeof leaf.value === "string")
      targets.push(...fromLiteral(leaf.value, leaf.path, resource, reference, directory));
  }
  return [...targets, ...fromCandidates(resource, reference, unknown, targets, directory)];
}

/**
 * Resources of the plan that a property names, whatever certainty; none where some value of it was computed from nothing
 * that the plan shows, because the rest may then be what another value beside it was computed from.
 */
export function namedBy(resource: PlannedResource, path: string, directory: Directory): PlannedResource[] {
  const targets = resolve(resource, { path, kind: "resource" }, directory);
  if (targets.some(({ kind }) => kind === "unresolved")) return [];
  const urns = targets.flatMap((target) => (target.kind === "resource" ? [target.urn] : []));
  return [...new Set(urns)].flatMap((urn) => directory.byUrn(urn) ?? []);
}

/** Resources that any text of a property names, alone or among other words, or that it was computed from. */
export function mentionedBy(resource: PlannedResource, property: string, directory: Directory): Target[] {
  const reference: Reference = { path: property, kind: "document" };
  const whole = leavesAt(declaredProperties(resource), property)
    .flatMap(leavesWithin)
    .flatMap(({ path, value }) =>
      typeof value === "string" && /^[\w./:-]{3,}$/.test(value)
        ? fromLiteral(value, path, resource, { path: property, kind: "resource" }, directory)
        : [],
    );
  return [...whole, ...resolve(resource, reference, directory)];
}

/** What a value of a document names, and what its key does: some maps are keyed by regions. */
function fromDocument(
  { key, path, value }: Leaf,
  resource: PlannedResource,
  reference: Reference,
  directory: Directory,
): Target[] {
  const text = typeof value === "string" ? value : "";
  const named = [...mentionsIn(text), ...(key === undefined ? [] : mentionsIn(`${key}=${text}`))];
  const once = new Map(named.map((mention) => [`${mention.kind} ${mention.name}`, mention]));
  return [...once.values()].flatMap(({ name, kind }) =>
    fromLiteral(name, path, resource, { ...reference, kind }, directory).map((target) =>
      target.kind === "resource" || target.kind === "external" ? { ...target, certain: false } : target,
    ),
  );
}

/** Ends that a text of any property names. */
export function literalTargets(
  value: string,
  path: string,
  resource: PlannedResource,
  kind: Reference["kind"],
  directory: Directory,
): Target[] {
  return fromLiteral(value, path, resource, { path, kind }, directory).map((target) =>
    target.kind === "resource" || target.kind === "external" ? { ...target, certain: false } : target,
  );
}

function fromLiteral(
  value: string,
  property: string,
  resource: PlannedResource,
  reference: Reference,
  directory: Directory,
): Target[] {
  const literal = value.replace(/[:/]\*$/, "");
  if (literal.includes("*") && reference.kind !== "host") return pattern(literal, property);
  const owners = new Map<string, PlannedResource>();
  for (const identity of spellings(literal)) {
    for (const owner of directory.byIdentity(identity)) {
      if (owner !== resource && isMeantBy(owner, reference, directory) && agrees(literal, owner, directory)) {
        owners.set(owner.urn, owner);
      }
    }
  }
  const meant = mostAlike([...owners.values()], literal, property);
  if (meant.length > 0) {
    return meant.map(({ urn }) => ({ kind: "resource", urn, property, certain: meant.length === 1 }));
  }
  if (reference.kind === "group") {
    return [
      {
        kind: "unresolved",
        property,
        reason: "it names a group whose other members stand outside this plan",
      },
    ];
  }
  // A name without a dot means something else in each network that says it.
  const host = reference.kind === "host" && !value.startsWith("arn:") ? hostOf(value) : undefined;
  const name = host !== undefined && (/[.[]/.test(host) || !value.includes("://")) ? host : literal;
  return [{ kind: "external", name, property, certain: true }];
}

/** A name with a star may mean anything of the plan; an ARN or address still says which region it is in. */
function pattern(name: string, property: string): Target[] {
  const everything: Target = { kind: "everything", property };
  return /^(arn:|s3[an]?:)/.test(name)
    ? [everything, { kind: "external", name, property, certain: false }]
    : [everything];
}

/** An ARN or address that names another region than the one a resource is known to be in does not name that resource. */
function agrees(value: string, owner: PlannedResource, directory: Directory): boolean {
  const regions = regionsNamedBy(value);
  if (regions.length === 0) return true;
  const known = directory.regionsOf(owner);
  return known.length === 0 || regions.some((region) => known.includes(region));
}

function regionsNamedBy(value: string): string[] {
  if (!value.startsWith("arn:")) return value.includes("://") ? awsRegionsIn(hostOf(value) ?? "") : [];
  const region = value.split(":")[3];
  return region ? [region] : [];
}

/** Names repeat between types: a literal means the type that its ARN or its property speaks of, else any of them. */
function mostAlike(owners: PlannedResource[], value: string, property: string): PlannedResource[] {
  if (owners.length < 2) return owners;
  const service = value.startsWith("arn:") ? value.split(":")[2] : undefined;
  const words = property.toLowerCase();
  const alike = owners.filter(({ type }) => {
    const [module = "", noun = ""] = (type.split(":")[1] ?? "").toLowerCase().split("/");
    return service === undefined ? noun !== "" && words.includes(noun) : module === service;
  });
  return alike.length > 0 ? alike : owners;
}

/**
 * An unknown is narrowed to what its property was computed from. Dependencies are recorded per top-level property, so
 * all unknowns under it share them: when there are more unknowns than origins, one of them has an origin that the
 * engine did not show.
 */
function fromCandidates(
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
    .filter((candidate) => !named.has(candidate.urn) && fits(candidate, reference, directory));
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
        ? "it is not known before creation and was computed from no resource of this plan"
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
  const names = (path: string) => path.replace(/\[\d*\]/g, "");
  const asked = new Set(ends.map(({ path }) => path));
  const others = unknowns.filter(({ path }) => !asked.has(path));
  // Without a place of its own such a resource is only what another one waits for, and may be what any value came from.
  const present = support.filter(
    ({ place, type }) =>
      !place.test(names(reference.path)) &&
      others.some(({ path }) => place.test(names(path))) &&
      origins.some((urn) => typeOf(urn) === type),
  );
  return {
    unknowns: unknowns.filter(
      ({ path }) => asked.has(path) || !present.some(({ place }) => place.test(names(path))),
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

/** Names of buckets are their own kind: a table or queue that is called alike is another thing. */
function isMeantBy(owner: PlannedResource, reference: Reference, directory: Directory): boolean {
  if (reference.kind === "bucket" && !/bucket|access_?point/i.test(owner.type)) return false;
  return fits(owner, reference, directory);
}

/** Keys are named where keys are meant, and data never flows into a permission. */
function fits(candidate: PlannedResource, reference: Reference, directory: Directory): boolean {
  const row = directory.rowOf(candidate.type);
  if (!row) return false;
  return reference.kind === "key" ? row.role === "key" : row.role !== "key" && row.role !== "control";
}

/** Tags as a map, or as records of key and value, at any depth. */
function bySelection(leaves: readonly Leaf[], directory: Directory): Target[] {
  return leaves.flatMap((leaf): Target[] => {
    if (leavesWithin(leaf).some(({ value }) => isUnknown(value)) || selectsByWhatIsNot(leaf.value))
      return [{ kind: "everything", property: leaf.path }];
    const selected = (tag: string, certain: boolean): Target[] =>
      directory.byTag(tag).map(({ urn }) => ({ kind: "resource", urn, property: leaf.path, certain }));
    return tagsIn(leaf.value).flatMap(([key, value]): Target[] =>
      value.includes("*")
        ? [{ kind: "everything", property: leaf.path }]
        : [...selected(`${key}=${value}`, true), ...selected(`${key}=${ANY_VALUE}`, false)],
    );
  });
}

function selectsByWhatIsNot(value: Value): boolean {
  return isRecord(value) && Object.keys(value).some((key) => /^stringNot/i.test(key));
}

function tagsIn(value: Value): [string, string][] {
  if (Array.isArray(value)) return value.flatMap(tagsIn);
  if (!isRecord(value)) return [];
  const { key, value: text } = value;
  if (typeof key === "string" && typeof text === "string")
    return [[key.replace(/^aws:ResourceTag\//, ""), text]];
  return Object.entries(value).flatMap(([name, child]): [string, string][] =>
    typeof child === "string" ? [[name, child]] : tagsIn(child),
  );
}
