import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

export function textOf(file: string): string {
  return readFileSync(file, "utf8");
}

/** A file of an SDK by the first of its possible paths: some SDKs are compiled into `bin`. */
export function fileInSdk(sdkDirectory: string, paths: readonly string[]): string | undefined {
  return ["", "bin"]
    .flatMap((folder) => paths.map((path) => join(sdkDirectory, folder, path)))
    .map(spelledInFolder)
    .find((file) => file !== undefined);
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
