import assert from "node:assert/strict";
import { BulkTransfer, type BulkTransferArgs, validateBulkTransfer } from "../../../components";
import { dealOut } from "../../../components/transfer/agents";
import { turnsOfTasks } from "../../../components/transfer/task-options";
import { only, type Requested, readableIn, requestedBy } from "../../support/mocks";

const arn = (index: number) => `arn:aws:datasync:ap-northeast-1:111122223333:agent/agent-${index}`;
const base: BulkTransferArgs = {
  region: "ap-northeast-1",
  accountId: "111122223333",
  source: { nfs: { server: "10.1.0.20", path: "/export/claims" } },
  agentArns: [arn(0), arn(1)],
  bucketArn: "arn:aws:s3:::claims",
  keyArn: "key",
  schedule: "cron(0 15 * * ? *)",
  sizeTiB: 100,
  linkMbps: 10_000,
  labels: { dataset: "claims", classification: "restricted", kinds: [], residency: ["japan-only"] },
};
const build = (change: Partial<BulkTransferArgs>) =>
  requestedBy(() => void new BulkTransfer("claims-in", { ...base, ...change }));
const tasksOf = (requested: readonly Requested[]) =>
  requested.filter(({ type }) => type === "aws:datasync/task:Task");
const reasons = (change: Partial<BulkTransferArgs>) =>
  validateBulkTransfer({ ...base, ...change }).map(
    ({ propertyPath, reason }) => `${propertyPath}: ${reason}`,
  );

