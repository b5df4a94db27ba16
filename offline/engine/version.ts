/** The engine that the SDK in package.json belongs to; the newest of the module that is known to build. */
export const ENGINE_VERSION = "3.255.0";

/** Compares two versions number by number; a leading `v` and anything behind `-` are left out. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) =>
    (version.replace(/^v/, "").split("-", 1)[0] ?? "").split(".").map(Number),
  );
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (Number.isNaN(difference)) return Number.NaN;
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

export function isNewEnough(version: string, minimum: string = ENGINE_VERSION): boolean {
  return compareVersions(version, minimum) >= 0;
}
