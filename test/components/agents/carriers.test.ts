import assert from "node:assert/strict";
import { judge } from "@hybrid-ai-fabric/graph";
import { identityRules } from "@hybrid-ai-fabric/policy-identity/rules";
import * as components from "../../../components";
import { expand } from "../../../components/agents/expansion";
import { bridgeConfig } from "../../../components/agents/objects/mosquitto-config";
import { natsConfig } from "../../../components/agents/objects/nats-config";
import { validateTopology } from "../../../components/agents/validate-topology";
import { only, type Requested, requestedBy } from "../../support/mocks";
import { asPlanned, policyStatements } from "./requested";
import { alternatives, otherPlaces, topology } from "./topologies";

const region = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"], callerCidrs: ["10.16.0.0/16"] };

function fabric(change: Partial<components.AgentTopology> = {}): Promise<Requested[]> {
  const args: components.AgentFabricArgs = {
    topology: { ...alternatives, ...change },
    regions: { tokyo: { ...region, keyArn: "arn:aws:kms:ap-northeast-1:111122223333:key/k" }, osaka: region },
  };
  return requestedBy(() => new components.AgentFabric("agents", args));
}

function cluster(): Promise<Requested[]> {
  return requestedBy(
    () =>
      new components.AgentCluster("ty", {
        topology: alternatives,
        place: "ty-cage",
        fabric: "agents",
        kafka: { cluster: "site", namespace: "kafka", bootstrapServers: { tokyo: "b-1.example:9098" } },
        iotEndpoint: "iot.example.com",
      }),
  );
}

function problems(channels: components.AgentTopology["channels"]): string[] {
  return validateTopology({ ...alternatives, channels }).map(
    ({ propertyPath, reason }) => `${propertyPath}: ${reason}`,
  );
}

const carrierOf = (channel: string) => expand(alternatives).find((edge) => edge.channel === channel);
const spec = (resource: Requested) => resource.inputs.spec as { [key: string]: unknown };

describe("other carriers", () => {
  it("are chosen by the place and the channel, and by nothing else", () => {
    assert.deepEqual(validateTopology(alternatives), []);
    assert.deepEqual(
      Object.fromEntries(expand(alternatives).map(({ channel, carrier }) => [channel, carrier])),
      {
        alarm: "iotCore",
        ask: "loadBalancer",
        back: "msk",
        feed: "msk",
        local: "nats",
        plan: "loadBalancer",
        "read-done": "eventBridgePipe",
        reading: "iotRule",
        results: "strimzi",
        ship: "agentcoreGateway",
        "ship-site": "agentgateway",
        status: "iotRule",
      },
    );
  });

  it("count what they keep", () => {
    assert.deepEqual(carrierOf("read-done")?.flow.stores, [
      { what: "topic read.done", at: "ty-cage", keepDays: 1 },
      { what: "queue", at: "tokyo", keepDays: 4 },
      { what: "dead letters", at: "tokyo", keepDays: 14 },
    ]);
    assert.deepEqual(carrierOf("reading")?.flow.stores, [
      { what: "stream", at: "osaka", keepDays: 1 },
      { what: "dead letters", at: "osaka", keepDays: 14 },
    ]);
  });

  it("are what the identity pack takes", async () => {
    const { violations } = judge(asPlanned(await fabric()), undefined, identityRules);
    assert.deepEqual(
      violations.map(({ rule, urn, message }) => `${rule} ${urn} ${message}`),
      [],
    );
  });

  it("lose with a channel what was made for it", async () => {
    const names = (requested: readonly Requested[]) => requested.map(({ type, name }) => `${type} ${name}`);
    const before = names(await fabric());
    for (const gone of ["plan", "read-done", "status", "feed", "ship"]) {
      const { [gone]: _, ...channels } = alternatives.channels;
      const after = names(await fabric({ channels }));
      assert.deepEqual(
        after.filter((each) => !before.includes(each)),
        [],
      );
      const lost = before.filter((each) => !after.includes(each));
      assert.ok(lost.length > 1, gone);
      assert.deepEqual(
        lost.filter((each) => !each.includes(gone) && !/ agents(-(tokyo|osaka)[a-z-]*)?$/.test(each)),
        [],
        gone,
      );
    }
  });
});

