import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { annotations } from "../../ci/annotate";
import { fixtures } from "../policies/sovereignty/fixtures";
import { stateOf } from "../support/analyze";
import { plan, registry } from "../support/plan";

const root = resolve(__dirname, "../..");

/** The step of the action as GitHub runs it: a script, and an environment. The plan is a state, so no engine is needed. */
describe("the action for GitHub", function () {
  this.timeout(120_000);
  this.slow(20_000);
  let workspace: string;
  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-action-"));
    writeFileSync(join(workspace, "settings.json"), JSON.stringify({ settings: registry }));
  });
  afterEach(() => rmSync(workspace, { recursive: true, force: true }));

  function step(which: "pass" | "fail", variables: NodeJS.ProcessEnv = {}) {
    const specs = fixtures["copies-stay-where-their-source-may-be"]?.[which] ?? [];
    writeFileSync(join(workspace, "state.json"), JSON.stringify(stateOf(plan(specs))));
    const files = {
      GITHUB_OUTPUT: join(workspace, "output"),
      GITHUB_STEP_SUMMARY: join(workspace, "summary"),
    };
    const run = spawnSync("bash", [join(root, "ci/check.sh")], {
      cwd: tmpdir(),
      encoding: "utf8",
      env: {
        ...process.env,
        ...files,
        GITHUB_WORKSPACE: workspace,
        GITHUB_ACTION_PATH: root,
        ...{ PROGRAM: "state.json", CONFIG: "settings.json", ...variables },
      },
    });
    const [outputs = "", summary = ""] = Object.values(files).map((file) => readFileSync(file, "utf8"));
    return { ...run, outputs, summary };
  }

  it("annotates what is refused, and fails the job with the same status as the command", () => {
    const { status, stdout, stderr, outputs, summary } = step("fail", {
      PACKS: "sovereignty",
      SARIF: "found.sarif",
    });
    assert.equal(status, 1, stderr);
    assert.match(
      stdout,
      /^::error file=state\.json,line=1,col=1,title=copies-stay-where-their-source-may-be::.*us-/m,
    );
    assert.equal(outputs, "sarif=found.sarif\nstatus=1\n");
    assert.match(summary, /^```\nstate\.json: a state [\s\S]*refused[\s\S]*\n```\n$/);
  });

  it("says nothing of a plan that holds", () => {
    const { status, stdout, stderr, outputs } = step("pass");
    assert.equal(status, 0, `${stdout}${stderr}`);
    assert.doesNotMatch(stdout, /^::/m);
    assert.equal(outputs, "sarif=findings.sarif\nstatus=0\n");
  });

  it("fails for input that is wrong, and leaves no findings of another run behind", () => {
    writeFileSync(join(workspace, "findings.sarif"), "of another run");
    const { status, stderr, outputs } = step("pass", { CONFIG: "absent.json" });
    assert.equal(status, 2);
    assert.match(stderr, /there is no file absent\.json/);
    assert.equal(outputs, "sarif=\nstatus=2\n");
  });

  it("runs that script with every input that it declares", () => {
    const action = parse(readFileSync(join(root, "action.yml"), "utf8"));
    const check = action.runs.steps.find(({ id }: { id?: string }) => id === "check");
    assert.match(check.run, /ci\/check\.sh/);
    const passed = Object.values<string>(check.env).map((value) => /inputs\.(\w+)/.exec(value)?.[1]);
    assert.deepEqual(passed.sort(), Object.keys(action.inputs).sort());
    const script = readFileSync(join(root, "ci/check.sh"), "utf8");
    for (const variable of Object.keys(check.env)) assert.ok(script.includes(`\${${variable}:-`), variable);
  });
});

describe("an annotation", () => {
  const finding = (text: string, more: object = {}) => ({
    runs: [{ results: [{ level: "error", ruleId: "rule", message: { text }, ...more }] }],
  });

  it("is one line, whatever the finding says", () => {
    assert.deepEqual(annotations(finding("100 %\nof it")), ["::error title=rule::100 %25%0Aof it"]);
  });

  it("points to the line of the program, also where its name has commas, colons or spaces", () => {
    const location = { artifactLocation: { uri: "a%20b%2Cc.ts" }, region: { startLine: 7, startColumn: 3 } };
    assert.deepEqual(annotations(finding("x", { locations: [{ physicalLocation: location }] })), [
      "::error file=a b%2Cc.ts,line=7,col=3,title=rule::x",
    ]);
  });

  it("is not made of what an exemption suppresses", () => {
    assert.deepEqual(annotations(finding("x", { suppressions: [{ kind: "external" }] })), []);
  });
});

describe("the examples for continuous integration", () => {
  const read = (name: string) => readFileSync(join(root, "examples/ci", name), "utf8");

  it("use only inputs that the action has, and flags that the command has", () => {
    const { inputs } = parse(readFileSync(join(root, "action.yml"), "utf8"));
    const { jobs } = parse(read("github.yml"));
    const uses = Object.values<{ steps: { uses?: string; with?: object }[] }>(jobs)
      .flatMap(({ steps }) => steps)
      .filter(({ uses }) => uses?.includes("hybrid-ai-fabric"));
    assert.equal(uses.length, 2);
    for (const { with: given = {} } of uses)
      for (const input of Object.keys(given)) assert.ok(Object.hasOwn(inputs, input), input);
    assert.equal(jobs.check.permissions, undefined);
    assert.doesNotMatch(JSON.stringify(jobs.check), /secrets\./);
    assert.ok(parse(read("gitlab-ci.yml")).residency.script.length > 0);
  });

  it("tell in any shell what the status means", () => {
    const workspace = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-shell-"));
    try {
      writeFileSync(join(workspace, "settings.json"), JSON.stringify({ settings: registry }));
      const specs = fixtures["copies-stay-where-their-source-may-be"]?.fail ?? [];
      writeFileSync(join(workspace, "state.json"), JSON.stringify(stateOf(plan(specs))));
      const { status, stdout, stderr } = spawnSync(
        "bash",
        [join(root, "examples/ci/check.sh"), "state.json"],
        {
          cwd: workspace,
          encoding: "utf8",
          env: { ...process.env, HYBRID_AI_FABRIC: root, INIT_CWD: undefined },
        },
      );
      assert.equal(status, 1, stderr);
      assert.match(stdout, /\nrefused\n$/);
      assert.match(readFileSync(join(workspace, "junit.xml"), "utf8"), /<testsuites/);
    } finally {
      rmSync(workspace, { recursive: true, force: true });
    }
  }).timeout(120_000);
});
