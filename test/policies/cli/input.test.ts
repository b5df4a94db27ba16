import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { judge, type PlannedResource } from "@hybrid-ai-fabric/graph";
import { WrongInput } from "@hybrid-ai-fabric/offline/failure";
import { allRules } from "@hybrid-ai-fabric/policy-all/rules";
import { planJson } from "@hybrid-ai-fabric/report";
import { planInput } from "../../../policies/cli/input/read";
import { stateOf } from "../../support/analyze";
import { judged } from "../../support/judged";
import { bucket, claims, plan, ref, registry, replicationType } from "../../support/plan";
import { today } from "../../support/rule-suite";

/** The fixtures are what the engine wrote for test/refused/replicated-abroad: before, and after it was created. */
const fixture = (name: string) => readFileSync(join(__dirname, "fixtures", `${name}.json`), "utf8");
const edited = (name: string, edit: (content: Json) => void): string => {
  const content = JSON.parse(fixture(name)) as Json;
  edit(content);
  return JSON.stringify(content);
};
// biome-ignore lint/suspicious/noExplicitAny: fixtures are edited in ways that no type describes
type Json = any;

const rulesBroken = (resources: readonly PlannedResource[]) =>
  judge(resources, registry, allRules, today)
    .violations.filter(({ level }) => level === "mandatory")
    .map(({ rule, verdict }) => `${rule} ${verdict}`);

const leak = "copies-stay-where-their-source-may-be broken";

describe("a preview as the engine prints it", () => {
  it("leads to the verdict of the packs, over values that are unknown", () => {
    const { resources, environment, kind, lacks } = planInput(fixture("preview"), "p.json");
    assert.equal(environment, "replicated-abroad");
    assert.match(kind, /^a preview/);
    assert.match(lacks.join(), /no outputs/);
    const replication = resources.find(({ name }) => name === "replication");
    assert.deepEqual(replication?.inputs.bucket, { $unknown: true });
    assert.match(replication?.propertyDependencies.rules?.join() ?? "", /::copy$/);
    assert.deepEqual(rulesBroken(resources), [leak]);
  });

  it("gives a default provider the region of the configuration", () => {
    const { resources } = planInput(fixture("preview"), "p.json");
    const source = resources.find(({ name }) => name === "claims");
    const provider = resources.find(({ urn }) => urn === source?.provider);
    assert.deepEqual(provider?.inputs, { region: "ap-northeast-1" });
    const without = planInput(
      edited("preview", (content) => {
        content.config = {};
      }),
      "p.json",
    );
    assert.ok(rulesBroken(without.resources).includes("places-of-labelled-data-are-known cannotBeShown"));
  });

  it("tells the lines of the program", () => {
    const { positions } = planInput(fixture("preview"), "p.json");
    const found = [...positions].find(([urn]) => urn.endsWith("::copy"))?.[1];
    assert.deepEqual(found, { file: "index.ts", line: 11, column: 14 });
    assert.equal(
      [...positions.values()].some(({ file }) => file.includes("node_modules")),
      false,
    );
  });

  it("is refused when it is not the whole plan", () => {
    assert.throws(() => planInput(fixture("preview-without-sames"), "p.json"), /3 unchanged .*--show-sames/);
    const failed = edited("preview", (content) => {
      content.diagnostics = [{ severity: "error", message: "boom\nat x" }];
    });
    assert.throws(() => planInput(failed, "p.json"), /the preview failed.*: boom$/);
    const unfinished = edited("preview", (content) => {
      delete content.changeSummary;
    });
    assert.throws(() => planInput(unfinished, "p.json"), /did not end/);
    const providerless = edited("preview", (content) => {
      content.steps[1].newState.provider = "urn:pulumi:s::p::pulumi:providers:aws::mine::id";
    });
    assert.throws(() => planInput(providerless, "p.json"), /provider mine but holds no step/);
  });

  it("leaves out what is deleted or only read, and takes the last step of a resource", () => {
    const { resources } = planInput(
      edited("preview", (content) => {
        const [, source, copy] = content.steps;
        content.steps.push({ op: "delete", urn: copy.urn, oldState: copy.newState });
        content.steps.push({ ...source, newState: { ...source.newState, inputs: { region: "eu-west-1" } } });
        copy.newState.external = true;
      }),
      "p.json",
    );
    assert.equal(
      resources.some(({ name }) => name === "copy"),
      false,
    );
    assert.deepEqual(
      resources.filter(({ name }) => name === "claims").map(({ inputs }) => inputs),
      [{ region: "eu-west-1" }],
    );
  });

  it("masks the secrets that the engine blinded", () => {
    const { resources } = planInput(
      edited("preview", (content) => {
        content.steps[1].newState.inputs.tags = { a: "[secret]", b: ["[secret]"] };
      }),
      "p.json",
    );
    const { tags } = resources.find(({ name }) => name === "claims")?.inputs ?? {};
    assert.deepEqual(tags, { a: { $secret: true }, b: [{ $secret: true }] });
  });
});

