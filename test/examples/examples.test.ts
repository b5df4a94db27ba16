import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { installedEngine } from "../../offline/engine/installed";
import { createWorkspace } from "../../offline/workspace";
import { run } from "../../policies/cli/run";
import { type ForeignProject, foreignProject, linkPackage } from "../support/foreign-project";
import { preview } from "../support/preview";
import { pythonWith } from "../support/python";

const root = resolve(__dirname, "../..");
const examples = join(root, "examples");
const typescript = join(root, "node_modules/typescript/bin/tsc");

function isTyped(directory: string): void {
  const { status, stdout } = spawnSync(process.execPath, [typescript, "-p", directory], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
}

/** Every example as a new user has it: a copy outside this repository, on the real engine, without a cloud. */
describe("the example of one more endpoint", function () {
  this.timeout(600_000);
  this.slow(120_000);
  let project: ForeignProject;
  before(() => {
    project = foreignProject(join(examples, "another-endpoint"));
  });
  after(() => project?.remove());

  const overTheFabric = () =>
    preview(
      join(project.directory, "Pulumi.dev.yaml"),
      ...["--after", "tokyo-dev", "--policy-config", "policies/config/tokyo-dev.json"],
    );

  it("is typed by what the fabric exports", () => isTyped(project.directory));

  it("stands in the network of the fabric, with the labels of its model", async () => {
    const { status, printed, complained, plan } = await overTheFabric();
    assert.equal(status, 0, complained || printed);
    const model = plan?.resources.find(({ type }) => type === "aws:sagemaker/model:Model");
    const tags = model?.inputs.tags as { [tag: string]: string };
    assert.equal(tags["hybrid-ai:dataset"], "assistant");
    assert.match(JSON.stringify(model?.inputs.vpcConfig), /"subnet-[0-9a-f]+"/);
    assert.match(printed, /assistant \(japan-only\) may live in JP/);
  });

  it("is refused where it copies that model abroad, although the bucket stands in the other stack", async () => {
    appendFileSync(
      join(project.directory, "index.ts"),
      readFileSync(join(__dirname, "fixtures/copied-abroad.ts.txt"), "utf8"),
    );
    const { status, printed, complained, plan } = await overTheFabric();
    assert.equal(status, 1, complained || printed);
    const broken = plan?.violations.filter(
      ({ verdict, dataset }) => verdict === "broken" && dataset === "assistant",
    );
    assert.ok(
      broken?.some(({ message }) => message.includes("us-east-1")),
      printed,
    );
  });
});

const python = pythonWith(join(examples, "python-component/requirements.txt"));
const withPython = python === undefined ? describe.skip : describe;

withPython(`the example in Python${python === undefined ? " (no Python with pulumi)" : ""}`, function () {
  this.timeout(300_000);
  this.slow(120_000);

  it("instantiates a component of the tarball, and the packs judge it", async () => {
    const project = foreignProject(join(examples, "python-component"));
    const engine = await installedEngine();
    const { directory, library } = project;
    const workspace = createWorkspace(
      engine,
      { directory, name: "python-component" },
      join(root, "offline/dist"),
    );
    try {
      // What `pulumi package add` would arrange: the engine finds the package of the components at a path.
      const plugins = { plugins: { providers: [{ name: "hybrid-ai-fabric", path: library }] } };
      appendFileSync(join(directory, "Pulumi.yaml"), stringify(plugins));
      const settings = join(directory, "settings.json");
      const registry = { claims: { classification: "restricted", kinds: [], residency: ["japan-only"] } };
      const accounts = { "111122223333": { owner: "this project", expires: "2099-12-31" } };
      writeFileSync(settings, JSON.stringify({ settings: { version: 1, datasets: registry, accounts } }));
      const packs = ["--policy-pack", join(root, "policies/sovereignty"), "--policy-pack-config", settings];
      const previewed = () =>
        spawnSync(python ?? "", ["preview.py", ...packs], {
          cwd: directory,
          env: workspace.environment,
          encoding: "utf8",
        });
      const holds = previewed();
      assert.equal(holds.status, 0, `${holds.stdout}${holds.stderr}`);
      assert.match(holds.stdout, /aws:s3:Bucket\s+claims/);
      const program = join(directory, "program.py");
      writeFileSync(program, readFileSync(program, "utf8").replace("ap-northeast-1", "us-east-1"));
      const refused = previewed();
      assert.equal(refused.status, 1, refused.stdout);
      assert.match(`${refused.stdout}${refused.stderr}`, /data-rests-where-it-may-be/);
    } finally {
      workspace.remove();
      project.remove();
    }
  });
});

describe("the example of policies alone", function () {
  this.timeout(300_000);
  this.slow(120_000);
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-example-"));
    cpSync(join(examples, "policies-only"), directory, { recursive: true });
    for (const name of ["@pulumi/aws", "@pulumi/pulumi"]) linkPackage(directory, name);
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  it("is typed", () => isTyped(directory));

  it("is judged by its labels, without any component", async () => {
    let printed = "";
    let complained = "";
    const status = await run(["check", ".", "--stack", "prod", "--config", "settings.json"], {
      root,
      workingDirectory: directory,
      print: (text) => {
        printed += text;
      },
      complain: (text) => {
        complained += text;
      },
      colour: false,
    });
    assert.equal(status, 0, complained || printed);
    assert.match(printed, /claims \(japan-only\) may live in JP/);
    assert.match(printed, /lives in ap-northeast-3 \(JP\): .*Bucket copies/);
  });
});
