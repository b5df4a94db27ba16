import fc from "fast-check";
import type { AgentChannel, AgentPlace, AgentTopology } from "../../../components/agents/topology";

const tokyo = "ap-northeast-1";

/** A region and a site in Japan, with one channel of each transport. */
export const topology: AgentTopology = {
  places: {
    tokyo: { aws: { region: tokyo, accountId: "111122223333" } },
    osaka: { aws: { region: "ap-northeast-3", accountId: "111122223333" } },
    "ty-cage": {
      site: { country: "JP", trustDomain: "ty-cage.example", issuerUrl: "https://oidc.ty-cage.example" },
    },
  },
  datasets: {
    claims: { dataset: "claims", classification: "restricted", kinds: [], residency: ["japan-only"] },
    tasks: { dataset: "tasks", classification: "internal", kinds: [], residency: ["JP"] },
    catalogue: { dataset: "catalogue", classification: "public", kinds: [], residency: ["any"] },
  },
  agents: {
    triage: { at: "tokyo", runtime: "eks", model: "jp.anthropic.claude-sonnet-4-5-20250929-v1:0" },
    scorer: { at: "ty-cage", runtime: "kubernetes" },
    reporter: {
      at: "osaka",
      runtime: "agentcore",
      image: "111122223333.dkr.ecr.ap-northeast-3.amazonaws.com/reporter:1",
    },
    planner: { at: "ty-cage", runtime: "kubernetes" },
  },
  tools: { weather: { url: "https://weather.example.com/mcp", jurisdiction: "JP" } },
  memories: {
    progress: { at: "tokyo", holds: ["tasks"], keepDays: 30, dynamodb: {} },
    context: { at: "tokyo", holds: ["tasks", "claims"], keepDays: 30, agentcore: {} },
    notes: { at: "ty-cage", holds: ["tasks"], keepDays: 7, valkey: { memory: "1Gi" } },
  },
  channels: {
    score: { from: "triage", to: "scorer", carries: ["claims"], grpc: { service: "scoring.v1.Scorer" } },
    ask: { from: "scorer", to: "triage", carries: ["claims"], http: { paths: ["/a2a"] } },
    summarise: { from: "triage", to: "reporter", carries: ["tasks"], http: { paths: ["/"] } },
    assign: {
      from: "triage",
      to: "reporter",
      carries: ["tasks"],
      events: { detailType: "task.assigned", keepDays: 3 },
    },
    "assign-site": {
      from: "triage",
      to: "planner",
      carries: ["tasks"],
      events: { detailType: "plan.asked" },
    },
    results: { from: "scorer", to: "triage", carries: ["tasks"], stream: { topic: "scores" } },
    plans: { from: "scorer", to: "planner", carries: ["tasks"], stream: { topic: "plans" } },
    feed: { from: "triage", to: "reporter", carries: ["tasks"], stream: { topic: "feed" } },
    status: { from: "planner", to: "triage", carries: ["tasks"], mqtt: { topic: "site/status" } },
    alarm: { from: "triage", to: "planner", carries: ["tasks"], mqtt: { topic: "site/alarm" } },
    "look-up": { from: "triage", to: "weather", carries: ["catalogue"], tool: { operations: ["forecast"] } },
    "look-out": {
      from: "planner",
      to: "weather",
      carries: ["catalogue"],
      tool: { operations: ["forecast"] },
    },
    remember: { from: "triage", to: "progress", carries: ["tasks"], memory: { access: "readWrite" } },
    recall: { from: "reporter", to: "context", carries: ["tasks"], memory: { access: "read" } },
    note: { from: "planner", to: "notes", carries: ["tasks"], memory: { access: "write" } },
  },
};

/** Places with what stands there instead: a load balancer, brokers of their own, NATS. */
export const otherPlaces: AgentTopology["places"] = {
  tokyo: {
    aws: {
      region: tokyo,
      accountId: "111122223333",
      kafka: { instanceType: "express.m7g.large", count: 4 },
      loadBalancer: {
        domain: "tokyo.example",
        certificateArn:
          "arn:aws:acm:ap-northeast-1:111122223333:certificate/00000000-0000-4000-8000-0000000000c1",
        tokenIssuer: "https://0123.tokens.sts.global.api.aws",
      },
    },
  },
  osaka: { aws: { region: "ap-northeast-3", accountId: "111122223333" } },
  "ty-cage": {
    site: {
      country: "JP",
      trustDomain: "ty-cage.example",
      issuerUrl: "https://oidc.ty-cage.example",
      mqttBroker: "nats",
      kafka: {
        address: "kafka.ty-cage.example:9094",
        clientSecretArn: "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:pipes",
        caSecretArn: "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:brokers",
      },
    },
  },
};

const shipments = {
  openapi: "3.1.0",
  servers: [{ url: "https://shipments.example.com/v1" }],
  paths: {
    "/shipments": { get: { operationId: "list" } },
    "/shipments/{id}": { get: { operationId: "find" }, delete: { operationId: "cancel" } },
  },
};

