import { awsRegionsIn } from "@hybrid-ai-fabric/locality";
import type { Reference, ReferenceKind } from "../catalogue";
import { type Leaf, leavesAt, leavesWithin } from "../path";
import { declaredProperties, type PlannedResource } from "../resource";
import { hiddenBecause, isRecord, isSecret, isUnknown, type Value } from "../value";
import { fits, fromCandidates } from "./candidates";
import { ANY_VALUE, type Directory } from "./directory";
import { hostOf, mentionsIn } from "./mentions";
import { spellings } from "./spellings";
import { switchedOn } from "./switches";
import type { Target } from "./target";

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
    else if (isSecret(leaf.value))
      targets.push({
        kind: "unresolved",
        property: leaf.path,
        reason: hiddenBecause(leaf.value) ?? "",
      });
    else if (kind === "document") targets.push(...fromDocument(leaf, resource, directory));
    else if (typeof leaf.value === "string")
      targets.push(...fromLiteral(leaf.value, leaf.path, resource, kind, directory));
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
        ? fromLiteral(value, path, resource, "resource", directory)
        : [],
    );
  return [...whole, ...resolve(resource, reference, directory)];
}

/** What a value of a document names, and what its key does: some maps are keyed by regions. */
function fromDocument({ key, path, value }: Leaf, resource: PlannedResource, directory: Directory): Target[] {
  const text = typeof value === "string" ? value : "";
  const named = [...mentionsIn(text), ...(key === undefined ? [] : mentionsIn(`${key}=${text}`))];
  const once = new Map(named.map((mention) => [`${mention.kind} ${mention.name}`, mention]));
  return [...once.values()].flatMap(({ name, kind }) =>
    literalTargets(name, path, resource, kind, directory),
  );
}

/** Ends that a text among other words names, of which nothing is certain. */
export function literalTargets(
  value: string,
  path: string,
  resource: PlannedResource,
  kind: ReferenceKind,
  directory: Directory,
): Target[] {
  return fromLiteral(value, path, resource, kind, directory).map((target) =>
    target.kind === "resource" || target.kind === "external" ? { ...target, certain: false } : target,
  );
}

function fromLiteral(
  value: string,
  property: string,
  resource: PlannedResource,
  kind: ReferenceKind,
  directory: Directory,
): Target[] {
  const literal = value.replace(/[:/]\*$/, "");
  if (literal.includes("*") && kind !== "host") return pattern(literal, property);
  const owners = new Map<string, PlannedResource>();
  for (const identity of spellings(literal)) {
    for (const owner of directory.byIdentity(identity)) {
      if (owner !== resource && isMeantBy(owner, kind, directory) && agrees(literal, owner, directory)) {
        owners.set(owner.urn, owner);
      }
    }
  }
  const meant = mostAlike([...owners.values()], literal, property);
  if (meant.length > 0) {
    return meant.map(({ urn }) => ({ kind: "resource", urn, property, certain: meant.length === 1 }));
  }
  if (kind === "group") {
    return [
      {
        kind: "unresolved",
        property,
        reason: "it names a group whose other members stand outside this plan",
      },
    ];
  }
  // A name without a dot means something else in each network that says it.
  const host = kind === "host" && !value.startsWith("arn:") ? hostOf(value) : undefined;
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

/** Names of buckets are their own kind: a table or queue that is called alike is another thing. */
function isMeantBy(owner: PlannedResource, kind: ReferenceKind, directory: Directory): boolean {
  if (kind === "bucket" && !/bucket|access_?point/i.test(owner.type)) return false;
  return fits(owner, kind, directory);
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