describe("a load balancer", () => {
  it("answers nobody but one role with a token that was made for one agent", async () => {
    const requested = await fabric();
    const listener = only(requested, "aws:lb/listener:Listener");
    assert.deepEqual(listener.inputs.defaultActions, [
      { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "403" } },
    ]);
    const rule = only(requested, "aws:lb/listenerRule:ListenerRule", "agents-ask");
    assert.deepEqual(rule.inputs.conditions, [
      { hostHeader: { values: ["triage.agents.tokyo.example"] } },
      { pathPattern: { values: ["/a2a"] } },
      { httpRequestMethod: { values: ["POST"] } },
    ]);
    const [first, second] = rule.inputs.actions as {
      type: string;
      order: number;
      jwtValidation?: { issuer: string; additionalClaims: { name: string; values: string[] }[] };
    }[];
    assert.equal(first?.type, "jwt-validation");
    assert.deepEqual(
      first?.jwtValidation?.additionalClaims.map(({ name }) => name),
      ["aud", "sub"],
    );
    assert.deepEqual(first?.jwtValidation?.additionalClaims[0]?.values, [
      "https://triage.agents.tokyo.example",
    ]);
    assert.ok((first?.order ?? 9) < (second?.order ?? 0));
    const [grant] = policyStatements(only(requested, "aws:iam/rolePolicy:RolePolicy", "agents-scorer-ask"));
    assert.deepEqual(grant?.Action, ["sts:GetWebIdentityToken"]);
    assert.equal(requested.filter(({ type }) => type.startsWith("aws:vpclattice/")).length, 0);
    assert.equal(
      only(requested, "aws:lb/targetGroup:TargetGroup", "agents-plan").inputs.protocolVersion,
      "GRPC",
    );
  });

  it("is refused more than one of its rules compares with", () => {
    const paths = ["/a", "/b", "/c", "/d"];
    assert.deepEqual(
      problems({ ask: { from: "scorer", to: "triage", carries: ["tasks"], http: { paths } } }),
      ["channels.ask.http: has 5 paths and methods; a load balancer compares with 4 at most"],
    );
  });
});

describe("a pipe", () => {
  it("fetches one topic of the site, from private subnets and by a certificate", async () => {
    const requested = await fabric();
    const pipe = only(requested, "aws:pipes/pipe:Pipe");
    assert.equal(pipe.inputs.source, "smk://kafka.ty-cage.example:9094");
    const { selfManagedKafkaParameters: from } = pipe.inputs.sourceParameters as {
      selfManagedKafkaParameters: { topicName: string; credentials: unknown; vpc: { subnets: string[] } };
    };
    assert.equal(from.topicName, "read.done");
    assert.deepEqual(from.credentials, {
      clientCertificateTlsAuth: "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:pipes",
    });
    assert.deepEqual(from.vpc.subnets, ["subnet-1", "subnet-2"]);
    assert.equal(
      requested.filter(({ name }) => name === "agents-scorer-read-done").length,
      0,
      "the sender needs no grant in AWS",
    );
  });

  it("is a reader of its topic on site, beside its one writer", async () => {
    const requested = await cluster();
    const acls = (name: string) =>
      (
        spec(only(requested, "kubernetes:kafka.strimzi.io/v1:KafkaUser", name)).authorization as {
          acls: { resource: { name: string }; operations: string[] }[];
        }
      ).acls.map(({ resource, operations }) => `${resource.name} ${operations.join("+")}`);
    assert.deepEqual(acls("ty-read-done-scorer"), ["read.done Describe+Write"]);
    assert.deepEqual(acls("ty-read-done-pipe"), ["read.done Describe+Read", "agents-read-done Read"]);
  });

  it("needs a Kafka that AWS can reach, and leads from a site to AWS", () => {
    const read = {
      from: "scorer",
      to: "triage",
      carries: ["tasks"],
      events: { detailType: "a", fromTopic: "a" },
    };
    const places = { ...otherPlaces, "ty-cage": { site: { country: "JP", trustDomain: "ty-cage.example" } } };
    assert.deepEqual(
      validateTopology({ ...alternatives, places, channels: { read } }).map(
        ({ propertyPath, reason }) => `${propertyPath}: ${reason}`,
      ),
      [
        "channels.read.events.fromTopic: is in no Kafka that AWS can reach: places.ty-cage says no address of one",
      ],
    );
    assert.match(
      problems({ read: { ...read, from: "triage", to: "reporter" } }).join("\n"),
      /^channels.read.events.fromTopic: leads from a site to AWS only/,
    );
    assert.match(
      problems({ read: { ...read, events: { ...read.events, fromTopic: "a.*" } } }).join("\n"),
      /^channels.read.events.fromTopic: "a\.\*" is not the name of a topic/,
    );
    assert.match(
      problems({ read: { ...read, events: { ...read.events, schedule: "rate(1 day)" } } }).join("\n"),
      /^channels.read.events.schedule: sends events itself/,
    );
  });
});

