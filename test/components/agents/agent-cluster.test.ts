import assert from "node:assert/strict";
import * as components from "../../../components";
import { validateCluster } from "../../../components/agents/agent-cluster";
import { expand } from "../../../components/agents/expansion";
import { mosquittoAcl, mosquittoConfig } from "../../../components/agents/objects/mosquitto-config";
import { exactly } from "../../../components/agents/objects/strimzi";
import { crdDirectory, objectCheck, readDefinitions } from "../../support/crds";
import { only, type Requested, requestedBy } from "../../support/mocks";
import { istio } from "./arguments";
import { alternatives, topology } from "./topologies";

const issuer = "https://0123.tokens.sts.global.api.aws";
const args: components.AgentClusterArgs = {
  topology,
  place: "ty-cage",
  fabric: "agents",
  awsCidrs: ["10.16.0.0/16"],
  tokens: { issuer, accountId: "111122223333", region: "ap-northeast-1" },
  kafka: {
    cluster: "site",
    namespace: "kafka",
    bootstrapServers: { tokyo: "b-1.example:9098", osaka: "b-2.example:9098" },
  },
  iotEndpoint: "iot.example.com",
};

function cluster(change: Partial<components.AgentClusterArgs> = {}): Promise<Requested[]> {
  return requestedBy(() => new components.AgentCluster("ty", { ...args, ...change }));
}

const AUTHORIZATION = "kubernetes:security.istio.io/v1:AuthorizationPolicy";

function spec(resource: Requested): { [key: string]: unknown } {
  return resource.inputs.spec as { [key: string]: unknown };
}

