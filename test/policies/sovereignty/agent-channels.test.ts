import assert from "node:assert/strict";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { claims, type ResourceSpec, ref, type Spec, unborn } from "../../support/plan";
import { violationsOf } from "../../support/rule-suite";
import { channel, queue, roleOf, task } from "./agent-fixtures";

const tokyo = "ap-northeast-1";
const frankfurt = "eu-central-1";
const declared = "agent-data-moves-over-declared-channels";
const resident = "channels-keep-their-data-where-it-may-be";
const transitive = "agents-pass-on-only-what-the-next-may-hold";
const models = "models-answer-where-the-data-may-be";

function messages(rule: string, plan: ResourceSpec[]): string[] {
  return violationsOf(sovereigntyRules, plan)
    .filter((violation) => violation.rule === rule)
    .map(({ message }) => message);
}

const marked = (name: string) => ({ ...claims, "hybrid-ai:channel": name });
const stores = (what: string, region: string) => ({ stores: [{ what, place: `aws:${region}` }] });

/** Claims come in over one channel; the next one carries only figures by its own word. */
const relay = (more: Parameters<typeof channel>[1]): ResourceSpec[] => [
  channel("first"),
  channel("second", { from: "triage", to: "reporter", carries: ["figures"], ...more }),
];

describe("declared: what moves data of agents belongs to a channel", () => {
  it("is not asked of a program without channels", () => {
    assert.deepEqual(messages(declared, [queue("tasks", tokyo, claims)]), []);
  });

  it("refuses a target on a declared bus that no channel knows", () => {
    const found = messages(declared, [
      channel("assign"),
      {
        type: "aws:cloudwatch/eventBus:EventBus",
        name: "bus",
        properties: { region: tokyo, tags: marked("assign") },
      },
      {
        type: "aws:cloudwatch/eventRule:EventRule",
        name: "tap",
        properties: { region: tokyo, eventBusName: ref("bus"), tags: marked("assign") },
      },
      {
        type: "aws:cloudwatch/eventTarget:EventTarget",
        name: "tap",
        properties: { region: tokyo, rule: ref("tap"), eventBusName: ref("bus"), arn: ref("copy") },
      },
      queue("copy", tokyo, {}),
    ]);
    assert.equal(found.length, 2, found.join("\n"));
    assert.ok(found.every((message) => message.includes("belongs to no declared channel")));
  });

  it("refuses a mark of a channel that nothing declares", () => {
    const [message] = messages(declared, [channel("assign"), queue("tasks", tokyo, marked("other"))]);
    assert.match(message ?? "", /serves channel "other": nothing declares that one/);
  });

  it("takes a schedule that starts something, and refuses one that sends to a queue nobody declared", () => {
    const schedule = (arn: Spec): ResourceSpec => ({
      type: "aws:scheduler/schedule:Schedule",
      name: "nightly",
      properties: { region: tokyo, tags: claims, target: { arn } },
    });
    const queueArn = `arn:aws:sqs:${tokyo}:111122223333:tasks`;
    assert.deepEqual(
      messages(declared, [channel("assign"), schedule("arn:aws:scheduler:::aws-sdk:datasync:updateTask")]),
      [],
    );
    assert.equal(messages(declared, [channel("assign"), schedule(queueArn)]).length, 1);
    const machine = {
      type: "aws:sfn/stateMachine:StateMachine",
      name: "turn",
      properties: { region: tokyo },
    };
    assert.deepEqual(messages(declared, [channel("assign"), machine, schedule(ref("turn"))]), []);
    const undeclared = queue("tasks", tokyo, {});
    assert.equal(messages(declared, [channel("assign"), undeclared, schedule(ref("tasks"))]).length, 2);
    assert.equal(messages(declared, [channel("assign"), schedule(unborn)]).length, 1);
  });

  it("takes what stands below a declared channel, and what a whole topology shares", () => {
    const fabric = { type: "hybrid-ai-fabric:index:AgentFabric", name: "agents", properties: { flows: [] } };
    assert.deepEqual(
      messages(declared, [
        fabric,
        { ...channel("assign"), parent: "agents" },
        queue("tasks", tokyo, claims, { parent: "assign" }),
        queue("shared", tokyo, claims, { parent: "agents" }),
      ]),
      [],
    );
  });
});