describe("brokers of a place", () => {
  it("know clients by IAM, speak TLS and keep data under the key of the region", async () => {
    const requested = await fabric();
    const { inputs } = only(requested, "aws:msk/cluster:Cluster");
    assert.equal(inputs.numberOfBrokerNodes, 4);
    assert.deepEqual(inputs.clientAuthentication, {
      sasl: { iam: true, scram: false },
      unauthenticated: false,
    });
    assert.deepEqual(inputs.encryptionInfo, {
      encryptionAtRestKmsKeyArn: "arn:aws:kms:ap-northeast-1:111122223333:key/k",
      encryptionInTransit: { clientBroker: "TLS", inCluster: true },
    });
    const nodes = inputs.brokerNodeGroupInfo as {
      storageInfo?: unknown;
      connectivityInfo: { vpcConnectivity: unknown };
    };
    assert.equal(nodes.storageInfo, undefined, "Express brings its storage");
    // The source of a replicator in another region lets it in by private connections and by policy.
    assert.ok(nodes.connectivityInfo.vpcConnectivity);
    const [statement] = policyStatements(only(requested, "aws:msk/clusterPolicy:ClusterPolicy"));
    assert.deepEqual(statement?.Principal, { Service: "kafka.amazonaws.com" });
    assert.equal(only(requested, "aws:msk/serverlessCluster:ServerlessCluster").name, "agents-osaka");
  });

  it("must be as many in each zone", async () => {
    const { tokyo, ...places } = otherPlaces;
    const uneven = { ...tokyo?.aws, kafka: { instanceType: "kafka.m7g.large", count: 3 } };
    await assert.rejects(
      fabric({ places: { tokyo: { aws: uneven as components.AgentPlaceAws }, ...places } }),
      /topology.places.tokyo.kafka.count: 3 brokers do not fit 2 zones evenly/,
    );
  });

  it("let a mirror write its topic and what it keeps of its own", async () => {
    const requested = await fabric();
    const [grant] = policyStatements(
      only(requested, "aws:iam/rolePolicy:RolePolicy", "agents-results-mirrormaker2-results"),
    );
    const topics = [grant?.Resource]
      .flat()
      .flatMap((resource) => /topic\/agents-tokyo\/\*\/(.*)$/.exec(resource ?? "")?.[1] ?? []);
    assert.deepEqual(topics, [
      "scores",
      "results-mirror-config",
      "results-mirror-status",
      "results-mirror-offset",
    ]);
  });
});

describe("a mirror of a site", () => {
  it("is a client at both ends: by certificate here, by its role in AWS", async () => {
    const requested = await cluster();
    const mirror = (name: string) =>
      spec(only(requested, "kubernetes:kafka.strimzi.io/v1:KafkaMirrorMaker2", name)) as {
        target: { authentication: { type: string } };
        mirrors: { source: { authentication: { type: string } }; topicsPattern: string }[];
      };
    const out = mirror("ty-results-mirror");
    assert.equal(out.target.authentication.type, "custom");
    assert.equal(out.mirrors[0]?.source.authentication.type, "tls");
    const back = mirror("ty-back-mirror");
    assert.equal(back.target.authentication.type, "tls");
    assert.equal(back.mirrors[0]?.topicsPattern, "back");
  });
});

