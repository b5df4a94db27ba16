import table from "./data/profiles.json";

/** What is asked of a place: may the data rest here, be processed, pass through, be logged, its key be held? */
export type Dimension =
  | "store"
  | "backup"
  | "log"
  | "telemetry"
  | "process"
  | "transit"
  | "key"
  | "controlPlane";

/** A named residency: where data may be in each dimension, who may run it, and what relaxes that. */
export interface Profile {
  title: string;
  places: { [dimension in Dimension]: string[] };
  operators?: { allow?: string[]; denyExposure?: string[] };
  deny?: { places?: string[]; operatorsControlledFrom?: string[] };
  relaxations?: { id: string; attestation: string; planes: string[]; allow: string[]; deny: string[] }[];
  /** Data that is processed abroad may rest there for so long, with this attestation. */
  temporaryStore?: { maxHours: number; attestation: string };
  /** Kinds of data that may not use the routes to other countries. */
  dataExclusions?: string[];
  partitions?: string[];
  sources: string[];
}

const profiles = table.profiles as unknown as { [id: string]: Profile | undefined };

export function residencyProfile(id: string): Profile | undefined {
  return Object.hasOwn(profiles, id) ? profiles[id] : undefined;
}

export function residencyProfileIds(): string[] {
  return Object.keys(profiles).sort();
}
