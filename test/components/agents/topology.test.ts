import assert from "node:assert/strict";
import { inferenceRegions } from "@hybrid-ai-fabric/locality";
import fc from "fast-check";
import { expand } from "../../../components/agents/expansion";
import { holdings, leaks } from "../../../components/agents/leaks";
import { matrixOf, matrixTable } from "../../../components/agents/matrix";
import type { AgentTopology } from "../../../components/agents/topology";
import { validateTopology } from "../../../components/agents/validate-topology";
import { anyTopology, otherPlaces, topology } from "./topologies";

function problems(change: Partial<AgentTopology>): string[] {
  return validateTopology({ ...topology, ...change }).map(
    ({ propertyPath, reason }) => `${propertyPath}: ${reason}`,
  );
}

function oneProblem(change: Partial<AgentTopology>): string {
  const found = problems(change);
  assert.equal(found.length, 1, found.join("\n"));
  return found[0] ?? "";
}

const triage = { at: "tokyo", runtime: "eks" };
const scorer = { at: "ty-cage", runtime: "kubernetes" };
const channel = { from: "triage", to: "scorer", carries: ["claims"] };

describe("expansion of a topology", () => {
  it("takes the topology of the tests", () => {
    assert.deepEqual(problems({}), []);
  });

  it("makes one grant, one rule and one flow of each edge, and nothing without one", () => {
    fc.assert(
      fc.property(anyTopology, (any) => {
        assert.deepEqual(validateTopology(any), []);
        const edges = expand(any);
        assert.deepEqual(edges.map(({ channel }) => channel).sort(), Object.keys(any.channels).sort());
        const grants = edges.map(
          ({ grant, to }) => `${grant.agent} ${grant.by} ${grant.at} ${to.name} ${grant.what}`,
        );
        const rules = edges.map(
          ({ rule, to }) => `${rule.at} ${rule.by} ${rule.caller} ${to.name} ${rule.target}`,
        );
        assert.equal(new Set(grants).size, edges.length);
        assert.equal(new Set(rules).size, edges.length);
        for (const { channel, grant, rule, flow } of edges) {
          const declared = any.channels[channel];
          assert.equal(grant.agent, declared?.from);
          assert.equal(rule.caller, declared?.from);
          assert.deepEqual(
            [flow.from, flow.to, flow.carries],
            [declared?.from, declared?.to, declared?.carries],
          );
        }
      }),
      { numRuns: 100 },
    );
  });

  it("connects nobody by default", () => {
    assert.deepEqual(expand({ ...topology, channels: {} }), []);
    assert.deepEqual(matrixOf({ ...topology, channels: {} }), []);
    assert.equal(holdings({ ...topology, channels: {} }).size, 0);
  });

  it("changes nothing but its own edge when a channel goes", () => {
    fc.assert(
      fc.property(anyTopology, fc.nat(), (any, at) => {
        const names = Object.keys(any.channels);
        const gone = names[at % Math.max(1, names.length)];
        if (gone === undefined) return;
        const { [gone]: _, ...channels } = any.channels;
        assert.deepEqual(
          expand({ ...any, channels }),
          expand(any).filter(({ channel }) => channel !== gone),
        );
      }),
      { numRuns: 100 },
    );
  });

  it("counts dead letters and archives among the places that data rests in", () => {
    const assign = expand(topology).find((edge) => edge.channel === "assign");
    assert.deepEqual(assign?.flow.stores, [
      { what: "queue", at: "osaka", keepDays: 4 },
      { what: "dead letters", at: "osaka", keepDays: 14 },
      { what: "dead letters", at: "tokyo", keepDays: 14 },
      { what: "archive", at: "tokyo", keepDays: 3 },
    ]);
  });

  it("shows who may talk to whom", () => {
    const table = matrixTable(topology);
    assert.match(table[0] ?? "", /planner +reporter +scorer +triage +context/);
    const cell = matrixOf(topology).find((each) => each.channel === "score");
    assert.deepEqual(cell, {
      channel: "score",
      from: "triage",
      to: "scorer",
      carries: "claims (restricted)",
      transport: "grpc over gatewayApi",
      grant: "iam at ty-cage: scorer scoring.v1.Scorer",
    });
  });
});