/** The same agents over the other carriers. */
export const alternatives: AgentTopology = {
  ...topology,
  places: otherPlaces,
  tools: {
    ...topology.tools,
    shipments: {
      url: "https://shipments.example.com/v1",
      jurisdiction: "JP",
      protocol: "openapi",
      schema: JSON.stringify(shipments),
    },
  },
  channels: {
    ask: { from: "scorer", to: "triage", carries: ["claims"], http: { paths: ["/a2a"] } },
    plan: { from: "reporter", to: "triage", carries: ["tasks"], grpc: { service: "plan.v1.Planner" } },
    "read-done": {
      from: "scorer",
      to: "triage",
      carries: ["claims"],
      events: { detailType: "read.done", fromTopic: "read.done" },
    },
    results: { from: "scorer", to: "triage", carries: ["claims"], stream: { topic: "scores" } },
    feed: { from: "triage", to: "reporter", carries: ["tasks"], stream: { topic: "feed" } },
    back: { from: "triage", to: "planner", carries: ["tasks"], stream: { topic: "back" } },
    status: {
      from: "planner",
      to: "triage",
      carries: ["tasks"],
      mqtt: { topic: "site/status", deliverTo: "queue" },
    },
    reading: {
      from: "planner",
      to: "reporter",
      carries: ["tasks"],
      mqtt: { topic: "site/reading", deliverTo: "stream" },
    },
    alarm: { from: "triage", to: "planner", carries: ["tasks"], mqtt: { topic: "site/alarm" } },
    local: { from: "planner", to: "scorer", carries: ["tasks"], mqtt: { topic: "site/local" } },
    ship: { from: "triage", to: "shipments", carries: ["catalogue"], tool: { operations: ["find"] } },
    "ship-site": {
      from: "planner",
      to: "shipments",
      carries: ["catalogue"],
      tool: { operations: ["list", "find"] },
    },
  },
};

const ends: {
  [transport: string]: { pairs: [string, string][]; of: (name: string) => Partial<AgentChannel> };
} = {
  http: {
    pairs: [
      ["triage", "scorer"],
      ["scorer", "triage"],
      ["planner", "scorer"],
    ],
    of: () => ({ http: { paths: ["/a2a"] } }),
  },
  grpc: {
    pairs: [
      ["triage", "scorer"],
      ["planner", "triage"],
    ],
    of: () => ({ grpc: { service: "a.v1.B" } }),
  },
  events: {
    pairs: [
      ["triage", "reporter"],
      ["scorer", "triage"],
      ["reporter", "planner"],
    ],
    of: (name) => ({ events: { detailType: name } }),
  },
  stream: {
    pairs: [
      ["triage", "scorer"],
      ["planner", "scorer"],
      ["triage", "reporter"],
    ],
    of: (name) => ({ stream: { topic: name } }),
  },
  mqtt: {
    pairs: [
      ["planner", "scorer"],
      ["scorer", "triage"],
    ],
    of: (name) => ({ mqtt: { topic: name } }),
  },
  pipe: {
    pairs: [
      ["scorer", "triage"],
      ["planner", "reporter"],
    ],
    of: (name) => ({ events: { detailType: name, fromTopic: name } }),
  },
  rule: {
    pairs: [
      ["planner", "triage"],
      ["triage", "reporter"],
    ],
    of: (name) => ({ mqtt: { topic: name, deliverTo: name.endsWith("0") ? "queue" : "stream" } }),
  },
  tool: {
    pairs: [
      ["triage", "weather"],
      ["planner", "weather"],
    ],
    of: () => ({ tool: { operations: ["forecast"] } }),
  },
  memory: {
    pairs: [
      ["triage", "progress"],
      ["planner", "notes"],
    ],
    of: () => ({ memory: { access: "write" } }),
  },
};

/** Any set of channels that is valid between the participants above: over each pair a transport once at most. */
export const anyTopology: fc.Arbitrary<AgentTopology> = fc
  .tuple(
    fc.subarray(
      Object.entries(ends).flatMap(([transport, { pairs }]) =>
        pairs.map(([from, to], i) => ({ transport, from, to, name: `${transport}-${i}` })),
      ),
    ),
    fc.constantFrom({ ...topology.places, "ty-cage": withKafka(topology.places["ty-cage"]) }, otherPlaces),
  )
  .map(([chosen, places]) => ({
    ...topology,
    places,
    channels: Object.fromEntries(
      chosen.map(({ transport, from, to, name }) => [
        name,
        { from, to, carries: ["tasks"], ...ends[transport]?.of(name) },
      ]),
    ),
  }))
  .map((made) => ({ ...made, datasets: { ...made.datasets, tasks: { ...tasksAnywhere } } }));

function withKafka(place: AgentPlace | undefined): AgentPlace {
  const kafka = otherPlaces["ty-cage"]?.site?.kafka;
  const site = place?.site ?? { country: "JP", trustDomain: "ty-cage.example" };
  return { site: { ...site, ...(kafka ? { kafka } : {}) } };
}

const tasksAnywhere = { dataset: "tasks", classification: "internal", kinds: [], residency: ["JP"] };
