import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { WrongInput } from "@hybrid-ai-fabric/offline/failure";

/** The settings of the packs as `--policy-pack-config` takes them; undefined when no file is named. */
export function readSettings(file: string | undefined, workingDirectory: string): unknown {
  if (file === undefined) return undefined;
  const path = resolve(workingDirectory, file);
  if (!existsSync(path)) throw new WrongInput(`--config: there is no file ${file}`);
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new WrongInput(`${file}: it is not valid JSON: ${(error as Error).message}`);
  }
}
