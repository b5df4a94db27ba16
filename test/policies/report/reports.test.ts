import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  evidence,
  evidenceJson,
  fingerprints,
  type JudgedPlan,
  junit,
  planJson,
  sarif,
  unwritable,
  writeReports,
} from "@hybrid-ai-fabric/report";
import type { Log, Result } from "sarif";
import { z } from "zod";
import { judged } from "../../support/judged";
import { abroad } from "../../support/leaks";
import { bucket, claims, ref, registry, replicationType, unborn } from "../../support/plan";
import { type Element, readXml } from "../../support/xml";

const refused = judged(abroad);
const holds = judged([bucket("claims", "ap-northeast-1", claims)]);
const unknown = judged([{ ...bucket("claims", undefined, claims), providerRegion: "unknown" }]);
const exempted = judged(abroad, {
  ...registry,
  exemptions: [
    {
      ...{ id: "e-1", rule: "copies-stay-where-their-source-may-be", urn: "*::copy" },
      ...{ owner: "dpo", reason: "until the move", expires: "2027-01-01" },
    },
  ],
});

function logOf(plan: JudgedPlan): Log {
  return JSON.parse(sarif(plan)) as Log;
}

function resultsOf(plan: JudgedPlan): Result[] {
  return logOf(plan).runs[0]?.results ?? [];
}

describe("SARIF", () => {
  it("has what SARIF 2.1.0 requires and what code scanning asks for", () => {
    for (const plan of [refused, holds, unknown, exempted]) {
      const log = logOf(plan);
      assert.equal(log.version, "2.1.0");
      assert.ok(log.$schema);
      const [run] = log.runs;
      assert.ok(run);
      const rules = run.tool.driver.rules ?? [];
      assert.equal(run.tool.driver.name, "hybrid-ai-fabric");
      assert.equal(run.automationDetails?.id, "hybrid-ai-fabric/fixture/");
      assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
      for (const rule of rules) {
        assert.ok(rule.help?.text && rule.shortDescription?.text && rule.fullDescription?.text, rule.id);
        assert.match(String(rule.properties?.["security-severity"]), /^\d\.\d$/);
      }
      assert.equal(run.results?.length, plan.violations.length);
      for (const result of run.results ?? []) {
        assert.equal(rules[result.ruleIndex ?? -1]?.id, result.ruleId);
        assert.ok(result.message.text);
        const [location] = result.locations ?? [];
        assert.equal(location?.physicalLocation?.artifactLocation?.uri, "stacks/Pulumi.fixture.yaml");
        assert.ok((location?.physicalLocation?.region?.startLine ?? 0) >= 1);
        assert.deepEqual(Object.keys(result.partialFingerprints ?? {}), ["hybridAiFabricFinding/v1"]);
      }
    }
  });

  it("shows the way of the data as a code flow", () => {
    const found = resultsOf(refused).find(({ ruleId }) => ruleId === "copies-stay-where-their-source-may-be");
    const steps = found?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
    assert.deepEqual(
      steps.map(({ location }) => location?.message?.text),
      [
        "Bucket claims .tags",
        "BucketReplicationConfig replication .bucket",
        "BucketReplicationConfig replication .rules[0].destination.bucket",
        "Bucket copy",
      ],
    );
    const copy = refused.resources.find(({ name }) => name === "copy")?.urn;
    assert.equal(steps.at(-1)?.location?.logicalLocations?.[0]?.fullyQualifiedName, copy);
    assert.equal(found?.level, "error");
  });

  it("points to the line of the program where the input tells it", () => {
    const urn = refused.resources.find(({ name }) => name === "copy")?.urn ?? "";
    const positions = new Map([[urn, { file: "src/data lake.ts", line: 12, column: 3 }]]);
    const found = resultsOf({ ...refused, positions }).find(({ ruleId }) => ruleId?.startsWith("copies-"));
    assert.deepEqual(found?.locations?.[0]?.physicalLocation, {
      artifactLocation: { uri: "src/data%20lake.ts" },
      region: { startLine: 12, startColumn: 3 },
    });
  });

  it("suppresses what an exemption covers, and only that", () => {
    const suppressed = resultsOf(exempted).filter(({ suppressions }) => suppressions);
    assert.deepEqual(
      suppressed.map(({ ruleId, level, suppressions }) => [ruleId, level, suppressions?.[0]?.justification]),
      [["copies-stay-where-their-source-may-be", "warning", "exemption e-1"]],
    );
    assert.ok(resultsOf(exempted).every(({ suppressions, level }) => suppressions || level));
  });

  it("describes the rule of the settings when they are wrong", () => {
    const wrong = logOf(judged(abroad, { ...registry, exemption: [] }));
    const ids = wrong.runs[0]?.tool.driver.rules?.map(({ id }) => id) ?? [];
    assert.ok(ids.includes("settings-of-the-packs-are-valid-and-current"));
  });
});

