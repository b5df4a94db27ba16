import { circuitQuotas } from "@hybrid-ai-fabric/locality";
import { stableHash } from "./stable-hash";

/** Equinix takes 1 to 24 characters, and Pulumi's own random suffix would make a name longer: so names are fixed. */
export const LONGEST_FABRIC_NAME = circuitQuotas.fabricNameLength;

/** A stable name for Equinix: as given while it fits, else shortened with a checksum that keeps it unique. */
export function fabricName(name: string): string {
  if (name.length <= LONGEST_FABRIC_NAME) return name;
  const suffix = stableHash(name).toString(36).padStart(7, "0");
  return `${name.slice(0, LONGEST_FABRIC_NAME - suffix.length - 1)}-${suffix}`;
}
