import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { type Engine, findEngine, strategies } from "../../offline/engine/find";
import { cacheDirectory } from "../../offline/setup/progress";
import { bundleCommand, bundlePack, packsIn } from "../../policies/bundle";
import { analyze, stateOf } from "../support/analyze";
import { plan, registry } from "../support/plan";
import { violationsOf } from "../support/rule-suite";
import { fixtures } from "./sovereignty/fixtures";

const root = resolve(__dirname, "../..");
const policies = join(root, "policies");

describe("a bundled pack", function () {
  this.timeout(120_000);
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-test-"));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  it("loads nothing but Pulumi's packages, whichever pack it is", () => {
    const packs = packsIn(policies);
    assert.ok(packs.includes("sovereignty") && packs.includes("all") && !packs.includes("graph"));
    for (const pack of packs) {
      const { loads, directory: bundled } = bundlePack(join(policies, pack), join(directory, pack));
      assert.deepEqual(loads, ["@pulumi/policy", "@pulumi/pulumi"], pack);
      const { dependencies, version } = JSON.parse(readFileSync(join(bundled, "package.json"), "utf8"));
      assert.deepEqual(Object.keys(dependencies), ["@pulumi/policy", "@pulumi/pulumi"]);
      assert.match(version, /^\d+\.\d+\.\d+/);
      const script = readFileSync(join(bundled, "index.js"), "utf8");
      assert.doesNotMatch(script, /require\("(\.|@hybrid-ai-fabric)/);
    }
  });

  it("runs on the engine from its tarball, in a folder that knows nothing of this repository", async function () {
    this.slow(20_000);
    const engine: Engine | undefined = await findEngine(
      strategies(cacheDirectory(), process.env.PATH ?? ""),
      (_, work) => work(),
    );
    assert.ok(engine, "no engine");
    const { directory: bundled } = bundlePack(join(policies, "sovereignty"), join(directory, "publish"));
    const packed = spawnSync("npm", ["pack", "--pack-destination", directory], {
      cwd: bundled,
      encoding: "utf8",
    });
    assert.equal(packed.status, 0, packed.stderr);
    const foreign = join(directory, "foreign");
    mkdirSync(join(foreign, "node_modules"), { recursive: true });
    const tarball = join(directory, packed.stdout.trim().split("\n").at(-1) ?? "");
    assert.equal(spawnSync("tar", ["-xzf", tarball, "-C", foreign]).status, 0);
    // Stands in for `npm install`, which would ask a registry: of all packages, only Pulumi's are there.
    symlinkSync(join(root, "node_modules", "@pulumi"), join(foreign, "node_modules", "@pulumi"));
    for (const which of ["fail", "unknown", "pass"] as const) {
      const specs = fixtures["copies-stay-where-their-source-may-be"]?.[which] ?? [];
      const {
        status,
        policies: said,
        output,
      } = await analyze(engine, plan(specs), join(foreign, "package"), registry);
      const expected = violationsOf(sovereigntyRules, specs);
      assert.deepEqual(
        [
          ...new Set(said.map(({ policyName, enforcementLevel }) => `${enforcementLevel} ${policyName}`)),
        ].sort(),
        [...new Set(expected.map(({ rule, level }) => `${level} ${rule}`))].sort(),
        output,
      );
      assert.equal(status, which === "pass" ? 0 : 1, output);
    }
  });
});

describe("the bundled command", function () {
  this.timeout(60_000);

  it("judges a state where nothing else is, and says what it cannot do there", () => {
    const directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-test-"));
    try {
      const script = bundleCommand(join(policies, "cli"), join(directory, "command"));
      const command = (...args: string[]) =>
        spawnSync(process.execPath, [script, ...args], {
          cwd: directory,
          encoding: "utf8",
          env: { ...process.env, INIT_CWD: directory },
        });
      const specs = fixtures["copies-stay-where-their-source-may-be"]?.fail ?? [];
      writeFileSync(join(directory, "state.json"), JSON.stringify(stateOf(plan(specs))));
      const refused = command("check", "state.json");
      assert.equal(refused.status, 1, refused.stderr);
      assert.match(refused.stdout, /copies-stay-where-their-source-may-be: broken/);
      assert.equal(command("check", "state.json", "--quiet", "--report", "page").status, 1);
      assert.match(readFileSync(join(directory, "page", "map.svg"), "utf8"), /<svg/);
      writeFileSync(join(directory, "Pulumi.yaml"), "name: bare\nruntime: nodejs\n");
      const folder = command("check", ".");
      assert.equal(folder.status, 2, folder.stderr);
      assert.match(folder.stderr, /from the repository .* only; check the output of `pulumi preview/);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
