import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import manifest from "../../components/package.json";
import { preview as previewed } from "../support/preview";

const root = resolve(__dirname, "../..");

/** The library as another project gets it: packed, unpacked far from this repository, and used by name. */
describe("the tarball of the components", function () {
  this.timeout(300_000);
  this.slow(60_000);
  let project: string;
  let library: string;

  before(() => {
    project = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-foreign-"));
    cpSync(join(__dirname, "fixtures/foreign"), project, { recursive: true });
    const packed = join(project, "packed");
    mkdirSync(packed);
    execFileSync("npm", ["pack", "--silent", "--pack-destination", packed], {
      cwd: join(root, "components"),
    });
    const [tarball = ""] = readdirSync(packed);
    library = join(project, "node_modules", "hybrid-ai-fabric");
    mkdirSync(library, { recursive: true });
    execFileSync("tar", ["-xzf", join(packed, tarball), "-C", library, "--strip-components=1"]);
    // What a registry would bring; everything else must come out of the tarball.
    const { dependencies, peerDependencies, bundleDependencies } = manifest;
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
      if (bundleDependencies.includes(name)) continue;
      const link = join(project, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(root, "node_modules", name), link);
    }
  });

  after(() => rmSync(project, { recursive: true, force: true }));

  it("carries the generated SDKs and the facts, compiled, with its licence", () => {
    const modules = join(library, "node_modules");
    for (const sdk of ["equinix", "megaport", "pinecone"]) {
      const file = `@pulumi/${sdk}/bin/index.js`;
      assert.ok(existsSync(join(modules, file)), file);
    }
    assert.ok(existsSync(join(modules, "@hybrid-ai-fabric/locality/dist/index.js")));
    assert.ok(existsSync(join(library, "LICENSE")));
    assert.equal(existsSync(join(root, "components/node_modules/@pulumi/equinix")), false);
  });

  it("is typed", () => {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { status, stdout } = spawnSync(process.execPath, [tsc, "--noEmit", "-p", project], {
      encoding: "utf8",
    });
    assert.equal(status, 0, stdout);
  });

  it("previews in a foreign project under the packs", async () => {
    const { status, complained, plan } = await previewed(join(project, "Pulumi.dev.yaml"));
    assert.equal(status, 0, complained);
    assert.deepEqual(
      plan?.standIns.map((standIn) => standIn.package),
      ["aws", "equinix"],
    );
    assert.ok(plan?.resources.some(({ type }) => type === "hybrid-ai-fabric:index:FabricRouter"));
  });
});
