import assert from "node:assert/strict";
import { judge } from "@hybrid-ai-fabric/graph";
import { identityRules } from "@hybrid-ai-fabric/policy-identity/rules";
import * as components from "../../../components";
import { narrowedSession } from "../../../components/agents/narrowed-session";
import { only, type Requested, requestedBy } from "../../support/mocks";
import { asPlanned, policyStatements, type Statement } from "./requested";
import { alternatives, topology } from "./topologies";

const region = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-1", "subnet-2"],
  callerCidrs: ["10.16.0.0/16", "10.1.0.0/16"],
};
const args: components.AgentFabricArgs = {
  topology,
  regions: { tokyo: region, osaka: region },
  bridgeCertificates: { "ty-cage": "arn:aws:iot:ap-northeast-1:111122223333:cert/bridge" },
};

function fabric(change: Partial<components.AgentTopology> = {}): Promise<Requested[]> {
  return requestedBy(
    () => new components.AgentFabric("agents", { ...args, topology: { ...topology, ...change } }),
  );
}

const names = (requested: readonly Requested[]) =>
  requested.map(({ type, name }) => `${type} ${name}`).sort();

describe("AgentFabric", () => {
  it("passes the identity pack as it is asked for", async () => {
    const { violations } = judge(asPlanned(await fabric()), undefined, identityRules);
    assert.deepEqual(
      violations.map(({ rule, urn, message }) => `${rule} ${urn} ${message}`),
      [],
    );
  });

  it("loses with a channel what was made for it, and nothing of another one", async () => {
    const before = names(await fabric());
    for (const gone of ["score", "assign", "look-up", "feed", "status"]) {
      const { [gone]: _, ...channels } = topology.channels;
      const after = names(await fabric({ channels }));
      assert.deepEqual(
        after.filter((each) => !before.includes(each)),
        [],
      );
      const lost = before.filter((each) => !after.includes(each));
      assert.ok(lost.length > 1, gone);
      // What a whole place shared goes with its last channel: a bus, a cluster, a way to sites.
      const foreign = lost.filter((each) => !each.includes(gone));
      assert.deepEqual(
        foreign.filter((each) => !/ agents(-(tokyo|osaka)[a-z-]*)?$/.test(each)),
        [],
        gone,
      );
    }
  });

  it("gives each channel one statement in each role that it concerns", async () => {
    const requested = await fabric();
    const roles = requested.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
    const statementsOf = (agent: string) =>
      roles.flatMap(({ name }) =>
        name.startsWith(`agents-${agent}-`) ? [name.slice(`agents-${agent}-`.length)] : [],
      );
    assert.deepEqual(statementsOf("triage"), [
      "alarm",
      "assign",
      "assign-site",
      "feed",
      "look-up",
      "model",
      "remember",
      "results",
      "score",
      "status",
      "summarise",
    ]);
    assert.deepEqual(statementsOf("scorer"), ["ask"]);
    assert.deepEqual(statementsOf("reporter"), ["assign", "feed", "recall"]);
    assert.deepEqual(statementsOf("planner"), ["assign-site"]);
  });

  it("keeps every role inside a boundary, those of services inside one of their own", async () => {
    const requested = [...(await fabric()), ...(await fabric(alternatives))];
    const roles = requested.filter(({ type }) => type === "aws:iam/role:Role");
    const services = roles.filter(({ inputs }) => !("path" in inputs));
    assert.ok(services.some(({ name }) => name.endsWith("-pipe")));
    assert.ok(services.some(({ name }) => name.endsWith("-rule")));
    assert.ok(services.some(({ name }) => name.endsWith("-forward")));
    assert.ok(services.some(({ name }) => name.endsWith("-replicator")));
    assert.ok(services.some(({ name }) => name.endsWith("-gateway")));
    for (const { name, inputs } of roles) assert.ok(inputs.permissionsBoundary, name);
    const [boundary] = requested.filter(({ name }) => name === "agents-services-boundary");
    const allowed = boundary ? [policyStatements(boundary)[0]?.Action ?? []].flat() : [];
    const granted = requested
      .filter(({ type, name }) => type.endsWith(":RolePolicy") && services.some((role) => role.name === name))
      .flatMap((policy) => policyStatements(policy).flatMap(({ Action = [] }) => Action));
    const within = (action: string) =>
      allowed.some((each) => (each.endsWith("*") ? action.startsWith(each.slice(0, -1)) : action === each));
    assert.ok(granted.length > 0);
    assert.deepEqual(
      granted.filter((action) => !within(action)),
      [],
    );
  });

  it("opens a Lattice service to one caller, one path and one method", async () => {
    const requested = await fabric();
    const [statement] = policyStatements(
      only(requested, "aws:vpclattice/authPolicy:AuthPolicy", "agents-ask"),
    );
    assert.deepEqual(statement?.Condition, {
      ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/hybrid-ai/agents/scorer/*"] },
      StringLike: { "vpc-lattice-svcs:RequestPath": ["/a2a"] },
      StringEquals: { "vpc-lattice-svcs:RequestMethod": ["POST"] },
    });
    assert.equal(
      only(requested, "aws:ec2/vpcEndpoint:VpcEndpoint", "agents-tokyo").inputs.vpcEndpointType,
      "ServiceNetwork",
    );
    assert.equal(only(requested, "aws:vpclattice/service:Service").inputs.authType, "AWS_IAM");
  });

  it("speaks GRPC to its targets where the channel does", async () => {
    const channels = {
      plan: {
        from: "planner",
        to: "triage",
        carries: ["tasks"],
        grpc: { service: "plan.v1.Planner", methods: ["Ask"] },
      },
    };
    const requested = await fabric({ channels });
    const targets = only(requested, "aws:vpclattice/targetGroup:TargetGroup");
    assert.deepEqual(targets.inputs.config, {
      port: 8080,
      protocol: "HTTPS",
      protocolVersion: "GRPC",
      vpcIdentifier: "vpc-1",
    });
    const [statement] = policyStatements(
      only(requested, "aws:vpclattice/authPolicy:AuthPolicy", "agents-plan"),
    );
    assert.deepEqual(statement?.Condition.StringLike, {
      "vpc-lattice-svcs:RequestPath": ["/plan.v1.Planner/Ask"],
    });
  });

  it("carries an event to another region by an explicit target, a queue and its dead letters", async () => {
    const requested = await fabric();
    const target = only(requested, "aws:cloudwatch/eventTarget:EventTarget", "agents-assign-to-osaka");
    assert.equal(target.inputs.arn, "arn:aws:events:ap-northeast-3:111122223333:event-bus/agents-assign");
    assert.equal(target.inputs.region, "ap-northeast-1");
    const rule = only(requested, "aws:cloudwatch/eventRule:EventRule", "agents-assign");
    assert.deepEqual(JSON.parse(String(rule.inputs.eventPattern)), {
      source: ["agents.triage"],
      "detail-type": ["task.assigned"],
    });
    assert.equal(only(requested, "aws:sqs/queue:Queue", "agents-assign").inputs.region, "ap-northeast-3");
    assert.equal(
      only(requested, "aws:sqs/queue:Queue", "agents-assign-dead").inputs.messageRetentionSeconds,
      1_209_600,
    );
    assert.equal(only(requested, "aws:cloudwatch/eventArchive:EventArchive").inputs.retentionDays, 3);
    const [grant] = policyStatements(
      only(requested, "aws:iam/rolePolicy:RolePolicy", "agents-triage-assign"),
    );
    assert.deepEqual(grant?.Condition.StringEquals, {
      "events:detail-type": ["task.assigned"],
      "events:source": ["agents.triage"],
    });
  });

  it("schedules tasks only when asked", async () => {
    assert.equal((await fabric()).filter(({ type }) => type.startsWith("aws:scheduler/")).length, 0);
    const { assign } = topology.channels;
    assert.ok(assign?.events);
    const nightly = { ...assign, events: { ...assign.events, schedule: "cron(0 15 * * ? *)" } };
    const requested = await fabric({ channels: { nightly } });
    const schedule = only(requested, "aws:scheduler/schedule:Schedule");
    assert.equal(schedule.inputs.scheduleExpression, "cron(0 15 * * ? *)");
    const [, dead] = policyStatements(
      only(requested, "aws:iam/rolePolicy:RolePolicy", "agents-nightly-schedule"),
    );
    assert.equal(dead?.Resource, "arn:aws:sqs:ap-northeast-1:111122223333:agents-nightly-forward-dead");
    const lost = only(requested, "aws:sqs/queue:Queue", "agents-nightly-forward-dead");
    assert.equal(lost.inputs.region, "ap-northeast-1", "dead letters stay in the region of what sent them");
  });

  it("grants topics by name and copies them by name", async () => {
    const requested = await fabric();
    const [grant] = policyStatements(only(requested, "aws:iam/rolePolicy:RolePolicy", "agents-triage-feed"));
    assert.ok(
      grant?.Resource?.includes("arn:aws:kafka:ap-northeast-1:111122223333:topic/agents-tokyo/*/feed"),
    );
    const replicator = only(requested, "aws:msk/replicator:Replicator");
    const list = replicator.inputs.replicationInfoList as {
      topicReplications: { topicsToReplicates: string[] }[];
    };
    assert.deepEqual(list.topicReplications[0]?.topicsToReplicates, ["feed"]);
  });

  it("bridges exactly the topics that are declared", async () => {
    const requested = await fabric();
    const up = policyStatements(only(requested, "aws:iot/policy:Policy", "agents-status"));
    assert.deepEqual(
      up.map(({ Action }) => Action),
      [["iot:Connect"], ["iot:Publish"]],
    );
    assert.deepEqual(up[1]?.Resource, ["arn:aws:iot:ap-northeast-1:111122223333:topic/site/status"]);
    const down = policyStatements(only(requested, "aws:iot/policy:Policy", "agents-alarm"));
    assert.deepEqual(
      down.map(({ Action }) => Action),
      [["iot:Connect"], ["iot:Receive"], ["iot:Subscribe"]],
    );
    assert.equal(only(requested, "aws:iot/thing:Thing").name, "agents-bridge-ty-cage-tokyo");
  });

  it("lets agents out only by a gateway that enforces its list", async () => {
    const requested = await fabric();
    const gateway = only(requested, "aws:bedrock/agentcoreGateway:AgentcoreGateway");
    assert.equal(gateway.inputs.authorizerType, "AWS_IAM");
    assert.equal((gateway.inputs.policyEngineConfiguration as { mode: string }).mode, "ENFORCE");
    const target = only(requested, "aws:bedrock/agentcoreGatewayTarget:AgentcoreGatewayTarget");
    assert.deepEqual(target.inputs.targetConfiguration, {
      mcp: { mcpServer: { endpoint: "https://weather.example.com/mcp" } },
    });
  });

  it("grants a model in the regions that may answer, and no other", async () => {
    const [grant] = policyStatements(
      only(await fabric(), "aws:iam/rolePolicy:RolePolicy", "agents-triage-model"),
    );
    assert.deepEqual(grant?.Resource, [
      "arn:aws:bedrock:ap-northeast-1:111122223333:inference-profile/jp.anthropic.claude-sonnet-4-5-20250929-v1:0",
      "arn:aws:bedrock:ap-northeast-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0",
      "arn:aws:bedrock:ap-northeast-3::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0",
    ]);
  });

  it("remembers with a label, an end, and readers by channel", async () => {
    const requested = await fabric();
    const table = only(requested, "aws:dynamodb/table:Table");
    assert.deepEqual(table.inputs.ttl, { enabled: true, attributeName: "expiresAt" });
    assert.equal((table.inputs.tags as { [tag: string]: string })["hybrid-ai:dataset"], "tasks");
    const [policy] = policyStatements(only(requested, "aws:dynamodb/resourcePolicy:ResourcePolicy"));
    assert.deepEqual(policy?.Condition.ArnNotLike, {
      "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/hybrid-ai/agents/triage/*"],
    });
    assert.equal(
      only(requested, "aws:bedrock/agentcoreMemory:AgentcoreMemory").inputs.eventExpiryDuration,
      30,
    );
  });

  it("trusts pods, tokens of the site, and runtimes, all of it known before creation", async () => {
    const requested = await fabric();
    const trust = (agent: string) =>
      policyStatements(only(requested, "aws:iam/role:Role", `agents-${agent}`), "assumeRolePolicy")[0];
    assert.deepEqual(trust("triage")?.Principal, { Service: "pods.eks.amazonaws.com" });
    assert.deepEqual(trust("scorer")?.Condition.StringEquals, {
      "oidc.ty-cage.example:aud": "sts.amazonaws.com",
      "oidc.ty-cage.example:sub": "system:serviceaccount:agents:scorer",
    });
    assert.deepEqual(trust("reporter")?.Principal, { Service: "bedrock-agentcore.amazonaws.com" });
  });

  it("is refused whole, with the paths of the topology", async () => {
    const lost = { at: "mars", runtime: "eks" };
    assert.throws(
      () =>
        new components.AgentFabric("bad", {
          ...args,
          topology: { ...topology, agents: { ...topology.agents, lost } },
        }),
      /AgentFabric bad:\ntopology.agents.lost.at: "mars" is not a place/,
    );
  });
});

describe("a narrowed session", () => {
  const statement = {
    channel: "score",
    actions: ["vpc-lattice-svcs:Invoke"],
    resources: ["arn:aws:vpc-lattice:x"],
  };

  it("holds the statements of its channels and says for whom", () => {
    const made = narrowedSession("triage", { id: "t-1", onBehalfOf: "alice", channels: ["score"] }, [
      statement,
      { ...statement, channel: "ask" },
    ]);
    assert.ok("session" in made);
    assert.deepEqual(made.session.Tags, [
      { Key: "hybrid-ai:task", Value: "t-1" },
      { Key: "hybrid-ai:on-behalf-of", Value: "alice" },
    ]);
    assert.deepEqual(
      (JSON.parse(made.session.Policy) as { Statement: Statement[] }).Statement.map(({ Sid }) => Sid),
      ["score"],
    );
  });

  it("is refused for a channel that the agent does not have", () => {
    const made = narrowedSession("triage", { id: "t-1", onBehalfOf: "alice", channels: ["other"] }, [
      statement,
    ]);
    assert.ok("problems" in made);
  });
});
