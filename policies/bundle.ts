import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { builtinModules, createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { buildSync } from "esbuild";

/** A pack as it is published: one script, and nothing of this repository needed beside it. */
export interface BundledPack {
  name: string;
  directory: string;
  /** Packages that the script loads when it runs. */
  loads: string[];
}

/** What a pack may need at run time: Pulumi's own packages, which its host loads as well. */
const PROVIDED = ["@pulumi/policy", "@pulumi/pulumi"];

/** The folders below `policies/` that hold a pack. */
export function packsIn(policies: string): string[] {
  return readdirSync(policies)
    .filter((name) => existsSync(join(policies, name, "PulumiPolicy.yaml")))
    .sort();
}

/** What the command needs only to preview a folder, which it can do inside the repository alone. */
const ENGINE = ["@hybrid-ai-fabric/offline/judge-project"];

/** What draws the picture of the page. */
const LAYOUT_ENGINE = "@viz-js/viz";

interface Manifest {
  name: string;
  version: string;
  description: string;
  license: string;
  dependencies: { [name: string]: string };
}

/**
 * Bundles a pack into a folder of its own: its sources with everything that they read, a manifest that asks only for
 * Pulumi's packages, and the documentation of its rules. `npm publish` and `npm pack` of that folder are complete.
 */
export function bundlePack(source: string, directory: string): BundledPack {
  const manifest = manifestOf(source);
  const loads = bundle(join(source, "index.ts"), directory, PROVIDED);
  const foreign = loads.filter((path) => !PROVIDED.includes(path));
  if (foreign.length > 0) throw new Error(`${manifest.name} loads ${foreign.join(", ")} at run time`);
  const needed = Object.fromEntries(
    PROVIDED.map((provided) => [provided, manifest.dependencies[provided] ?? ""]),
  );
  const usage =
    "npm install\n    pulumi preview --policy-pack <this folder> --policy-pack-config settings.json";
  describe(source, directory, { main: "index.js", dependencies: needed }, usage);
  copyFileSync(join(source, "PulumiPolicy.yaml"), join(directory, "PulumiPolicy.yaml"));
  const rules = join(dirname(dirname(source)), "docs", "rules", `${basename(source)}.md`);
  if (existsSync(rules)) copyFileSync(rules, join(directory, "RULES.md"));
  return { name: manifest.name, directory, loads };
}

/**
 * Bundles the command into a script without any dependency: plans, states and previews need no engine. The layout engine
 * lies beside it, because it is three fifths of all code, and only `--report` asks for it.
 */
export function bundleCommand(source: string, directory: string): string {
  const layout = "./layout-engine.js";
  const beside = [...ENGINE, layout];
  const loads = bundle(join(source, "main.ts"), directory, beside, { [LAYOUT_ENGINE]: layout });
  const foreign = [
    ...loads.filter((path) => !beside.includes(path)),
    ...build(packageIn(LAYOUT_ENGINE, join(dirname(source), "page")), join(directory, layout), [], {}),
  ];
  if (foreign.length > 0) throw new Error(`the command loads ${foreign.join(", ")} at run time`);
  const usage = "npx hybrid-ai-fabric check <plan.json | state | preview> --config settings.json";
  describe(source, directory, { bin: { "hybrid-ai-fabric": "index.js" } }, usage);
  const script = join(directory, "index.js");
  chmodSync(script, 0o755);
  return script;
}

/** One script with all that an entry reads but what is left outside; returns the packages that it loads at run time. */
function bundle(
  entry: string,
  directory: string,
  external: string[],
  alias: { [name: string]: string } = {},
): string[] {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  return build(entry, join(directory, "index.js"), external, alias);
}

function build(
  entry: string,
  outfile: string,
  external: string[],
  alias: { [name: string]: string },
): string[] {
  const { metafile } = buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    conditions: ["source"],
    banner: { js: "#!/usr/bin/env node" },
    external,
    alias,
    metafile: true,
    logLevel: "error",
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return [...new Set(imports.filter((found) => found.external).map(({ path }) => path))]
    .filter((path) => !builtinModules.includes(path.replace(/^node:/, "")))
    .sort();
}

/** The entry of a package as a folder sees it. */
function packageIn(name: string, directory: string): string {
  return createRequire(join(directory, "package.json")).resolve(name);
}

function describe(source: string, directory: string, more: { [key: string]: unknown }, usage: string): void {
  const { name, version, description, license } = manifestOf(source);
  const published = { name, version, description, license, engines: { node: ">=22" }, ...more };
  writeFileSync(join(directory, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
  writeFileSync(join(directory, "README.md"), `# ${name}\n\n${description}\n\n    ${usage}\n`);
  copyFileSync(join(dirname(dirname(source)), "LICENSE"), join(directory, "LICENSE"));
}

function manifestOf(source: string): Manifest {
  return JSON.parse(readFileSync(join(source, "package.json"), "utf8")) as Manifest;
}

/** `npm run bundle`: every pack and the command, each into `policies/<name>/dist/publish`. */
function main(): void {
  for (const pack of packsIn(__dirname)) {
    const source = join(__dirname, pack);
    const { directory } = bundlePack(source, join(source, "dist", "publish"));
    process.stdout.write(`${directory}\n`);
  }
  const command = join(__dirname, "cli");
  process.stdout.write(`${dirname(bundleCommand(command, join(command, "dist", "publish")))}\n`);
}

if (require.main === module) main();
