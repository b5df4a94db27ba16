import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { foreignProject } from "../support/foreign-project";
import { preview as previewed } from "../support/preview";

const root = resolve(__dirname, "../..");

/** The library as another project gets it: packed, unpacked far from this repository, and used by name. */
describe("the tarball of the components", function () {
  this.timeout(300_000);
  this.slow(60_000);
  let project: string;
  let library: string;
  let remove: (() => void) | undefined;

  before(() => {
    ({ directory: project, library, remove } = foreignProject(join(__dirname, "fixtures/foreign")));
  });

  after(() => remove?.());

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