describe("resident: a channel keeps what it carries where that may be", () => {
  it("refuses what was made for it abroad, by name of the channel", () => {
    const [message, ...more] = messages(resident, [
      channel("assign"),
      queue("dead", frankfurt, marked("assign")),
    ]);
    assert.match(message ?? "", /"claims" is carried by channel "assign" to eu-central-1 \(DE\)/);
    assert.equal(more.length, 0);
  });

  it("refuses a receiver whose model answers abroad", () => {
    const plan = [channel("assign", { toPlaces: [`aws:${tokyo}`, "aws:me-central-1"] })];
    const [message] = messages(resident, plan);
    assert.match(
      message ?? "",
      /Channel "assign" carries dataset "claims" to its receiver "triage" in me-central-1/,
    );
  });
});

describe("transitive: nothing leaks by a relay", () => {
  it("refuses the end of the chain", () => {
    assert.match(
      messages(transitive, relay({ toPlaces: [`aws:${frankfurt}`] })).join("\n"),
      /"claims" can reach "reporter" in eu-central-1 \(DE\) by first, then second/,
    );
  });

  for (const what of ["dead letters", "archive", "topic copies"])
    it(`refuses ${what} on the way, whose channel does not carry the dataset by its own word`, () => {
      const plan = relay(stores(what, frankfurt));
      assert.match(
        messages(transitive, plan).join("\n"),
        new RegExp(`can reach "${what} of second" in eu-central-1`),
      );
      assert.deepEqual(messages(resident, plan), []);
    });

  it("refuses a log or a queue that was made for the channel abroad", () => {
    const log: ResourceSpec = {
      type: "aws:cloudwatch/logGroup:LogGroup",
      name: "calls",
      properties: { region: frankfurt, tags: { "hybrid-ai:channel": "second" } },
    };
    assert.match(
      messages(transitive, [...relay({}), log]).join("\n"),
      /"claims" can be passed on by first, then second to eu-central-1/,
    );
    const tags = { "hybrid-ai:channel": "second" };
    assert.equal(messages(transitive, [...relay({}), queue("q", frankfurt, tags)]).length > 0, true);
    assert.deepEqual(messages(transitive, [...relay({}), queue("q", tokyo, tags)]), []);
  });
});

describe("models that no catalogue sees", () => {
  it("are found in the environment of a container and in the policy of its role", () => {
    assert.equal(messages(models, [task("anthropic.claude-3-haiku-20240307-v1:0")]).length, 0);
    const [message] = messages(models, [task("us.amazon.nova-pro-v1:0")]);
    assert.match(
      message ?? "",
      /agent names us.amazon.nova-pro-v1:0 for dataset "claims", which may answer in/,
    );
    const allow = (model: string) =>
      JSON.stringify({
        Statement: [
          {
            Effect: "Allow",
            Action: "bedrock:InvokeModel",
            Resource: [`arn:aws:bedrock:${tokyo}:111122223333:inference-profile/${model}`],
          },
        ],
      });
    const working = task("anthropic.claude-3-haiku-20240307-v1:0", { taskRoleArn: ref("agent-role") });
    const [refused] = messages(models, [working, ...roleOf(allow("global.anthropic.claude-opus-4-5-v1:0"))]);
    assert.match(refused ?? "", /The policy of role agent-role allows global.anthropic.claude-opus-4-5-v1:0/);
    assert.deepEqual(
      messages(models, [working, ...roleOf(allow("jp.anthropic.claude-sonnet-4-5-v1:0"))]),
      [],
    );
  });

  it("are no host names", () => {
    assert.deepEqual(messages(models, [task("https://api.amazon.example.com/us.example.amazon.com")]), []);
  });

  it("cannot be shown where the prefix may stay and may not", () => {
    const found = violationsOf(sovereigntyRules, [task("apac.amazon.nova-pro-v1:0")]).filter(
      ({ rule }) => rule === models,
    );
    assert.ok(found.length > 0);
  });
});