describe("bad input in a topology", () => {
  it("an agent at an unknown place", () => {
    assert.match(
      oneProblem({ agents: { ...topology.agents, lost: { at: "mars", runtime: "eks" } } }),
      /^agents.lost.at: "mars" is not a place \(tokyo, osaka, ty-cage\)/,
    );
  });

  it("a runtime that its place does not have", () => {
    assert.match(
      oneProblem({ agents: { ...topology.agents, lost: { at: "ty-cage", runtime: "eks" } } }),
      /^agents.lost.runtime: "eks" is not a runtime at ty-cage \(kubernetes\)/,
    );
  });

  it("a class that the receiver may not hold", () => {
    const agents = { ...topology.agents, scorer: { ...scorer, holds: ["tasks"] } };
    assert.match(
      oneProblem({ agents, channels: { score: { ...channel, http: { paths: ["/a2a"] } } } }),
      /^channels.score.carries\[0\]: "claims", which "scorer" may not hold \(tasks\)/,
    );
  });

  it("a class that may not be where the receiver is", () => {
    const places = { ...topology.places, tokyo: { aws: { region: "us-east-1", accountId: "111122223333" } } };
    const channels = {
      back: { from: "scorer", to: "triage", carries: ["claims"], http: { paths: ["/a2a"] } },
    };
    assert.match(
      oneProblem({ places, channels }),
      /^channels.back.carries\[0\]: "claims" may only be in JP, but its receiver "triage" is in us-east-1 \(US\)/,
    );
  });

  it("two channels that are one", () => {
    const channels = {
      first: { ...channel, stream: { topic: "scores" } },
      second: { ...channel, from: "planner", stream: { topic: "scores" } },
    };
    assert.match(
      oneProblem({ channels, places: otherPlaces }),
      /^channels.second: is the topic scores that channels.first is already/,
    );
  });

  it("a restricted stream on MSK Serverless, whichever end stands there", () => {
    const stream = { stream: { topic: "scores" } };
    const ends = [
      { from: "scorer", to: "triage", at: "tokyo", keyed: "ty-cage" },
      { from: "triage", to: "scorer", at: "tokyo", keyed: "ty-cage" },
    ];
    for (const { from, to, at, keyed } of ends)
      assert.equal(
        oneProblem({ channels: { scores: { from, to, carries: ["tasks", "claims"], ...stream } } }),
        `channels.scores.carries[1]: "claims" is restricted, and the stream at ${at} is kept by MSK Serverless, which takes no key of yours: give places.${at} brokers of its own (kafka), or stream between places that have some (${keyed})`,
      );
    const far = { from: "triage", to: "reporter", carries: ["claims"], ...stream };
    assert.match(
      oneProblem({ channels: { far }, places: otherPlaces }),
      /the stream at osaka .*tokyo, ty-cage/,
    );
  });

  it("no restricted stream between brokers of its own and a site, nor between agents of a site", () => {
    const stream = { stream: { topic: "scores" } };
    for (const [from, to] of [
      ["scorer", "triage"],
      ["triage", "scorer"],
    ] as const)
      assert.deepEqual(
        problems({ channels: { scores: { from, to, carries: ["claims"], ...stream } }, places: otherPlaces }),
        [],
      );
    const plans = { from: "planner", to: "scorer", carries: ["claims"], ...stream };
    assert.deepEqual(problems({ channels: { plans } }), []);
  });

  it("one name for two things", () => {
    const tools = { ...topology.tools, triage: { url: "https://a.example.com", jurisdiction: "JP" } };
    assert.match(oneProblem({ tools }), /^tools.triage: "triage" is the name of agents.triage already/);
  });

  for (const [transport, topic] of [
    ["mqtt", "site/#"],
    ["mqtt", "site/+/status"],
    ["stream", ".*"],
  ] as const) {
    it(`the wildcard topic ${topic}`, () => {
      const channels = { score: { ...channel, [transport]: { topic } } };
      const found = oneProblem({ channels, places: otherPlaces });
      assert.ok(
        found.startsWith(`channels.score.${transport}.topic: "${topic}" is not the name of a topic`),
        found,
      );
    });
  }

  it("a tool without a jurisdiction", () => {
    const tools = { weather: { url: "https://weather.example.com/mcp", jurisdiction: "" } };
    assert.match(
      oneProblem({ tools, channels: {} }),
      /^tools.weather.jurisdiction: is missing: say under which country's law weather.example.com learns/,
    );
  });

  it("a tool behind a wildcard or plain http", () => {
    for (const url of ["http://weather.example.com", "https://*.example.com"]) {
      const tools = { weather: { url, jurisdiction: "JP" } };
      assert.match(oneProblem({ tools, channels: {} }), /^tools.weather.url: .* is no https address/);
    }
  });

  it("no transport, and two", () => {
    assert.match(
      oneProblem({ channels: { score: channel } }),
      /^channels.score: takes exactly one of .* not none/,
    );
    const both = { ...channel, mqtt: { topic: "a" }, http: { paths: ["/"] } };
    assert.match(oneProblem({ channels: { score: both } }), /not http and mqtt/);
  });

  it("everything at once", () => {
    const bad = { from: "nobody", to: "weather", carries: ["secrets"], grpc: { service: "*" } };
    assert.equal(problems({ channels: { bad } }).length, 3);
  });
});

