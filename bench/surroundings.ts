import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { configurationOf } from "../offline/configuration";
import { installedEngine } from "../offline/engine/installed";
import type { PreviewRequest } from "../offline/preview";
import { findProject } from "../offline/project";

const root = resolve(__dirname, "..");

/** A preview as `npm start` would make it, ready to be repeated. */
export async function requestFor(environment: string, settingsFile: string): Promise<PreviewRequest> {
  const engine = await installedEngine();
  const project = findProject(environment, root, root);
  return {
    engine,
    project,
    configuration: configurationOf(project),
    packs: [join(root, "policies", "all")],
    settings: JSON.parse(readFileSync(join(root, settingsFile), "utf8")),
    compiled: join(root, "offline", "dist"),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
