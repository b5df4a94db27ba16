/**
 * A property of a planned resource as the packs and reports see it: plain JSON in which
 * `{ $unknown: true }` stands for what only creation will tell and `{ $secret: true }` for what must not be shown.
 */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** The properties of one resource by name. */
export interface Properties {
  [property: string]: Value;
}

export const unknownValue: Value = Object.freeze({ $unknown: true });
export const secretValue: Value = Object.freeze({ $secret: true });

/** What the engine sends in place of a value that is not known yet, one string per type of value. */
export const UNKNOWN_SENTINELS: readonly string[] = [
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

export function isRecord(value: Value | undefined): value is { [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isUnknown(value: Value | undefined): boolean {
  return isRecord(value) && value.$unknown === true;
}

export function isSecret(value: Value | undefined): boolean {
  return isRecord(value) && value.$secret === true;
}

/** Whether two values say the same, whatever order their keys are in. */
export function isSameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, index) => isSameValue(element, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isSameValue(a[key], b[key]));
}

/** A string that is, or only contains, a sentinel: an interpolated value is as unknown as its unknown part. */
export function isUnknownText(text: string): boolean {
  return UNKNOWN_SENTINELS.some((sentinel) => text.includes(sentinel));
}

/**
 * Reads what the engine puts on the wire (a protobuf Struct as plain JavaScript): sentinels become unknown,
 * secrets are masked whole, output values are replaced by what they hold.
 */
export function decodeWireValue(wire: unknown): Value {
  if (wire === null || wire === undefined) return null;
  if (typeof wire === "string") return isUnknownText(wire) ? unknownValue : wire;
  if (typeof wire === "number" || typeof wire === "boolean") return wire;
  if (Array.isArray(wire)) return wire.map(decodeWireValue);
  if (typeof wire !== "object") return null;
  const record = wire as { [key: string]: unknown };
  const signature = record[SIGNATURE_KEY];
  if (signature === SECRET_SIGNATURE) return secretValue;
  if (signature === OUTPUT_SIGNATURE) {
    if (record.secret === true) return secretValue;
    return "value" in record ? decodeWireValue(record.value) : unknownValue;
  }
  return decodeWireProperties(record);
}

/** The properties of a resource as the engine sends them. */
export function decodeWireProperties(wire: { [key: string]: unknown }): Properties {
  return Object.fromEntries(Object.keys(wire).map((key) => [key, decodeWireValue(wire[key])]));
}

/** Why a value cannot be read, for a message; undefined where it can. */
export function hiddenBecause(value: Value): string | undefined {
  if (isUnknown(value)) return "it is not known before creation";
  if (isSecret(value)) return "it is a secret, so no rule can read it";
  return undefined;
}
