import assert from "node:assert/strict";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { claims, type ResourceSpec, ref, type Spec, unborn } from "../../support/plan";
import { violationsOf } from "../../support/rule-suite";

const tokyo = "ap-northeast-1";
const frankfurt = "eu-central-1";
const abroadArn = (service: string, rest: string) => `arn:aws:${service}:${frankfurt}:111122223333:${rest}`;

function aws(type: string, name: string, properties: { [property: string]: Spec }): ResourceSpec {
  return { type: `aws:${type}`, name, properties: { region: tokyo, ...properties } };
}

const bus = aws("cloudwatch/eventBus:EventBus", "bus", { tags: claims });
const queue = aws("sqs/queue:Queue", "queue", { tags: claims });
const stream = aws("kinesis/stream:Stream", "stream", { tags: claims });
const memory = aws("bedrock/agentcoreMemory:AgentcoreMemory", "memory", {
  eventExpiryDuration: 30,
  tags: claims,
});
const strategy = (type: string, more: { [property: string]: Spec } = {}) =>
  aws("bedrock/agentcoreMemoryStrategy:AgentcoreMemoryStrategy", "strategy", {
    memoryId: ref("memory"),
    type,
    ...more,
  });
const site = (apiVersion: string, kind: string, spec: Spec): ResourceSpec => ({
  type: `kubernetes:${apiVersion}:${kind}`,
  name: kind.toLowerCase(),
  properties: {
    apiVersion,
    kind,
    metadata: { name: "it", annotations: { "hybrid-ai/dataset": "claims" } },
    spec,
  },
});
const harness = (model: Spec) =>
  aws("bedrock/agentcoreHarness:AgentcoreHarness", "harness", { model, tags: claims });

/** What leaves its region by default or by one property, in programs that never heard of a topology. */
const refused: { what: string; plan: ResourceSpec[] }[] = [
  { what: "a built-in strategy of a memory", plan: [memory, strategy("SEMANTIC")] },
  {
    what: "a custom strategy whose model answers abroad",
    plan: [
      memory,
      strategy("CUSTOM", {
        configuration: {
          extraction: { modelId: "global.anthropic.claude-opus-4-5-20251101-v1:0" },
          consolidation: { modelId: "global.anthropic.claude-opus-4-5-20251101-v1:0" },
        },
      }),
    ],
  },
  {
    what: "a registry, which answers from any region",
    plan: [aws("agentregistry/registry:Registry", "registry", { tags: claims })],
  },
  {
    what: "an evaluation in the geography",
    plan: [
      aws("bedrock/agentcoreOnlineEvaluationConfig:AgentcoreOnlineEvaluationConfig", "evaluation", {
        tags: claims,
      }),
    ],
  },
  {
    what: "a guardrail with a profile",
    plan: [
      aws("bedrock/guardrail:Guardrail", "guardrail", {
        tags: claims,
        crossRegionConfig: { guardrailProfileIdentifier: "apac.guardrail.v1:0" },
      }),
    ],
  },
  {
    what: "a profile that may answer in the Emirates",
    plan: [
      aws("bedrock/agentAgent:AgentAgent", "agent", {
        tags: claims,
        foundationModel: "apac.amazon.nova-pro-v1:0",
      }),
    ],
  },
  {
    what: "a harness that asks elsewhere",
    plan: [harness({ litellmModelConfig: { modelId: "m", apiBase: "https://llm.example.com/v1" } })],
  },
  {
    what: "a bus in another region as target",
    plan: [
      bus,
      aws("cloudwatch/eventTarget:EventTarget", "target", {
        rule: "all",
        eventBusName: ref("bus"),
        arn: abroadArn("events", "event-bus/default"),
      }),
    ],
  },
  {
    what: "dead letters of a bus in another region",
    plan: [
      { ...bus, properties: { ...bus.properties, deadLetterConfig: { arn: abroadArn("sqs", "dead") } } },
    ],
  },
  {
    what: "dead letters of a queue in another region",
    plan: [
      {
        ...queue,
        properties: {
          ...queue.properties,
          redrivePolicy: JSON.stringify({
            deadLetterTargetArn: abroadArn("sqs", "dead"),
            maxReceiveCount: 5,
          }),
        },
      },
    ],
  },
  {
    what: "an endpoint that replicates a bus",
    plan: [
      bus,
      aws("cloudwatch/eventEndpoint:EventEndpoint", "endpoint", {
        eventBuses: [{ eventBusArn: ref("bus") }, { eventBusArn: abroadArn("events", "event-bus/bus") }],
        routingConfig: { failoverConfig: { secondary: { route: frankfurt } } },
      }),
    ],
  },
  {
    what: "dead letters of a pipe in another region",
    plan: [
      stream,
      queue,
      aws("pipes/pipe:Pipe", "pipe", {
        tags: claims,
        source: ref("stream"),
        target: ref("queue"),
        sourceParameters: {
          kinesisStreamParameters: { deadLetterConfig: { arn: abroadArn("sqs", "dead") } },
        },
      }),
    ],
  },
  {
    what: "errors of a rule of IoT Core in another region",
    plan: [
      queue,
      aws("iot/topicRule:TopicRule", "rule", {
        tags: claims,
        sqs: [{ queueUrl: ref("queue") }],
        errorAction: { sqs: { queueUrl: `https://sqs.${frankfurt}.amazonaws.com/111122223333/dead` } },
      }),
    ],
  },
  {
    what: "a replicator to another region",
    plan: [
      aws("msk/cluster:Cluster", "cluster", { tags: claims }),
      aws("msk/replicator:Replicator", "replicator", {
        replicationInfoList: {
          sourceKafkaClusterArn: ref("cluster"),
          targetKafkaClusterArn: abroadArn("kafka", "cluster/b/1"),
        },
      }),
    ],
  },
  {
    what: "a tool that no one says the law of",
    plan: [
      site("agentgateway.dev/v1alpha1", "AgentgatewayBackend", {
        static: { host: "crm.example.com", port: 443 },
      }),
    ],
  },
  {
    what: "an MCP server elsewhere",
    plan: [site("kagent.dev/v1alpha2", "RemoteMCPServer", { url: "https://mcp.example.com" })],
  },
];

