import type { CatalogueRow } from "./catalogue";
import { leavesAt, topLevel } from "./path";
import { declaredProperties, type PlannedResource } from "./resource";
import { decodeWireValue, isRecord, isSecret, isUnknown, unknownValue, type Value } from "./value";

/** A property that holds labels, or would if there were any. */
export interface Container {
  path: string;
  value: Value | undefined;
}

/** Where a type keeps labels: the property that it is known for, and others that end on parts of it. */
export function containersOf(
  resource: PlannedResource,
  row: CatalogueRow | undefined,
  provider: PlannedResource | undefined,
): { main: Container; others: Container[]; prefix: string } {
  const properties = declaredProperties(resource);
  const at = (path: string): Container[] =>
    topLevel(path) in properties
      ? leavesAt(properties, path).map(({ path: found, value }) => ({ path: found, value }))
      : [];
  if (resource.type.startsWith("kubernetes:")) {
    const { metadata } = properties;
    const value = isRecord(metadata) && !isUnknown(metadata) ? metadata.annotations : metadata;
    return {
      main: { path: "metadata.annotations", value },
      others: ["metadata.labels", ...inPodTemplates]
        .flatMap(at)
        .filter(({ value: labels }) => !isUnknown(labels)),
      prefix: "hybrid-ai/",
    };
  }
  const property = row?.tags ?? "tags";
  const own = { path: property, value: asRecord(properties[property]) };
  const plain = property === "tags" ? [] : [{ path: "tags", value: asRecord(properties.tags) }];
  const inherited = row === undefined || row.tags !== undefined ? defaultTags(resource, provider) : undefined;
  return {
    main: inherited === undefined ? own : { ...own, value: over(inherited, own.value) },
    others: [
      ...plain,
      ...partsOfMachines.flatMap(at),
      ...filledIn(resource),
      ...(row === undefined ? deeper({ path: "", value: properties }) : []),
    ].map(({ path, value }) => ({
      path,
      value: asRecord(value),
    })),
    prefix: "hybrid-ai:",
  };
}

const inPodTemplates = ["spec.template", "spec.jobTemplate.spec.template"].flatMap((path) => [
  `${path}.metadata.annotations`,
  `${path}.metadata.labels`,
]);
const partsOfMachines = ["volumeTags", "tagSpecifications[].tags"];

/** Of a type that nobody described it is not known which part of it carries the tags. */
function deeper({ path, value }: { path: string; value: Value }): Container[] {
  if (Array.isArray(value))
    return value.flatMap((element, index) => deeper({ path: `${path}[${index}]`, value: element }));
  if (!isRecord(value) || isUnknown(value) || isSecret(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const below = { path: path === "" ? key : `${path}.${key}`, value: child };
    const holdsTags = path !== "" && /tags$/i.test(key) && !isUnknown(child) && !isSecret(child);
    return holdsTags ? [below] : deeper(below);
  });
}

/** All tags as a provider fills them in, those of its own configuration among them. */
function filledIn({ outputs }: PlannedResource): Container[] {
  return isRecord(outputs.tagsAll) && !isUnknown(outputs.tagsAll)
    ? [{ path: "tagsAll", value: outputs.tagsAll }]
    : [];
}

/** Tags that a provider puts on everything that it makes; the engine keeps them as JSON in a text. */
function defaultTags(resource: PlannedResource, provider: PlannedResource | undefined): Value | undefined {
  if (!provider || resource.provider !== provider.urn) return undefined;
  const configured = provider.inputs.defaultTags ?? provider.outputs.defaultTags;
  const value = typeof configured === "string" ? parsed(configured) : configured;
  if (!isRecord(value) || isUnknown(value) || isSecret(value)) return value ?? undefined;
  return asRecord(value.tags ?? null) ?? undefined;
}

function parsed(text: string): Value {
  if (text === "") return null;
  try {
    return decodeWireValue(JSON.parse(text));
  } catch {
    return unknownValue;
  }
}

/** A tag of the resource replaces that of its provider by the same name. */
export function over(inherited: Value, own: Value | undefined): Value {
  if (own === undefined || own === null) return inherited;
  const opaque = [own, inherited].find((value) => !isRecord(value) || isUnknown(value) || isSecret(value));
  if (opaque !== undefined || !isRecord(own) || !isRecord(inherited)) return opaque ?? own;
  return { ...inherited, ...own };
}

/** Some types list their tags as pairs. */
function asRecord(value: Value | undefined): Value | undefined {
  if (!Array.isArray(value)) return value;
  if (value.some((pair) => isUnknown(pair))) return unknownValue;
  return Object.fromEntries(
    value.flatMap((pair) => {
      if (!isRecord(pair)) return [];
      const name = pair.key ?? pair.Key;
      return typeof name === "string" ? [[name, pair.value ?? pair.Value ?? null]] : [];
    }),
  );
}
