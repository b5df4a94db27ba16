import { appendFileSync, existsSync, readFileSync } from "node:fs";

/** Variable that names a file in which stand-ins write what they are asked to do, in its order. Only tests set it. */
export const JOURNAL = "STAND_IN_JOURNAL";

/** One thing that a provider did. */
export interface JournalEntry {
  did: "create" | "update" | "delete";
  urn: string;
  id: string;
}

/** A line is written at once, so that several stand-ins can share the file. */
export function note(file: string | undefined, entry: JournalEntry): void {
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(entry)}\n`);
}

export function readJournal(file: string): JournalEntry[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as JournalEntry);
}