describe("AgentCluster", () => {
  it("closes namespaces by mesh and by network before it opens anything", async () => {
    const requested = await cluster({ topology: { ...topology, channels: {} } });
    assert.deepEqual(spec(only(requested, AUTHORIZATION, "ty-agents-deny")), { action: "ALLOW" });
    assert.deepEqual(spec(only(requested, "kubernetes:security.istio.io/v1:PeerAuthentication")), {
      mtls: { mode: "STRICT" },
    });
    const network = spec(only(requested, "kubernetes:networking.k8s.io/v1:NetworkPolicy"));
    assert.deepEqual(network.policyTypes, ["Ingress", "Egress"]);
    assert.equal(requested.filter(({ type }) => type === AUTHORIZATION).length, 1);
    assert.equal(requested.filter(({ type }) => /Route$/.test(type)).length, 0);
  });

  it("lets one caller of AWS in by a token that was made for the one agent that it calls", async () => {
    const requested = await cluster();
    const policy = spec(only(requested, AUTHORIZATION, "ty-score-caller"));
    assert.deepEqual(policy.rules, [
      {
        from: [
          {
            source: {
              requestPrincipals: [`${issuer}/arn:aws:iam::111122223333:role/hybrid-ai/agents/triage/*`],
            },
          },
        ],
        to: [{ operation: { methods: ["POST"], paths: ["/scoring.v1.Scorer/*"] } }],
      },
    ]);
    const tokens = spec(only(requested, "kubernetes:security.istio.io/v1:RequestAuthentication"));
    assert.deepEqual(tokens.jwtRules, [
      {
        issuer,
        audiences: ["https://scorer.agents.ty-cage.example"],
        jwksUri: `${issuer}/.well-known/jwks.json`,
      },
    ]);
    const route = spec(only(requested, "kubernetes:gateway.networking.k8s.io/v1:GRPCRoute"));
    assert.deepEqual(route.hostnames, ["scorer.agents.ty-cage.example"]);
  });

  it("lets neighbours in by the identity of their workload", async () => {
    const ask = {
      from: "planner",
      to: "scorer",
      carries: ["tasks"],
      http: { paths: ["/a2a"], methods: ["GET"] },
    };
    const requested = await cluster({ topology: { ...topology, channels: { ask } } });
    const policy = spec(only(requested, AUTHORIZATION, "ty-ask-caller"));
    assert.deepEqual(policy.rules, [
      {
        from: [{ source: { principals: ["ty-cage.example/ns/agents/sa/planner"] } }],
        to: [{ operation: { methods: ["GET"], paths: ["/a2a"] } }],
      },
    ]);
  });

  it("loses with a channel its route, its grant and its rule, and nothing of another one", async () => {
    const before = (await cluster()).map(({ type, name }) => `${type} ${name}`);
    for (const gone of ["score", "results", "look-out", "note", "plans"]) {
      const { [gone]: _, ...channels } = topology.channels;
      const after = (await cluster({ topology: { ...topology, channels } })).map(
        ({ type, name }) => `${type} ${name}`,
      );
      const lost = before.filter((each) => !after.includes(each));
      assert.ok(lost.length > 0, gone);
      const foreign = lost.filter((each) => !each.includes(` ty-${gone}`));
      // With its last caller from outside an agent has neither a service nor an entrance.
      assert.deepEqual(
        foreign.filter((each) => !/ ty-(scorer|agents-entrance)$/.test(each)),
        [],
        gone,
      );
      assert.deepEqual(
        after.filter((each) => !before.includes(each)),
        [],
      );
    }
  });

  it("gives Kafka clients one topic each, and mirrors one topic each", async () => {
    const requested = await cluster();
    const user = spec(only(requested, "kubernetes:kafka.strimzi.io/v1:KafkaUser", "ty-results-scorer"));
    assert.deepEqual(user.authorization, {
      type: "simple",
      acls: [
        {
          resource: { type: "topic", name: "scores", patternType: "literal" },
          operations: ["Describe", "Write"],
        },
      ],
    });
    const mirror = spec(only(requested, "kubernetes:kafka.strimzi.io/v1:KafkaMirrorMaker2"));
    const [flow] = mirror.mirrors as { topicsPattern: string }[];
    assert.equal(flow?.topicsPattern, "scores");
    assert.equal(exactly("a.b"), "a\\.b");
    assert.ok(new RegExp(`^${exactly("a.b")}$`).test("a.b"));
    assert.ok(!new RegExp(`^${exactly("a.b")}$`).test("axb"));
  });

  it("tells the broker who may do what, and what crosses its bridge", () => {
    const edges = expand(topology).filter(({ transport }) => transport === "mqtt");
    assert.equal(
      mosquittoAcl(edges, "ty-cage"),
      "# Who is not named here may do nothing.\nuser planner\ntopic read site/alarm\n\nuser planner\ntopic write site/status\n",
    );
    const config = mosquittoConfig(edges, { fabric: "agents", site: "ty-cage", endpoint: "iot.example.com" });
    assert.match(config, /^allow_anonymous false$/m);
    assert.match(config, /^topic site\/alarm in 1\ntopic site\/status out 1$/m);
    assert.match(config, /^remote_clientid agents-bridge-ty-cage$/m);
    assert.ok(!config.includes("#"));
  });

  it("keeps memories on site behind the identity of who has a channel to them", async () => {
    const requested = await cluster();
    const policy = spec(only(requested, AUTHORIZATION, "ty-note-caller"));
    assert.deepEqual(policy.selector, { matchLabels: { app: "notes" } });
    const store = only(requested, "kubernetes:apps/v1:StatefulSet");
    const { annotations } = store.inputs.metadata as { annotations: { [key: string]: string } };
    assert.equal(annotations["hybrid-ai/dataset"], "tasks");
  });

  it("says what its channels need", () => {
    const { tokens: _, kafka: __, iotEndpoint: ___, ...bare } = args;
    assert.deepEqual(
      [...new Set(validateCluster(bare).map(({ propertyPath }) => propertyPath))],
      ["tokens", "kafka", "iotEndpoint"],
    );
  });
});

const directory = crdDirectory();
(directory ? describe : describe.skip)(
  directory ? "objects of agents by their published schemas" : "objects of agents (no CRDs)",
  function () {
    this.timeout(60_000);
    const check = directory
      ? objectCheck(readDefinitions(directory, ["istio", "gateway-api"]))
      : () => undefined;
    const programs = {
      AgentCluster: () => new components.AgentCluster("ty", args),
      "AgentCluster over other carriers": () =>
        new components.AgentCluster("ty", { ...args, topology: alternatives }),
      ServiceMesh: () => new components.ServiceMesh("mesh", istio),
    };
    for (const [title, program] of Object.entries(programs)) {
      it(`of ${title} are valid`, async () => {
        const objects = (await requestedBy(() => void program()))
          .map(({ inputs }) => inputs)
          .filter(({ apiVersion }) => /istio\.io|gateway\.networking/.test(String(apiVersion)));
        assert.ok(objects.length > 1);
        for (const object of objects) assert.deepEqual(check(object), [], JSON.stringify(object));
      });
    }
  },
);
