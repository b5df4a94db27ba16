import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

export function textOf(file: string): string {
  return readFileSync(file, "utf8");
}

/** Tokens and files are not always spelled alike: `s3Location` stands in `s3location.js`. */
export function spelledInFolder(file: string): string | undefined {
  if (existsSync(file)) return file;
  const folder = dirname(file);
  if (!existsSync(folder)) return undefined;
  const wanted = basename(file).toLowerCase();
  const found = readdirSync(folder).find((entry) => entry.toLowerCase() === wanted);
  return found === undefined ? undefined : join(folder, found);
}
