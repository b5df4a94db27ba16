import { circuitQuotas } from "@hybrid-ai-fabric/locality";

/** Equinix takes 1 to 24 characters, and Pulumi's own random suffix would make a name longer: so names are fixed. */
export const LONGEST_FABRIC_NAME = circuitQuotas.fabricNameLength;

/** A stable name for Equinix: as given while it fits, else shortened with a checksum that keeps it unique. */
export function fabricName(name: string): string {
  if (name.length <= LONGEST_FABRIC_NAME) return name;
  const suffix = checksum(name);
  return `${name.slice(0, LONGEST_FABRIC_NAME - suffix.length - 1)}-${suffix}`;
}

/** FNV-1a, 32 bits, in base 36: short, stable and without a dependency. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash ^= character.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash.toString(36).padStart(7, "0");
}
