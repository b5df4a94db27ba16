import { isUnknownText, type Properties, unknownValue, type Value } from "./value";

/**
 * The one place where properties of the policy SDK are read.
 *
 * The SDK hands out proxies whose getters throw on an unknown, and a throw that leaves a stack policy turns the whole
 * policy into an advisory: a mandatory rule would pass. Property descriptors reach the same values without running a
 * getter; should a later SDK guard them as well, what throws is unknown, never skipped.
 */
export function readProperties(properties: unknown): Properties {
  const value = readValue(properties);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Properties) : {};
}

function readValue(value: unknown): Value {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case "string":
      return isUnknownText(value) ? unknownValue : value;
    case "number":
    case "boolean":
      return value;
    case "object":
      return Array.isArray(value) ? readArray(value) : readRecord(value);
    default:
      return null;
  }
}

function readArray(array: object): Value[] {
  const length = Number(Object.getOwnPropertyDescriptor(array, "length")?.value ?? 0);
  return Array.from({ length }, (_, index) => readMember(array, String(index)));
}

function readRecord(record: object): { [key: string]: Value } {
  return Object.fromEntries(Object.keys(record).map((key) => [key, readMember(record, key)]));
}

function readMember(owner: object, key: string): Value {
  try {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key);
    return descriptor ? readValue(descriptor.value) : null;
  } catch {
    return unknownValue;
  }
}