describe("fingerprints", () => {
  it("outlive a better message and another order of the resources", () => {
    const better = refused.violations.map((violation) => ({ ...violation, message: "better" }));
    assert.deepEqual(fingerprints(better), fingerprints(refused.violations));
    const shuffled = judged([...abroad].reverse());
    assert.deepEqual(fingerprints(shuffled.violations), fingerprints(refused.violations));
  });

  it("differ between findings", () => {
    const twice = [...refused.violations, ...refused.violations];
    assert.equal(new Set(fingerprints(twice)).size, twice.length);
  });
});

describe("JUnit", () => {
  const casesOf = (plan: JudgedPlan): Element[] =>
    readXml(junit(plan)).children.flatMap((suite) => suite.children);

  it("has a case for each rule, and fails those with a mandatory finding", () => {
    const root = readXml(junit(refused));
    assert.equal(root.name, "testsuites");
    assert.equal(casesOf(refused).length, refused.rules.length);
    assert.equal(Number(root.attributes.tests), refused.rules.length);
    const failed = casesOf(refused).filter((element) =>
      element.children.some(({ name }) => name === "failure"),
    );
    const expected = refused.violations.filter(({ level }) => level === "mandatory").map(({ rule }) => rule);
    assert.deepEqual(failed.map(({ attributes }) => attributes.name).sort(), [...new Set(expected)].sort());
    assert.equal(Number(root.attributes.failures), failed.length);
    assert.match(failed[0]?.children[0]?.text ?? "", /path: Bucket claims \.tags -> /);
  });

  it("says at which line of the program", () => {
    const urn = refused.resources.find(({ name }) => name === "copy")?.urn ?? "";
    const positions = new Map([[urn, { file: "src/store.ts", line: 12, column: 3 }]]);
    assert.match(junit({ ...refused, positions }), /^at src\/store\.ts:12$/m);
    assert.doesNotMatch(junit(refused), /^at /m);
  });

  it("tells what cannot be shown from what is broken", () => {
    const types = casesOf(unknown).flatMap(({ children }) =>
      children.map(({ attributes }) => attributes.type),
    );
    assert.deepEqual(types, ["cannotBeShown"]);
  });

  it("passes what holds, skips what is disabled, and only tells what is exempted", () => {
    assert.ok(casesOf(holds).every(({ children }) => children.length === 0));
    const disabled = judged(abroad, {
      ...registry,
      rules: { "copies-stay-where-their-source-may-be": "disabled" },
    });
    const names = (plan: JudgedPlan) =>
      casesOf(plan).flatMap(({ children }) => children.map(({ name }) => name));
    assert.ok(names(disabled).includes("skipped"));
    assert.ok(names(exempted).includes("system-out"));
  });

  it("is well formed whatever stands in a message", () => {
    const hostile = `<a> & "b" ]]> \u0000\u001b[31m \u{1f600} \ufffe`;
    const violations = refused.violations.map((violation) => ({ ...violation, message: hostile }));
    const failure = casesOf({ ...refused, violations }).flatMap(({ children }) => children)[0];
    assert.match(failure?.attributes.message ?? "", /^<a> & "b" \]\]> /);
  });
});

