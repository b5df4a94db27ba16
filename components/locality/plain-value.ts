/** An object of JSON: neither a list nor nothing. */
export function isPlain(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as a message quotes it. */
export function quoted(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
