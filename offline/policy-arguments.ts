import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Who judges a plan: packs by their settings, and the recorder, which has none. */
export interface Judges {
  /** Folders of the policy packs. */
  packs: readonly string[];
  /** Settings of the packs as Pulumi takes them. */
  settings: unknown;
  recorder?: string;
}

/** Every pack and the recorder take a file of settings, in the order of the packs; the files are written to `directory`. */
export function policyArguments({ packs, settings, recorder }: Judges, directory: string): string[] {
  const recording = recorder === undefined ? [] : ["--policy-pack", recorder];
  if (packs.length === 0) return recording;
  const file = join(directory, "settings.json");
  writeFileSync(file, JSON.stringify(settings ?? {}));
  const empty = join(directory, "no-settings.json");
  writeFileSync(empty, "{}");
  return [
    ...packs.flatMap((pack) => ["--policy-pack", pack, "--policy-pack-config", file]),
    ...(recorder === undefined ? [] : [...recording, "--policy-pack-config", empty]),
  ];
}
