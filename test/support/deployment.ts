import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Deployment, openDeployment } from "../../offline/deploy";
import { installedEngine } from "../../offline/engine/installed";
import { findProject } from "../../offline/project";
import type { JournalEntry } from "../../offline/standin/journal";

const root = resolve(__dirname, "../..");

/** A stack of an environment, or of the project around a configuration file, on providers that are stood in for. */
export async function deploymentOf(
  environment: string,
  options?: { previewed?: boolean },
): Promise<Deployment> {
  const engine = await installedEngine();
  const project = findProject(environment, root, root);
  return openDeployment(engine, project, join(root, "offline", "dist"), options);
}

/** `Vxc hosted`: type and name of a resource. */
export function shortNameOf(urn: string): string {
  const [, , type = "", name = ""] = urn.split("::");
  return `${type.split(":").at(-1)} ${name}`;
}

/** What a run made and broke, each a resource of the same name. */
export function replacedIn(journal: readonly JournalEntry[]): string[] {
  const urnsOf = (did: JournalEntry["did"]) =>
    journal.filter((entry) => entry.did === did).map(({ urn }) => urn);
  const broken = new Set(urnsOf("delete"));
  return urnsOf("create")
    .filter((urn) => broken.has(urn))
    .map(shortNameOf)
    .sort();
}

/** Everything that a local backend keeps of a stack: its state, the state before and its history. */
export function keptBy({ directory }: Deployment): string {
  return readdirSync(join(directory, "state"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}