describe("a rule of IoT Core", () => {
  it("hands a topic to the queue of its receiver, and to dead letters what it cannot", async () => {
    const requested = await fabric();
    const { inputs } = only(requested, "aws:iot/topicRule:TopicRule", "agents-status");
    assert.equal(inputs.sql, "SELECT * FROM 'site/status'");
    assert.equal((inputs.sqs as unknown[]).length, 1);
    assert.ok((inputs.errorAction as { sqs: unknown }).sqs);
    const [grant] = policyStatements(
      only(requested, "aws:iam/rolePolicy:RolePolicy", "agents-triage-status"),
    );
    assert.deepEqual(grant?.Resource, ["arn:aws:sqs:ap-northeast-1:111122223333:agents-status"]);
    const stream = only(requested, "aws:kinesis/stream:Stream");
    assert.deepEqual([stream.inputs.region, stream.inputs.retentionPeriod], ["ap-northeast-3", 24]);
  });

  it("is for receivers in AWS", () => {
    const alarm = {
      from: "triage",
      to: "planner",
      carries: ["tasks"],
      mqtt: { topic: "a", deliverTo: "queue" },
    };
    assert.deepEqual(problems({ alarm }), [
      'channels.alarm.mqtt.deliverTo: is for receivers in AWS, and "planner" is at ty-cage',
    ]);
    assert.match(
      problems({ alarm: { ...alarm, to: "reporter", mqtt: { topic: "a", deliverTo: "mail" } } }).join("\n"),
      /^channels.alarm.mqtt.deliverTo: "mail" is not what a rule can hand over to \(queue, stream\)/,
    );
  });
});

