import {
  type PlannedResource,
  type Properties,
  topLevel,
  unknownValue,
  type Value,
} from "@hybrid-ai-fabric/graph";

/** A property of a resource as an edit of the plan leaves it, with the resources that it is computed from. */
export interface Written {
  path: string;
  value: Value;
  /** URNs of the resources that the value is computed from. Default: none, as for a literal. */
  from?: readonly string[];
}

/** The plan with some properties of one resource replaced. */
export function changed(
  plan: readonly PlannedResource[],
  resource: PlannedResource,
  ...written: readonly Written[]
): PlannedResource[] {
  const properties = together(written.map(({ path, value }) => nested(path, value)));
  const propertyDependencies = { ...resource.propertyDependencies };
  for (const { path, value, from = [] } of written) {
    const top = topLevel(path);
    // A literal inside a list leaves the rest of the list as it was, traces included; an unknown hides what it was.
    const kept =
      path === top || (value === unknownValue && from.length === 0) ? [] : propertyDependencies[top];
    propertyDependencies[top] = [...(kept ?? []), ...from];
  }
  const after: PlannedResource = {
    ...resource,
    inputs: merge(resource.inputs, properties),
    outputs: merge(resource.outputs, properties),
    propertyDependencies,
  };
  return plan.map((other) => (other === resource ? after : other));
}

/** A resource that nobody but an edit of the plan made. */
export function resourceOf(
  type: string,
  name: string,
  like: PlannedResource,
  written: readonly Written[],
): PlannedResource {
  const inputs = together(written.map(({ path, value }) => nested(path, value)));
  const propertyDependencies: { [property: string]: string[] } = {};
  for (const { path, from = [] } of written)
    propertyDependencies[topLevel(path)] = [...(propertyDependencies[topLevel(path)] ?? []), ...from];
  return {
    urn: urnOf(type, name, like),
    type,
    name,
    custom: true,
    inputs,
    outputs: inputs,
    dependencies: Object.values(propertyDependencies).flat(),
    propertyDependencies,
  };
}

/** Names of the same stack and project. */
export function urnOf(type: string, name: string, like: PlannedResource): string {
  return `${like.urn.split("::").slice(0, 2).join("::")}::${type}::${name}`;
}

/** `rules[].destination.bucket` as a value: lists of one, objects around it. */
function nested(path: string, value: Value): Properties {
  const [step = "", ...rest] = path.split(".");
  const inner: Value = rest.length > 0 ? nested(rest.join("."), value) : value;
  return step.endsWith("[]") ? { [step.slice(0, -2)]: [inner] } : { [step]: inner };
}

function together(parts: readonly Properties[]): Properties {
  return parts.reduce(merge, {});
}

function merge(a: Properties, b: Properties): Properties {
  const all = { ...a };
  for (const [key, value] of Object.entries(b)) all[key] = merged(all[key], value);
  return all;
}

/** What is written replaces what stood in its very place: in a list, in the first element. */
function merged(before: Value | undefined, value: Value): Value {
  if (Array.isArray(before) && Array.isArray(value)) {
    const [first = null] = value;
    return [merged(before[0], first), ...before.slice(1)];
  }
  // Provider bridges disagree about which single objects are lists of one.
  if (isPlain(before) && Array.isArray(value)) return merged(before, value[0] ?? null);
  if (Array.isArray(before) && isPlain(value)) return [merged(before[0], value), ...before.slice(1)];
  return isPlain(before) && isPlain(value) ? merge(before, value) : value;
}

function isPlain(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value) && value.$unknown !== true;
}