describe("BulkTransfer", () => {
  it("deals directories out to tasks with agents of their own, and leaves nothing behind", async () => {
    const directories = [
      { path: "/2024", sizeTiB: 40 },
      { path: "/2025", sizeTiB: 45 },
    ];
    const requested = await build({ directories });
    const tasks = tasksOf(requested);
    assert.equal(tasks.length, 2);
    const [first, second] = tasks.map(({ inputs }) => inputs);
    assert.ok(second?.includes);
    assert.deepEqual(first?.excludes, second.includes);
    const agents = requested
      .filter(({ type }) => type.endsWith(":NfsLocation"))
      .flatMap(({ inputs }) => (inputs.onPremConfig as { agentArns: string[] }).agentArns);
    assert.deepEqual(agents.sort(), [arn(0), arn(1)]);
  });

  it("activates agents in two phases", async () => {
    const endpoint = { vpcEndpointId: "vpce-1", subnetArn: "subnet", securityGroupArn: "group" };
    const waiting = await build({ agentArns: [], agents: [{ name: "a" }], endpoint });
    assert.equal(tasksOf(waiting).length, 0);
    assert.equal(waiting.filter(({ type }) => type.endsWith(":Agent")).length, 0);
    const ready = await build({ agentArns: [], agents: [{ name: "a", activationKey: "key" }], endpoint });
    assert.equal(tasksOf(ready).length, 1);
    const agent = only(ready, "aws:datasync/agent:Agent").inputs;
    assert.equal(agent.vpcEndpointId, "vpce-1");
    assert.deepEqual(agent.subnetArns, ["subnet"]);
  });

  it("verifies as asked, in a mode that can", async () => {
    const modes = async (change: Partial<BulkTransferArgs>) => {
      const { inputs } = only(await build(change), "aws:datasync/task:Task");
      return [inputs.taskMode, (inputs.options as { verifyMode: string }).verifyMode];
    };
    assert.deepEqual(await modes({}), ["ENHANCED", "ONLY_FILES_TRANSFERRED"]);
    assert.deepEqual(await modes({ verify: "all" }), ["BASIC", "POINT_IN_TIME_CONSISTENT"]);
    assert.deepEqual(await modes({ verify: "none", bandwidthMbps: 1000 }), ["BASIC", "NONE"]);
  });

  it("keeps what proves who reads a source out of everybody's sight", async () => {
    const canary = "canary-of-a-source";
    const sources: BulkTransferArgs["source"][] = [
      { smb: { server: "s", path: "/share", user: "u", password: canary } },
      {
        hdfs: {
          ...{ nameNode: "n", path: "/data" },
          kerberos: { principal: "datasync@EXAMPLE.COM", keytab: canary, configuration: "krb5" },
        },
      },
      { objectStorage: { server: "s", bucket: "b", accessKey: canary, secretKey: canary } },
    ];
    for (const source of sources) {
      const requested = await build({ source });
      assert.ok(JSON.stringify(requested).includes(canary));
      assert.doesNotMatch(readableIn(requested), new RegExp(canary));
    }
  });

  it("reads every kind of source, and writes to a bucket or a file system", async () => {
    const sources: [BulkTransferArgs["source"], string][] = [
      [{ smb: { server: "s", path: "/share", user: "u", password: "p" } }, "LocationSmb"],
      [{ hdfs: { nameNode: "n", path: "/data", user: "hdfs" } }, "LocationHdfs"],
      [{ objectStorage: { server: "s", bucket: "b" } }, "LocationObjectStorage"],
    ];
    for (const [source, type] of sources) {
      const requested = await build({ source });
      assert.equal(requested.filter((resource) => resource.type.endsWith(`:${type}`)).length, 1, type);
    }
    const files = await build({ fileSystem: { arn: "fs", securityGroupArn: "sg" } });
    assert.equal(
      only(files, "aws:datasync/locationFsxLustre:LocationFsxLustre").inputs.subdirectory,
      "/claims",
    );
    assert.equal(files.filter(({ type }) => type.endsWith(":S3Location")).length, 0);
  });

  it("keeps what training reads one way: the role cannot delete, and lies on the path that the bucket knows", async () => {
    const requested = await build({});
    const role = only(requested, "aws:iam/role:Role").inputs;
    assert.equal(role.path, "/hybrid-ai/claims/");
    const policy = JSON.stringify(only(requested, "aws:iam/rolePolicy:RolePolicy").inputs.policy);
    assert.doesNotMatch(policy, /DeleteObject|s3:\*/);
    const { options } = only(requested, "aws:datasync/task:Task").inputs as {
      options: { preserveDeletedFiles: string };
    };
    assert.equal(options.preserveDeletedFiles, "PRESERVE");
  });

  it("refuses a window that it cannot meet, and says what would", () => {
    const [refused = ""] = reasons({ linkMbps: 1000, windowHours: 72 });
    assert.match(refused, /^windowHours: the first transfer takes 305\.4 h, not 72 h \(limited by link\)/);
    assert.match(refused, /a link of \d+ Mbps, or a window of 306 h/);
    assert.deepEqual(reasons({ linkMbps: 10_000, windowHours: 72 }), []);
    assert.match(reasons({ dailyGrowthTiB: 90 })[0] ?? "", /more than a day/);
  });

  it("refuses what DataSync refuses, all at once", () => {
    const message = reasons({
      source: { hdfs: { nameNode: "n", path: "data" }, nfs: { server: "s", path: "/x" } },
      agentArns: [],
      verify: "some",
      directories: [{ path: "a|b", sizeTiB: 200 }],
    }).join("\n");
    for (const part of [
      /source: nfs and hdfs; exactly one/,
      /source\.hdfs\.path: "data" does not begin with a slash/,
      /source\.hdfs: user or kerberos/,
      /agentArns: 0 agents/,
      /verify: "some" is none of transferred, all, none/,
      /directories: they hold 200 TiB, more than the 100 TiB/,
      /directories\[0\]\.path: "a\|b" contains/,
    ]) {
      assert.match(message, part);
    }
    assert.match(reasons({ agentArns: [0, 1, 2, 3, 4].map(arn) })[0] ?? "", /5 agents for 1 tasks/);
  });

  it("turns the limit at hours of the day: at the start by the task, then by a schedule for each turn", async () => {
    const requested = await build({
      bandwidthMbps: 4000,
      limits: [{ from: "22:30", to: "08:00", mbps: 800 }],
      directories: [{ path: "/2025", sizeTiB: 25 }],
    });
    const options = tasksOf(requested).map(({ inputs }) => inputs.options as { bytesPerSecond: number });
    // 15:00 UTC is outside of the limit: 4 Gbps, shared out as the data is, 75 to 25.
    assert.deepEqual(
      options.map(({ bytesPerSecond }) => bytesPerSecond),
      [375_000_000, 125_000_000],
    );
    const schedules = requested.filter(({ type }) => type === "aws:scheduler/schedule:Schedule");
    assert.deepEqual(
      schedules.map(({ inputs }) => [inputs.scheduleExpression, inputs.scheduleExpressionTimezone]),
      [
        ["cron(0 8 * * ? *)", "UTC"],
        ["cron(30 22 * * ? *)", "UTC"],
      ],
    );
    const shards = [75, 25].map((sizeTiB) => ({ paths: [], sizeTiB }));
    assert.deepEqual(turnsOfTasks([{ from: "22:30", to: "08:00", mbps: 800 }], 4000, shards), [
      { minute: 480, mbps: 4000, bytesPerSecond: [375_000_000, 125_000_000] },
      { minute: 1350, mbps: 800, bytesPerSecond: [75_000_000, 25_000_000] },
    ]);
    const machine = only(requested, "aws:sfn/stateMachine:StateMachine").inputs;
    assert.match(String(machine.definition), /aws-sdk:datasync:updateTaskExecution/);
    const none = await build({ bandwidthMbps: 4000 });
    assert.equal(none.filter(({ type }) => /scheduler|sfn/.test(type)).length, 0);
  });

  it("lifts the limit where none holds, and never starts above one that it does not know the hour of", async () => {
    const requested = await build({
      schedule: "rate(6 hours)",
      limits: [{ from: "08:00", to: "18:00", mbps: 800 }],
    });
    const { options } = only(requested, "aws:datasync/task:Task").inputs as {
      options: { bytesPerSecond: number };
    };
    assert.equal(options.bytesPerSecond, 100_000_000);
    const shards = [{ paths: [], sizeTiB: 100 }];
    const turns = turnsOfTasks([{ from: "08:00", to: "18:00", mbps: 800 }], undefined, shards);
    assert.deepEqual(turns.at(-1)?.bytesPerSecond, [-1]);
  });

  it("refuses hours that are none, and hours of two limits, all at once", () => {
    const message = reasons({
      limits: [
        { from: "8:00", to: "24:00", mbps: 100 },
        { from: "10:00", to: "10:00", mbps: 0 },
      ],
    }).join("\n");
    for (const part of [
      /limits\[0\]\.from: "8:00" is no time of day/,
      /limits\[0\]\.to: "24:00" is no time of day/,
      /limits\[1\]\.to: "10:00" is its beginning/,
      /limits\[1\]\.mbps: 0; it must be more/,
    ]) {
      assert.match(message, part);
    }
    const limits = [
      { from: "22:00", to: "06:00", mbps: 100 },
      { from: "05:00", to: "07:00", mbps: 200 },
    ];
    assert.match(reasons({ limits })[0] ?? "", /limits\[1\]: overlaps limits\[0\]/);
  });

  it("deals agents out evenly", () => {
    assert.deepEqual(dealOut(["a", "b", "c"], 2), [["a", "c"], ["b"]]);
  });
});