describe("NATS on site", () => {
  const edges = expand(alternatives).filter(({ transport }) => transport === "mqtt");

  it("lets each client onto its own subjects", () => {
    const config = natsConfig(edges, "ty-cage");
    assert.match(config, /verify_and_map: true/);
    assert.match(
      config,
      /user: "CN=planner", permissions: \{ publish: \{ allow: \["site.local", "site.reading", "site.status"\] \}, subscribe: \{ allow: \["site.alarm", "\$MQTT.sub.>"\] \} \}/,
    );
    assert.match(
      config,
      /user: "CN=scorer", permissions: \{ publish: \{ allow: \[\] \}, subscribe: \{ allow: \["site.local"/,
    );
    assert.match(
      config,
      /user: "CN=mqtt-bridge", permissions: \{ publish: \{ allow: \["site.alarm"\] \}, subscribe: \{ allow: \["site.reading", "site.status"/,
    );
  });

  it("is bridged to IoT Core topic by topic, and what stays on site is not", () => {
    const config = bridgeConfig(edges, { fabric: "agents", site: "ty-cage", endpoint: "iot.example.com" });
    const [nats, core] = config.split("connection iot-core");
    assert.match(nats ?? "", /^topic site\/status in 1$/m);
    assert.match(nats ?? "", /^topic site\/alarm out 1$/m);
    assert.match(core ?? "", /^topic site\/status out 1$/m);
    assert.match(core ?? "", /^topic site\/alarm in 1$/m);
    assert.ok(!config.includes("site/local"));
  });

  it("runs instead of Mosquitto", async () => {
    const deployed = (await cluster()).filter(({ type }) => type === "kubernetes:apps/v1:Deployment");
    assert.deepEqual(deployed.map(({ name }) => name).sort(), ["ty-mqtt-bridge", "ty-nats"]);
  });

  it("takes no topic with a dot", () => {
    const local = { from: "planner", to: "scorer", carries: ["tasks"], mqtt: { topic: "site/a.b" } };
    assert.deepEqual(problems({ local }), [
      'channels.local.mqtt.topic: "site/a.b" holds a dot, which NATS takes for a level',
    ]);
  });
});

describe("an openapi tool", () => {
  it("is its description to a gateway in AWS, and its paths and methods to one on site", async () => {
    const target = only(
      await fabric(),
      "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget",
      "agents-ship",
    );
    const { mcp } = target.inputs.targetConfiguration as {
      mcp: { openApiSchema: { inlinePayload: { payload: string } } };
    };
    assert.ok(mcp.openApiSchema.inlinePayload.payload.includes("shipments.example.com"));
    const requested = await cluster();
    const [rule] = spec(
      only(requested, "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute", "ty-ship-site-route"),
    ).rules as { matches: unknown }[];
    assert.deepEqual(rule?.matches, [
      { path: { type: "Exact", value: "/shipments" }, method: "GET" },
      { path: { type: "RegularExpression", value: "/shipments/[^/]+" }, method: "GET" },
    ]);
    const backend = only(
      requested,
      "kubernetes:agentgateway.dev/v1alpha1:AgentgatewayBackend",
      "ty-ship-site-backend",
    );
    assert.deepEqual(spec(backend), { static: { host: "shipments.example.com", port: 443 } });
  });

  const tool = (schema: string | undefined) =>
    validateTopology({
      ...alternatives,
      channels: {},
      tools: {
        shipments: {
          url: "https://shipments.example.com/v1",
          jurisdiction: "JP",
          protocol: "openapi",
          ...(schema === undefined ? {} : { schema }),
        },
      },
    }).map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);

  it("must be described, and lead to its own host only", () => {
    const paths = { "/a": { get: { operationId: "a" } } };
    const described = (url: string) => JSON.stringify({ servers: [{ url }], paths });
    assert.match(tool(undefined).join("\n"), /^tools.shipments.schema: is missing/);
    assert.match(tool("{").join("\n"), /^tools.shipments.schema: is no OpenAPI description in JSON/);
    assert.match(
      tool(JSON.stringify({ paths })).join("\n"),
      /^tools.shipments.schema: names no server by an https address/,
    );
    assert.deepEqual(tool(described("https://elsewhere.example.com")), [
      "tools.shipments.schema: leads to elsewhere.example.com, and the tool is declared at shipments.example.com",
    ]);
    assert.deepEqual(tool(described("https://shipments.example.com/v2")), []);
  });

  it("has no operations but those of its description", () => {
    const ship = { from: "triage", to: "shipments", carries: ["catalogue"], tool: { operations: ["pay"] } };
    assert.deepEqual(problems({ ship }), [
      'channels.ship.tool.operations[0]: "pay" is not an operation of "shipments" (list, find, cancel)',
    ]);
  });
});

describe("what a fabric adds by itself", () => {
  const offered = { tokyo: region, osaka: region };
  const made = (change: Partial<components.AgentFabricArgs>) =>
    requestedBy(
      () => new components.AgentFabric("agents", { topology: alternatives, regions: offered, ...change }),
    );

  it("a key of the customer where restricted data is kept, and nowhere else", async () => {
    const requested = await made({});
    const key = only(requested, "aws:kms/key:Key");
    assert.deepEqual([key.name, key.inputs.region], ["agents-tokyo", "ap-northeast-1"]);
    const users = policyStatements(key).find(({ Sid }) => Sid === "Users");
    assert.deepEqual(users?.Condition.ArnLike, {
      "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/hybrid-ai/agents/*"],
    });
    const queues = requested.filter(({ type }) => type === "aws:sqs/queue:Queue");
    for (const { name, inputs } of queues)
      assert.equal("kmsMasterKeyId" in inputs, inputs.region === "ap-northeast-1", name);
    const own = await made({
      regions: { ...offered, tokyo: { ...region, keyArn: "arn:aws:kms:a:1:key/own" } },
    });
    assert.equal(own.filter(({ type }) => type === "aws:kms/key:Key").length, 0);
  });

  it("a fence around networks, apart from what channels grant", async () => {
    const open = await made({});
    assert.equal(open.filter(({ name }) => name.endsWith("-network")).length, 0);
    const requested = await made({ privateCalls: true });
    const [fence] = policyStatements(
      only(requested, "aws:iam/rolePolicy:RolePolicy", "agents-triage-network"),
    );
    assert.equal(fence?.Effect, "Deny");
    assert.deepEqual(fence?.Condition.StringNotEqualsIfExists, { "aws:SourceVpc": ["vpc-1", "vpc-1"] });
    const roles = requested.filter(
      ({ type, name }) => type === "aws:iam/role:Role" && /^agents-(triage|scorer|reporter)$/.test(name),
    );
    assert.equal(roles.length, 3);
    for (const { name, inputs } of roles) assert.ok("permissionsBoundary" in inputs, name);
  });

  it("says which endpoints that takes", () => {
    assert.deepEqual(components.endpointsOfAgents(alternatives, "tokyo"), [
      "bedrock-agentcore.gateway",
      "bedrock-runtime",
      "sqs",
    ]);
    assert.deepEqual(components.endpointsOfAgents(alternatives, "osaka"), ["kinesis-streams", "sts"]);
    assert.deepEqual(components.endpointsOfAgents(alternatives, "ty-cage"), []);
    assert.deepEqual(components.endpointsOfAgents(topology, "tokyo"), [
      "bedrock-agentcore",
      "bedrock-agentcore.gateway",
      "bedrock-runtime",
      "dynamodb",
      "events",
      "sqs",
      "sts",
    ]);
  });
});
