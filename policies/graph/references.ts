import type { CatalogueRow, Reference } from "./catalogue";
import { leavesAt, topLevel } from "./path";
import { declaredProperties, type PlannedResource } from "./resource";
import { isSecret, isUnknown, type Properties } from "./value";

/** One end of a flow, as far as the plan tells. */
export type Target =
  /** A resource of this plan; not certain when the value could as well be another candidate. */
  | { kind: "resource"; urn: string; property: string; certain: boolean }
  /** Something outside this plan, named by a literal value. */
  | { kind: "external"; name: string; property: string }
  /** Nothing shows where it leads. */
  | { kind: "unresolved"; property: string; reason: string };

/** What references are resolved against. */
export interface Directory {
  byUrn(urn: string): PlannedResource | undefined;
  rowOf(type: string): CatalogueRow | undefined;
  /** The resource that a literal ARN, name or id belongs to. */
  byIdentity(identity: string): PlannedResource | undefined;
}

/**
 * The resources that a property names. A literal is looked up among the identities of the plan; an unknown is
 * narrowed to what the property was computed from, because that trace survives when the value does not.
 */
export function resolve(resource: PlannedResource, reference: Reference, directory: Directory): Target[] {
  const leaves = leavesAt(declaredProperties(resource), reference.path);
  const literal: Target[] = [];
  const named = new Set<string>();
  const unknownPaths: string[] = [];
  for (const leaf of leaves) {
    if (isUnknown(leaf.value)) unknownPaths.push(leaf.path);
    else if (isSecret(leaf.value)) {
      literal.push({
        kind: "unresolved",
        property: leaf.path,
        reason: "it is a secret, so no rule can read it",
      });
    } else if (typeof leaf.value === "string") {
      const target = fromLiteral(leaf.value, leaf.path, reference, directory);
      if (target.kind === "resource") named.add(target.urn);
      literal.push(target);
    }
  }
  return [...literal, ...fromCandidates(resource, reference, unknownPaths, named, directory)];
}

/** Every text by which other resources may name this one. */
export function identities(resource: PlannedResource): string[] {
  const properties = declaredProperties(resource);
  return identityProperties.flatMap((property) => textAt(properties, property));
}

const identityProperties = ["arn", "id", "bucket", "name", "keyId", "url", "uuid"];

function textAt(properties: Properties, property: string): string[] {
  const value = properties[property];
  return typeof value === "string" && value !== "" ? [value] : [];
}

function fromLiteral(value: string, property: string, reference: Reference, directory: Directory): Target {
  for (const identity of spellings(value, reference)) {
    const owner = directory.byIdentity(identity);
    if (owner && fits(owner, reference, directory)) {
      return { kind: "resource", urn: owner.urn, property, certain: true };
    }
  }
  return { kind: "external", name: value, property };
}

/** An S3 bucket is named by its ARN, its name or both; a copy source carries the key of the object as well. */
function spellings(value: string, reference: Reference): string[] {
  if (reference.kind !== "bucketArn" && reference.kind !== "bucketName") return [value];
  const bare = value.replace(/^arn:[^:]*:s3:::/, "").replace(/^s3:\/\//, "");
  return [value, bare, bare.split("/", 1)[0] ?? bare];
}

function fromCandidates(
  resource: PlannedResource,
  reference: Reference,
  unknownPaths: string[],
  named: ReadonlySet<string>,
  directory: Directory,
): Target[] {
  const [property] = unknownPaths;
  if (property === undefined) return [];
  const candidates = (resource.propertyDependencies[topLevel(reference.path)] ?? [])
    .map((urn) => directory.byUrn(urn))
    .filter((candidate): candidate is PlannedResource => candidate !== undefined)
    .filter((candidate) => !named.has(candidate.urn) && fits(candidate, reference, directory));
  const certain = candidates.length <= unknownPaths.length;
  const targets: Target[] = candidates.map(({ urn }) => ({ kind: "resource", urn, property, certain }));
  if (candidates.length < unknownPaths.length) {
    const reason =
      candidates.length === 0
        ? "it is not known before creation and was computed from no resource of this plan"
        : `${unknownPaths.length} values are unknown but only ${candidates.length} could be traced to a resource`;
    targets.push({ kind: "unresolved", property: unknownPaths.at(-1) ?? property, reason });
  }
  return targets;
}

/** Keys are named where keys are meant, and data never flows into a permission. */
function fits(candidate: PlannedResource, reference: Reference, directory: Directory): boolean {
  const row = directory.rowOf(candidate.type);
  if (!row) return false;
  return reference.kind === "keyId" ? row.role === "key" : row.role !== "key" && row.role !== "control";
}