describe("a state", () => {
  it("of what was created is judged by known values and ids", () => {
    const { resources, environment, lacks } = planInput(fixture("state"), "s.json");
    assert.equal(environment, "replicated-abroad");
    assert.deepEqual(lacks, []);
    assert.deepEqual(rulesBroken(resources), [leak]);
  });

  it("is the same as a checkpoint of a file backend", () => {
    const { deployment } = JSON.parse(fixture("state"));
    const checkpoint = JSON.stringify({ version: 3, checkpoint: { stack: "s", latest: deployment } });
    assert.deepEqual(
      planInput(checkpoint, "s.json").resources,
      planInput(fixture("state"), "s.json").resources,
    );
  });

  it("with unknowns in it is judged as the plan that it was written from", () => {
    const resources = plan([
      bucket("claims", "ap-northeast-1", claims),
      bucket("copy", "us-east-1"),
      {
        type: replicationType,
        name: "replication",
        properties: { bucket: ref("claims"), rules: [{ destination: { bucket: ref("copy") } }] },
      },
    ]);
    const read = planInput(JSON.stringify(stateOf(resources)), "s.json").resources;
    assert.deepEqual(rulesBroken(read), rulesBroken(resources));
    assert.ok(rulesBroken(read).includes(leak));
  });

  it("shows no secret, encrypted or in plain", () => {
    const canary = "canary-77aa";
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    const { resources } = planInput(
      edited("state", (content) => {
        const [, , copy] = content.deployment.resources;
        copy.inputs.a = { ...secret, ciphertext: canary };
        copy.outputs.b = [{ ...secret, plaintext: JSON.stringify(canary) }];
      }),
      "s.json",
    );
    assert.equal(JSON.stringify(resources).includes(canary), false);
    assert.deepEqual(resources.find(({ name }) => name === "copy")?.inputs.a, { $secret: true });
  });

  it("leaves out what the next update deletes", () => {
    const { resources } = planInput(
      edited("state", (content) => {
        content.deployment.resources[2].delete = true;
      }),
      "s.json",
    );
    assert.equal(resources.length, JSON.parse(fixture("state")).deployment.resources.length - 1);
  });
});

describe("a plan", () => {
  it("keeps the lines of the program through a file", () => {
    const position = { file: "src/store.ts", line: 3, column: 7 };
    const plan = judged([bucket("claims", "us-east-1", claims)]);
    const urn = plan.resources.find(({ name }) => name === "claims")?.urn ?? "";
    const { positions, resources } = planInput(
      planJson({ ...plan, positions: new Map([[urn, position]]) }),
      "plan.json",
    );
    assert.deepEqual([...positions], [[urn, position]]);
    assert.deepEqual(resources, plan.resources);
  });
});

describe("other files", () => {
  const wrong: [string, string, RegExp][] = [
    ["an update plan", fixture("update-plan"), /update plan of Pulumi.*only how each resource differs/],
    [
      "an update plan in its newer form",
      JSON.stringify({ version: 1, plan: { resourcePlans: {} } }),
      /update plan/,
    ],
    ["a Terraform plan", '{"terraform_version":"1"}', /Terraform/],
    ["a template", '{"Resources":{}}', /CloudFormation/],
    ["a stream of events", '{"sequence":1}\n{"sequence":2}', /PULUMI_ENABLE_STREAMING_JSON_PREVIEW/],
    ["no JSON", "{", /not valid JSON/],
    ["no object", "[]", /not an object/],
    ["something else", '{"a":1}', /none of the formats/],
    ["a plan that could not be judged", '{"version":1,"resources":null}', /holds no resources/],
    ["a plan of tomorrow", '{"version":2,"resources":[]}', /version 2 of a plan/],
    ["a state of yesterday", '{"version":1,"deployment":{"resources":[]}}', /version 1 of a state/],
    ["a state without resources", '{"version":3,"deployment":{"resources":3}}', /holds no resources/],
    [
      "a resource without a type",
      '{"version":1,"resources":[{"urn":"u"}]}',
      /resources\[0\]\.type: it is missing/,
    ],
    [
      "inputs that are none",
      '{"version":1,"resources":[{"urn":"u","type":"t","inputs":3}]}',
      /inputs: it is not/,
    ],
  ];
  for (const [title, text, reason] of wrong) {
    it(`are refused with the reason: ${title}`, () => {
      assert.throws(
        () => planInput(text, "f.json"),
        (error: Error) =>
          error instanceof WrongInput && /^f\.json: /.test(error.message) && reason.test(error.message),
      );
    });
  }
});
