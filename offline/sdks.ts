import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A provider's SDK that a project can import. */
export interface Sdk {
  /** Package of its type tokens: `aws` of `aws:s3/bucket:Bucket`. */
  package: string;
  version: string;
  directory: string;
  /** The plugin that serves it: of its own name, or the bridge that an SDK generated from a schema asks for. */
  plugin: { name: string; version: string };
}

interface Manifest {
  name?: string;
  version?: string;
  pulumi?: { resource?: boolean; name?: string; version?: string; parameterization?: { name?: string } };
}

/** SDKs in the node_modules of a project and above it, and those that its dependencies bring along; the nearest wins. */
export function sdksOf(projectDirectory: string): Sdk[] {
  const found = new Map<string, Sdk>();
  for (let at = projectDirectory; ; at = dirname(at)) {
    for (const sdk of sdksIn(join(at, "node_modules"), true)) {
      if (!found.has(sdk.package)) found.set(sdk.package, sdk);
    }
    if (at === dirname(at)) return [...found.values()];
  }
}

function sdksIn(modules: string, withBundled: boolean): Sdk[] {
  const directories = packagesIn(modules);
  const own = directories.flatMap((directory) => readSdk(directory) ?? []);
  const bundled = withBundled
    ? directories.flatMap((directory) => sdksIn(join(directory, "node_modules"), false))
    : [];
  return [...own, ...bundled];
}

function packagesIn(modules: string): string[] {
  return entriesOf(modules).flatMap((name) =>
    name.startsWith("@")
      ? entriesOf(join(modules, name)).map((scoped) => join(modules, name, scoped))
      : [join(modules, name)],
  );
}

function entriesOf(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => !name.startsWith("."))
    .sort();
}

function readSdk(directory: string): Sdk | undefined {
  const file = join(directory, "package.json");
  if (!existsSync(file)) return undefined;
  const { name = "", version = "", pulumi } = JSON.parse(readFileSync(file, "utf8")) as Manifest;
  if (!pulumi?.resource) return undefined;
  const short = name.split("/").at(-1) ?? name;
  const plugin = { name: pulumi.name ?? short, version: bare(pulumi.version ?? version) };
  return {
    package: pulumi.parameterization?.name ?? plugin.name,
    version: bare(version),
    directory,
    plugin,
  };
}

function bare(version: string): string {
  return version.replace(/^v/, "");
}