describe("relays", () => {
  const frankfurt = { aws: { region: "eu-central-1", accountId: "111122223333" } };
  const places = { ...otherPlaces, frankfurt };
  const far = { at: "frankfurt", runtime: "eks" };
  const relay: AgentTopology = {
    ...topology,
    places,
    agents: { triage, scorer, far },
    memories: {},
    tools: {},
    channels: {
      first: { from: "scorer", to: "triage", carries: ["claims"], stream: { topic: "first" } },
      second: { from: "triage", to: "far", carries: ["catalogue"], stream: { topic: "second" } },
    },
  };

  it("cannot carry a dataset abroad under another name", () => {
    const [problem] = validateTopology(relay);
    assert.equal(problem?.propertyPath, "channels.second");
    assert.equal(
      problem?.reason,
      'dataset "claims" can reach eu-central-1 (DE) by scorer -> triage -> far; it may only be in JP',
    );
  });

  it("end at an agent that is declared to declassify", () => {
    const declassifies = [{ from: "claims", to: "catalogue", approval: "claims-summary" }];
    const agents = { ...relay.agents, triage: { ...triage, declassifies } };
    assert.deepEqual(validateTopology({ ...relay, agents }), []);
  });

  it("answer as well: what a caller is told counts", () => {
    const channels = {
      first: { from: "scorer", to: "triage", carries: ["claims"], stream: { topic: "first" } },
      question: { from: "far", to: "triage", carries: ["catalogue"], http: { paths: ["/a2a"] } },
    };
    assert.deepEqual(
      leaks({ ...relay, channels }).map(({ way }) => way),
      [["scorer", "triage", "far"]],
    );
  });

  it("ask models, which may answer abroad", () => {
    const agents = {
      ...relay.agents,
      triage: { ...triage, model: "apac.anthropic.claude-sonnet-4-20250514-v1:0" },
    };
    const { first } = relay.channels;
    const found = validateTopology({ ...relay, agents, channels: first ? { first } : {} });
    assert.ok(found.length > 0);
    assert.ok(found.every(({ propertyPath }) => propertyPath === "agents.triage.model"));
    assert.ok(found.some(({ reason }) => reason.includes("me-central-1")));
  });
});

describe("inference profiles", () => {
  it("say where a model may answer", () => {
    assert.deepEqual(inferenceRegions("anthropic.claude-3-haiku-20240307-v1:0", "ap-northeast-1"), {
      regions: ["ap-northeast-1"],
    });
    assert.deepEqual(inferenceRegions("jp.anthropic.claude-sonnet-4-5-20250929-v1:0", "ap-northeast-1"), {
      regions: ["ap-northeast-1", "ap-northeast-3"],
    });
    assert.deepEqual(inferenceRegions("global.anthropic.claude-opus-4-5-20251101-v1:0", "eu-west-1"), {
      regions: ["*"],
    });
    assert.ok("problem" in inferenceRegions("moon.anthropic.claude-3-haiku-20240307-v1:0", "eu-west-1"));
    const arn = "arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.amazon.nova-pro-v1:0";
    const eu = inferenceRegions(arn, "eu-central-1");
    assert.ok("regions" in eu && eu.regions.includes("eu-west-2"));
  });
});