describe("residency evidence", () => {
  const schema = JSON.parse(
    readFileSync(join(__dirname, "../../../policies/report/data/evidence.schema.json"), "utf8"),
  );
  const validator = z.fromJSONSchema(schema);

  it("fits its schema, which refuses what does not", () => {
    for (const plan of [refused, holds, unknown, exempted]) {
      const parsed = validator.safeParse(JSON.parse(evidenceJson(plan)));
      assert.ok(parsed.success, parsed.error?.message);
    }
    const { date: _, ...undated } = JSON.parse(evidenceJson(refused));
    assert.equal(validator.safeParse(undated).success, false);
    assert.equal(validator.safeParse({ ...JSON.parse(evidenceJson(refused)), more: 1 }).success, false);
  });

  it("names each dataset at each resource with its place, the proof and the way", () => {
    const found = evidence(refused).resources.find(({ id }) => id.endsWith("::copy"));
    assert.deepEqual(
      found?.places.map(({ country, region, provedBy }) => [country, region, provedBy]),
      [["US", "us-east-1", "region"]],
    );
    assert.deepEqual(
      found?.datasets.map(({ dataset, verdict, certain }) => [dataset, verdict, certain]),
      [["claims", "broken", true]],
    );
    assert.equal(found?.datasets[0]?.path.length, 4);
    const source = evidence(refused).resources.find(({ id }) => id.endsWith("::claims"));
    assert.equal(source?.datasets[0]?.verdict, "holds");
  });

  it("says why a place could not be shown", () => {
    const [found] = evidence(unknown).resources;
    assert.deepEqual(found?.places, []);
    assert.match(found?.notShown[0] ?? "", /region of its provider/);
    assert.equal(found?.datasets[0]?.verdict, "cannotBeShown");
  });

  it("blames what stands outside, not the resource that names it", () => {
    const outside = judged([
      bucket("claims", "ap-northeast-1", claims),
      {
        type: replicationType,
        name: "replication",
        properties: {
          region: "ap-northeast-1",
          bucket: ref("claims"),
          rules: [{ status: "Enabled", destination: { bucket: unborn } }],
        },
      },
    ]);
    const verdicts = evidence(outside).resources.flatMap(({ kind, datasets }) =>
      datasets.map(({ verdict }) => `${kind} ${verdict}`),
    );
    assert.ok(verdicts.includes("unresolved cannotBeShown"), verdicts.join(", "));
    assert.ok(!verdicts.includes("resource cannotBeShown"), verdicts.join(", "));
  });

  it("lists stores that no labelled data reaches, and what the verdict rests on", () => {
    const plain = judged([...abroad, bucket("other", "us-east-1")]);
    assert.deepEqual(evidence(plain).resources.find(({ id }) => id.endsWith("::other"))?.datasets, []);
    assert.match(evidence(exempted).restsOn.join(), /exemption e-1/);
  });
});

describe("report files", () => {
  it("are written where they were asked for, one of them to standard output", () => {
    const directory = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-test-"));
    try {
      const output = writeReports({ json: "plan.json", junit: "-" }, refused, directory);
      assert.equal(output, junit(refused));
      assert.equal(readFileSync(join(directory, "plan.json"), "utf8"), planJson(refused));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it("are refused before anything runs when they could not be written", () => {
    assert.equal(unwritable({ json: "-", sarif: "x.sarif" }, "/"), undefined);
    assert.match(unwritable({ json: "-", sarif: "-" }, "/") ?? "", /only one/);
    assert.match(unwritable({ sarif: "no/such/x.sarif" }, "/") ?? "", /there is no folder no\/such/);
  });
});
