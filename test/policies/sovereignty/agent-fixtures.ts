import { claims, type ResourceSpec, ref, registry, type Spec, unborn } from "../../support/plan";
import type { RuleFixtures } from "../../support/rule-suite";

const tokyo = "ap-northeast-1";
const frankfurt = "eu-central-1";

/** A declared channel as a fabric registers it. */
export function channel(name: string, more: { [property: string]: Spec } = {}): ResourceSpec {
  return {
    type: "hybrid-ai-fabric:index:DeclaredChannel",
    name,
    properties: {
      channel: name,
      from: "scorer",
      to: "triage",
      carries: ["claims"],
      answers: false,
      fromPlaces: ["JP"],
      toPlaces: [`aws:${tokyo}`],
      ...more,
    },
  };
}

export const queueType = "aws:sqs/queue:Queue";

export function queue(
  name: string,
  region: string,
  tags: Spec,
  more: Partial<ResourceSpec> = {},
): ResourceSpec {
  return { type: queueType, name, properties: { region, tags }, ...more };
}

const onChannel = (name: Spec): Spec => ({ ...claims, "hybrid-ai:channel": name });

/** A task of ECS that works with claims and names a model where no catalogue looks. */
export function task(model: string, more: { [property: string]: Spec } = {}): ResourceSpec {
  const containers = [{ name: "agent", image: "agent:1", environment: [{ name: "MODEL", value: model }] }];
  return {
    type: "aws:ecs/taskDefinition:TaskDefinition",
    name: "agent",
    properties: {
      region: tokyo,
      family: "agent",
      tags: claims,
      containerDefinitions: JSON.stringify(containers),
      ...more,
    },
  };
}

export const agentFixtures: { [rule: string]: RuleFixtures } = {
  "agent-data-moves-over-declared-channels": {
    pass: [channel("assign"), queue("tasks", tokyo, onChannel("assign"))],
    fail: [channel("assign"), queue("tasks", tokyo, claims)],
    unknown: [channel("assign"), queue("tasks", tokyo, onChannel(unborn))],
  },
  "channels-keep-their-data-where-it-may-be": {
    pass: [channel("assign", { stores: [{ what: "queue", place: `aws:${tokyo}` }] })],
    fail: [channel("assign", { stores: [{ what: "dead letters", place: `aws:${frankfurt}` }] })],
    unknown: [channel("assign", { toPlaces: [unborn] })],
  },
  "models-answer-where-the-data-may-be": {
    pass: [task("jp.anthropic.claude-sonnet-4-5-20250929-v1:0")],
    fail: [task("us.anthropic.claude-sonnet-4-5-20250929-v1:0")],
    unknown: [task("moon.anthropic.claude-sonnet-4-5-20250929-v1:0")],
    settings: {
      ...registry,
      labels: [{ type: "aws:ecs/taskDefinition:TaskDefinition", reads: [], writes: [] }],
    },
  },
};

export const roleOf = (policy: Spec): ResourceSpec[] => [
  { type: "aws:iam/role:Role", name: "agent-role", properties: { assumeRolePolicy: "{}" } },
  { type: "aws:iam/rolePolicy:RolePolicy", name: "ask", properties: { role: ref("agent-role"), policy } },
];
