import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
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

/**
 * Bundles a pack into a folder of its own: its sources with everything that they read, a manifest that asks only for
 * Pulumi's packages, and the documentation of its rules. `npm publish` and `npm pack` of that folder are complete.
 */
export function bundlePack(source: string, directory: string): BundledPack {
  const manifest = JSON.parse(readFileSync(join(source, "package.json"), "utf8")) as {
    name: string;
    version: string;
    description: string;
    license: string;
    dependencies: { [name: string]: string };
  };
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const { metafile } = buildSync({
    entryPoints: [join(source, "index.ts")],
    outfile: join(directory, "index.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    conditions: ["source"],
    external: PROVIDED,
    metafile: true,
    logLevel: "error",
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const loads = [...new Set(imports.filter(({ external }) => external).map(({ path }) => path))]
    .filter((path) => !builtinModules.includes(path.replace(/^node:/, "")))
    .sort();
  const foreign = loads.filter((path) => !PROVIDED.includes(path));
  if (foreign.length > 0) throw new Error(`${manifest.name} loads ${foreign.join(", ")} at run time`);
  const { name, version, description, license, dependencies } = manifest;
  const needed = Object.fromEntries(PROVIDED.map((provided) => [provided, dependencies[provided]]));
  const published = { name, version, description, license, main: "index.js", dependencies: needed };
  writeFileSync(join(directory, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
  copyFileSync(join(source, "PulumiPolicy.yaml"), join(directory, "PulumiPolicy.yaml"));
  const root = dirname(dirname(source));
  copyFileSync(join(root, "LICENSE"), join(directory, "LICENSE"));
  const rules = join(root, "docs", "rules", `${source.slice(dirname(source).length + 1)}.md`);
  writeFileSync(
    join(directory, "README.md"),
    `# ${name}\n\n${description}\n\n    npm install\n    pulumi preview --policy-pack <this folder> --policy-pack-config settings.json\n`,
  );
  if (existsSync(rules)) copyFileSync(rules, join(directory, "RULES.md"));
  return { name, directory, loads };
}

/** `npm run bundle`: every pack into `policies/<pack>/dist/publish`. */
function main(): void {
  for (const pack of packsIn(__dirname)) {
    const source = join(__dirname, pack);
    const { directory } = bundlePack(source, join(source, "dist", "publish"));
    process.stdout.write(`${directory}\n`);
  }
}

if (require.main === module) main();
