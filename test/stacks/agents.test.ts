import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { expand } from "../../components/agents/expansion";
import { topologyOf } from "../../stacks/agent-topology";
import { parseEnvironment } from "../../stacks/environment";

type Tree = { [key: string]: Tree };

function shipped(name: string): Tree {
  const file = join(__dirname, "../../stacks", `Pulumi.${name}.yaml`);
  return parse(readFileSync(file, "utf8")).config["hybrid-ai-fabric:environment"];
}

function problems(change: (environment: Tree) => void): string[] {
  const environment = shipped("japan-prod");
  change(environment);
  const parsed = parseEnvironment(environment, "japan-prod");
  assert.ok("problems" in parsed, "expected problems");
  return parsed.problems.map(({ path, reason }) => `${path}: ${reason}`);
}

function one(change: (environment: Tree) => void): string {
  const found = problems(change);
  assert.equal(found.length, 1, found.join("\n"));
  return found[0] ?? "";
}

const put = (noun: string, name: string, value: unknown) => (environment: Tree) => {
  const map = environment[noun];
  assert.ok(map);
  map[name] = value as Tree;
};
const grpc = { service: "scoring.v1.Scorer" };

function edgesOf(name: string) {
  const parsed = parseEnvironment(shipped(name), name);
  assert.ok("environment" in parsed, JSON.stringify(parsed));
  return expand(topologyOf(parsed.environment));
}

describe("agents of an environment", () => {
  it("are on AWS and on sites over all four transports where the environment is a real one", () => {
    for (const name of ["japan-prod", "global-prod"]) {
      const edges = edgesOf(name);
      const transports = new Set(edges.map(({ transport }) => (transport === "grpc" ? "http" : transport)));
      for (const transport of ["http", "events", "stream", "mqtt"] as const)
        assert.ok(transports.has(transport), `${name} has no ${transport}`);
      assert.ok(edges.some(({ carrier }) => carrier === "gatewayApi"));
      assert.ok(edges.some(({ carrier }) => carrier === "lattice"));
    }
    assert.deepEqual([...new Set(edgesOf("tokyo-dev").map(({ transport }) => transport))], ["events"]);
  });

  it("are refused at an unknown place", () => {
    assert.match(
      one(put("agents", "lost", { at: "mars", runtime: "eks" })),
      /^agents.lost.at: "mars" is not a place \(ty-cage, os-cage, tokyo, osaka\)/,
    );
  });

  it("are refused a dataset that they may not hold", () => {
    const agent = { at: "ty-cage", runtime: "kubernetes", holds: ["work"] };
    const found = problems((environment) => {
      put("agents", "auditor", agent)(environment);
      put("channels", "audit", { from: "triage", to: "auditor", carries: ["claims"], grpc })(environment);
    });
    assert.deepEqual(found, ['channels.audit.carries[0]: "claims", which "auditor" may not hold (work)']);
  });

  it("are refused two channels that are one, and a topic with a wildcard", () => {
    assert.match(
      one(
        put("channels", "again", {
          from: "planner",
          to: "triage",
          carries: ["work"],
          stream: { topic: "scores" },
        }),
      ),
      /^channels.again: is the topic scores that channels.scores is already/,
    );
    assert.match(
      one(
        put("channels", "all", {
          from: "planner",
          to: "triage",
          carries: ["work"],
          mqtt: { topic: "site/#" },
        }),
      ),
      /^channels.all.mqtt.topic: "site\/#" is not the name of a topic/,
    );
  });

  it("are refused a tool without a jurisdiction", () => {
    assert.match(
      one(put("tools", "search", { url: "https://search.example.com" })),
      /^tools.search.jurisdiction: is missing: say under which country's law search.example.com/,
    );
  });

  it("are refused a model that may answer abroad, by name of the agent", () => {
    const found = problems(
      put("agents", "reader", { at: "tokyo", runtime: "eks", model: "apac.amazon.nova-pro-v1:0" }),
    );
    assert.ok(
      found.every((each) => each.startsWith("agents.reader.model: ")),
      found.join("\n"),
    );
  });

  it("say where a pipe and a load balancer lack something, in the words of the file", () => {
    const places = (environment: Tree) => environment.places ?? {};
    assert.deepEqual(
      problems((environment) => {
        const kafka = places(environment)["ty-cage"]?.cluster?.kafka;
        assert.ok(kafka);
        delete kafka.caSecret;
      }),
      ['places.ty-cage.cluster.kafka.caSecret: "" is no ARN of a secret'],
    );
    const certificate = "arn:aws:acm:us-east-1:111122223333:certificate/a";
    const found = problems((environment) => {
      const tokyo = places(environment).tokyo;
      assert.ok(tokyo);
      tokyo.loadBalancer = { domain: "tokyo.example", certificate } as unknown as Tree;
      tokyo.kafka = { instanceType: "m7g.large", count: 3 } as unknown as Tree;
    });
    assert.deepEqual(found, [
      'places.tokyo.kafka.instanceType: "m7g.large" is not a broker type such as express.m7g.large or kafka.m7g.large',
      `places.tokyo.loadBalancer.certificate: "${certificate}" is not a certificate of ACM in ap-northeast-1`,
    ]);
    assert.match(
      one((environment) => {
        const tokyo = places(environment).tokyo;
        assert.ok(tokyo);
        tokyo.kafka = { instanceType: "kafka.m7g.large", count: 4 } as unknown as Tree;
      }),
      /^places.tokyo.kafka.count: 4 brokers do not fit 3 zones evenly/,
    );
  });

  it("name an unknown key with the nearest legal one", () => {
    const mistaken = { from: "triage", to: "scorer", carries: ["work"], steam: { topic: "a" } };
    assert.match(
      problems(put("channels", "typo", mistaken)).join("\n"),
      /channels.typo.steam: unknown key; nearest: stream/,
    );
  });

  it("say what their site lacks", () => {
    assert.match(
      problems((environment) => {
        const cluster = environment.places?.["ty-cage"]?.cluster;
        assert.ok(cluster);
        delete cluster.issuer;
      }).join("\n"),
      /places.ty-cage.site: names neither an issuerUrl nor a trustAnchorArn/,
    );
  });
});
