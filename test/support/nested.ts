import type { Spec } from "./plan";

export type SpecProperties = { [property: string]: Spec };

/** `rules[].destination.bucket` as a value: lists of one, objects around it. */
export function nested(path: string, value: Spec): SpecProperties {
  const [step = "", ...rest] = path.split(".");
  const inner: Spec = rest.length > 0 ? nested(rest.join("."), value) : value;
  return step.endsWith("[]") ? { [step.slice(0, -2)]: [inner] } : { [step]: inner };
}

/** Both at once, to any depth: a bucket and its region stand in one nested object. */
export function merged(a: SpecProperties, b: SpecProperties): SpecProperties {
  const all = { ...a };
  for (const [key, value] of Object.entries(b)) all[key] = mergedValue(all[key], value);
  return all;
}

export function together(parts: readonly SpecProperties[]): SpecProperties {
  return parts.reduce(merged, {});
}

function mergedValue(a: Spec | undefined, b: Spec): Spec {
  if (Array.isArray(a) && Array.isArray(b)) return [mergedValue(a[0], b[0] ?? null)];
  if (isPlainObject(a) && isPlainObject(b)) return merged(a, b);
  return b;
}

export function isPlainObject(value: Spec | undefined): value is SpecProperties {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
