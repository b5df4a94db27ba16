import table from "./data/profiles.json";
import { dataKinds } from "./dataset";
import { factTable } from "./fact-table";

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
  operators?: {
    allow?: string[];
    denyExposure?: string[];
    /** Laws that reach an operator and should be told, without refusing. */
    warnExposure?: string[];
    /** What an exposure counts as that lawyers dispute: `US-CLOUD-ACT:disputed`. Default: warn. */
    disputedExposure?: string;
  };
  /** Who may hold the keys, where that is another list than who may hold the data. */
  keyOperators?: { allow: string[] };
  deny?: { places?: string[]; operatorsControlledFrom?: string[] };
  relaxations?: { id: string; attestation: string; planes: string[]; allow: string[]; deny: string[] }[];
  /** Data that is processed abroad may rest there for so long, with this attestation. */
  temporaryStore?: { maxHours: number; attestation: string };
  /** Kinds of data that may not use the routes to other countries. */
  dataExclusions?: string[];
  /** Narrower places for a kind of data; in a dimension that it does not name, the places above hold. */
  kinds?: { [kind: string]: { [dimension in Dimension]?: string[] } };
  partitions?: string[];
  sources: string[];
}

const shipped = table.profiles as unknown as { [id: string]: Profile };

/** Shows that a user may narrow every kind in every dimension, and need narrow none. */
const narrowed = Object.values(shipped)
  .slice(0, 1)
  .flatMap((profile) => {
    const every = (places: Partial<Profile["places"]>) =>
      Object.fromEntries(dataKinds().map((kind) => [kind, places]));
    return [{}, every(profile.places), every({})].map((kinds) => ({ ...profile, kinds }));
  });

const profiles = factTable<Profile>("profiles", table.asOf, shipped, {
  examples: [...Object.values(shipped), ...narrowed],
});

export function residencyProfile(id: string): Profile | undefined {
  return profiles.get(id);
}

export function residencyProfileIds(): string[] {
  return profiles.keys().sort();
}
