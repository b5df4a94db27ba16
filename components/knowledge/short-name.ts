import { createHash } from "node:crypto";

/** Longest name that OpenSearch Serverless gives to a collection and its policies. */
export const LONGEST_NAME = 32;

/** A name that fits, is stable, and differs where the names differ. */
export function shortName(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9-]/g, "-");
  if (plain === name && name.length <= LONGEST_NAME && name.length >= 3) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${plain.slice(0, LONGEST_NAME - 9)}-${hash}`;
}
