import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseEnvironment } from "../../stacks/environment";

const file = join(__dirname, "../../stacks/Pulumi.tokyo-dev.yaml");

type Loose = { [key: string]: unknown };

const cluster = {
  place: "tokyo",
  zone: "apne1-az4",
  instanceType: "p5en.48xlarge",
  count: 4,
  orchestrator: { eks: {} },
  store: { dataset: "claims", fileSystem: { hotTiB: 40 } },
};

/** What is wrong with tokyo-dev when its cluster and its transfer are changed, as `path: reason`. */
function reasons(clusterChange: Loose, transferChange: Loose = {}): string[] {
  const environment = parse(readFileSync(file, "utf8")).config["hybrid-ai-fabric:environment"];
  environment.trainingClusters = { train: { ...cluster, ...clusterChange } };
  environment.transfers["claims-in"] = { ...environment.transfers["claims-in"], ...transferChange };
  const parsed = parseEnvironment(environment, "test");
  return "problems" in parsed ? parsed.problems.map(({ path, reason }) => `${path}: ${reason}`) : [];
}

const fileSystem = (change: Loose) => ({ store: { dataset: "claims", fileSystem: change } });

describe("training clusters of an environment", () => {
  it("are read with each orchestrator and capacity", () => {
    assert.deepEqual(reasons({}), []);
    assert.deepEqual(reasons({ orchestrator: { ecs: {} }, capacity: { reservation: { id: "cr-1" } } }), []);
    assert.deepEqual(
      reasons({ orchestrator: { hyperPod: { lifecycleScripts: "s3://sagemaker-x/base/" } } }),
      [],
    );
    const block = { instanceType: "p5e.48xlarge", capacity: { capacityBlock: { id: "cr-2" } } };
    assert.deepEqual(reasons(block), []);
  });

  it("are refused with path, value and what is legal", () => {
    const cases: [Loose, RegExp][] = [
      [{ place: "ty-cage" }, /^trainingClusters\.train\.place: "ty-cage" is not an AWS place/],
      [{ zone: "apne1-az2" }, /zone: "apne1-az2" is not a zone of tokyo \(apne1-az1, apne1-az4\)/],
      [{ instanceType: "p5.48xlage" }, /instanceType: "p5\.48xlage" is not.*nearest: p5\.48xlarge/],
      [{ instanceType: "g5.xlarge" }, /instanceType: "g5\.xlarge" is not an instance type with EFA/],
      [
        { store: { dataset: "claim" } },
        /store\.dataset: "claim" is not a dataset \(claims, work, assistant\)/,
      ],
      [{ orchestrator: {} }, /orchestrator: none; exactly one of eks, ecs and hyperPod/],
      [
        { orchestrator: { eks: { verzion: "1.34" } } },
        /orchestrator\.eks\.verzion: unknown key; nearest: version/,
      ],
      [{ instanceType: "p5e.48xlarge" }, /capacity: p5e\.48xlarge is not sold as on-demand/],
      [
        { count: 100, capacity: { capacityBlock: { id: "cr" } } },
        /count: 100 instances; one Capacity Block holds 64/,
      ],
      [
        fileSystem({ capacityGiB: 5000, throughputPerTiB: 1000 }),
        /store\.fileSystem\.capacityGiB: 5000 GiB is not/,
      ],
      [fileSystem({ metadataIops: 1000 }), /store\.fileSystem\.metadataIops: 1000 is none of/],
    ];
    for (const [change, pattern] of cases) {
      const found = reasons(change);
      assert.ok(
        found.some((line) => pattern.test(line)),
        `${pattern} not in ${found.join("\n")}`,
      );
    }
  });

  it("need two zones for the control plane of EKS", () => {
    const environment = parse(readFileSync(file, "utf8")).config["hybrid-ai-fabric:environment"];
    environment.places.tokyo.zones = ["apne1-az4"];
    environment.trainingClusters = { train: cluster };
    const parsed = parseEnvironment(environment, "test");
    assert.ok("problems" in parsed);
    assert.match(parsed.problems[0]?.path ?? "", /trainingClusters\.train\.place/);
    assert.match(parsed.problems[0]?.reason ?? "", /two zones/);
  });
});

describe("transfers of an environment", () => {
  it("may name agents to activate, other sources and the file system", () => {
    const change = {
      source: { smb: { server: "s", path: "/share", user: "u", passwordKey: "sharePassword" }, gbps: 5 },
      agents: [{ name: "a", activationKey: "agentKey" }, { name: "b" }],
      into: "file-system",
    };
    assert.deepEqual(reasons({}, change), []);
  });

  it("are refused when their window cannot be met, with what would", () => {
    const [found = ""] = reasons({}, { window: { hours: 24, schedule: "cron(0 15 * * ? *)" } });
    assert.match(found, /^transfers\.claims-in\.window\.hours: the first transfer takes 61\.1 h, not 24 h/);
    assert.match(found, /a link of 5\d{3} Mbps, or a window of 62 h/);
  });

  it("write to a file system only where a cluster has one", () => {
    const [found = ""] = reasons({ store: { dataset: "claims" } }, { into: "file-system" });
    assert.match(found, /^transfers\.claims-in\.into: .*no training cluster in tokyo has one/);
  });
});