function mandatory(plan: ResourceSpec[]): string[] {
  return violationsOf(sovereigntyRules, plan)
    .filter(({ level }) => level === "mandatory")
    .map(({ rule, message }) => `${rule}: ${message}`);
}

/** References are objects of a class, which JSON would flatten. */
function keepReferences(_: string, value: unknown): unknown {
  return typeof value === "object" && value !== null && value.constructor?.name === "Reference"
    ? { $ref: (value as { to?: string }).to }
    : value;
}

function reviveReferences(_: string, value: unknown): unknown {
  return typeof value === "object" && value !== null && "$ref" in value ? ref(String(value.$ref)) : value;
}

describe("features of agents that leave their region", () => {
  for (const { what, plan } of refused)
    it(`are refused for restricted data: ${what}`, () => {
      assert.notDeepEqual(mandatory(plan), []);
    });

  for (const { where, ai } of [
    { where: "a provider", ai: (bedrock: Spec) => ({ provider: { bedrock } }) },
    { where: "a group", ai: (bedrock: Spec) => ({ groups: [{ providers: [{ name: "a", bedrock }] }] }) },
  ])
    it(`are found where ${where} of agentgateway leaves the region of Bedrock out`, () => {
      const said = (bedrock: Spec) =>
        mandatory([site("agentgateway.dev/v1alpha1", "AgentgatewayBackend", { ai: ai(bedrock) })]);
      const names = (bedrock: Spec, text: string) => said(bedrock).some((each) => each.includes(text));
      const model = "anthropic.claude-sonnet-4-20250514-v1:0";
      const byDefault = "bedrock.region, which is us-east-1 when it is left out";
      assert.ok(names({ model }, byDefault), said({ model }).join("\n"));
      assert.ok(!names({ model, region: tokyo }, "us-east-1"));
      assert.ok(names({ model, region: frankfurt }, frankfurt));
      assert.ok(names({ model, region: unborn }, "bedrock.region is not known before creation"));
      assert.ok(!names({ model, region: unborn }, "us-east-1"));
    });

  it("are told by where they lead, not by being there", () => {
    const home = (plan: ResourceSpec[]): ResourceSpec[] =>
      JSON.parse(JSON.stringify(plan, keepReferences).replaceAll(frankfurt, tokyo), reviveReferences);
    for (const what of [
      "dead letters of a pipe",
      "errors of a rule",
      "a bus in another",
      "dead letters of a q",
    ]) {
      const found = refused.find((each) => each.what.startsWith(what));
      assert.ok(found);
      assert.deepEqual(mandatory(home(found.plan)), [], what);
    }
  });

  it("are not what stays", () => {
    const own = { modelId: "anthropic.claude-3-haiku-20240307-v1:0" };
    const bound = strategy("CUSTOM", { configuration: { extraction: own, consolidation: own } });
    assert.deepEqual(mandatory([memory, bound]), []);
    assert.deepEqual(mandatory([bus, queue, stream]), []);
    assert.deepEqual(mandatory([harness({ bedrockModelConfig: own })]), []);
  });
});
