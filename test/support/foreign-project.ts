import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import manifest from "../../components/package.json";

const root = resolve(__dirname, "../..");

/** A copy of a project far from this repository, which uses the library from its tarball. */
export interface ForeignProject {
  directory: string;
  /** Where the tarball was unpacked. */
  library: string;
  remove(): void;
}

export function foreignProject(source: string): ForeignProject {
  const directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-foreign-"));
  cpSync(source, directory, { recursive: true });
  const library = join(directory, "node_modules", "hybrid-ai-fabric");
  unpack(library);
  // What a registry would bring; everything else must come out of the tarball.
  const { dependencies, peerDependencies, bundleDependencies } = manifest;
  for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
    if (!bundleDependencies.includes(name)) linkPackage(directory, name);
  }
  return { directory, library, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** Stands in for `npm install` of one package, which would ask a registry. */
export function linkPackage(directory: string, name: string): void {
  const link = join(directory, "node_modules", name);
  mkdirSync(dirname(link), { recursive: true });
  if (!existsSync(link)) symlinkSync(join(root, "node_modules", name), link);
}

let packed: string | undefined;

/** Packs the library once for all tests of a run. */
function unpack(library: string): void {
  if (packed === undefined) {
    const folder = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-packed-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], {
      cwd: join(root, "components"),
    });
    packed = join(folder, readdirSync(folder)[0] ?? "");
  }
  mkdirSync(library, { recursive: true });
  execFileSync("tar", ["-xzf", packed, "-C", library, "--strip-components=1"]);
}
