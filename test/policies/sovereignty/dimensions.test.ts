import assert from "node:assert/strict";
import { judge } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { keyType, plan, type ResourceSpec, ref, type Spec } from "../../support/plan";
import { today } from "../../support/rule-suite";

/** Mandatory findings of a plan under one residency, as `rule verdict`. */
function found(
  residency: string,
  specs: readonly ResourceSpec[],
  {
    kinds = [],
    attestations = [],
    tables = {},
  }: { kinds?: string[]; attestations?: string[]; tables?: object } = {},
): string[] {
  const settings = {
    version: 1,
    datasets: { data: { classification: "restricted", kinds, residency: [residency] } },
    attestations: attestations.map((id) => ({ id, expires: "2031-12-31" })),
    tables,
  };
  const { violations } = judge(plan(specs), settings, sovereigntyRules, today);
  const mandatory = violations.filter(({ level }) => level === "mandatory");
  return [...new Set(mandatory.map(({ rule, verdict }) => `${rule} ${verdict}`))];
}

const tags = { "hybrid-ai:dataset": "data" };
const of = (type: string, region: string, more: { [property: string]: Spec } = {}): ResourceSpec => ({
  type,
  name: "subject",
  properties: { region, tags, ...more },
});
const store = (region: string) => [of("aws:s3/bucket:Bucket", region)];
const keyed = (region: string): ResourceSpec[] => [
  { type: keyType, name: "key", properties: { region } },
  of("aws:sqs/queue:Queue", "eu-central-1", { kmsMasterKeyId: ref("key") }),
];

describe("each dimension is judged apart", () => {
  const home = "eu-central-1";
  const abroad = "us-east-1";
  const cases: [string, (region: string) => ResourceSpec[], string][] = [
    ["store", store, "data-rests-where-it-may-be"],
    [
      "backup",
      (region) => [of("aws:backup/vault:Vault", region)],
      "logs-and-backups-stay-where-the-data-may-be",
    ],
    [
      "log",
      (region) => [of("aws:cloudwatch/logGroup:LogGroup", region)],
      "logs-and-backups-stay-where-the-data-may-be",
    ],
    [
      "telemetry",
      (region) => [of("aws:oam/sink:Sink", region)],
      "logs-and-backups-stay-where-the-data-may-be",
    ],
    [
      "process",
      (region) => [of("aws:lambda/function:Function", region)],
      "data-is-processed-where-it-may-be",
    ],
    ["transit", (region) => [of("aws:ec2/vpc:Vpc", region)], "data-travels-where-it-may-be"],
    ["key", keyed, "keys-stay-where-the-data-may-be"],
  ];
  for (const [dimension, specs, rule] of cases) {
    it(`${dimension}: abroad is broken, at home holds, and only that dimension is loosened by its profile`, () => {
      assert.ok(found("gdpr-eu-only", specs(abroad)).includes(`${rule} broken`));
      assert.deepEqual(found("gdpr-eu-only", specs(home)), []);
      const loosened = { profiles: { "gdpr-eu-only": { places: { [dimension]: ["*"] } } } };
      assert.ok(!found("gdpr-eu-only", specs(abroad), { tables: loosened }).includes(`${rule} broken`));
    });
  }

  it("control plane: metadata in another country than the residency allows is broken", () => {
    const zone: ResourceSpec = {
      type: "aws:route53/zone:Zone",
      name: "zone",
      properties: { name: "example.eu", tags },
      providerRegion: home,
    };
    assert.deepEqual(found("gdpr-eu-only", [zone]), []);
    assert.ok(
      found("china", [{ ...zone, providerRegion: "us-east-1" }])
        .join()
        .includes("control-planes-stay"),
    );
    assert.deepEqual(found("china", [{ ...zone, providerRegion: "cn-north-1" }]), []);
  });

  it("operator: the right country under the wrong operator is broken", () => {
    assert.deepEqual(found("eu-sovereign-operator", store("eusc-de-east-1")), []);
    assert.deepEqual(found("eu-sovereign-operator", store(home)), ["data-rests-where-it-may-be broken"]);
  });
});

describe("laws that no list of regions can say", () => {
  const mumbai = "ap-south-1";
  const function_ = (region: string) => [of("aws:lambda/function:Function", region)];

  it("RBI: payments may be processed abroad and rest only in India, or abroad for a day that is attested", () => {
    const rbi = "india-rbi-payments";
    assert.deepEqual(found(rbi, store(mumbai)), []);
    assert.deepEqual(found(rbi, function_("us-east-1")), []);
    assert.deepEqual(found(rbi, store("us-east-1")), ["data-rests-where-it-may-be broken"]);
    const queue = (seconds: number) => [
      of("aws:sqs/queue:Queue", "us-east-1", { messageRetentionSeconds: seconds }),
    ];
    const attestations = ["rbi-return-and-delete"];
    assert.deepEqual(found(rbi, queue(3600)), ["data-rests-where-it-may-be cannotBeShown"]);
    assert.deepEqual(found(rbi, queue(3600), { attestations }), []);
    assert.deepEqual(found(rbi, queue(172_800), { attestations }), ["data-rests-where-it-may-be broken"]);
  });

  it("ITAR 120.54: what is encrypted end to end may rest and pass abroad, be processed nowhere else, and never rest where 126.1 forbids", () => {
    const itar = "us-itar";
    const attestations = ["e2e-encrypted"];
    assert.deepEqual(found(itar, store("eu-central-1")), ["data-rests-where-it-may-be broken"]);
    assert.deepEqual(found(itar, store("eu-central-1"), { attestations }), []);
    assert.deepEqual(found(itar, [of("aws:ec2/vpc:Vpc", "eu-central-1")], { attestations }), []);
    assert.deepEqual(found(itar, function_("eu-central-1"), { attestations }), [
      "data-is-processed-where-it-may-be broken",
    ]);
    assert.deepEqual(found(itar, store("cn-north-1"), { attestations }), [
      "data-rests-where-it-may-be broken",
    ]);
    assert.ok(
      found(itar, keyed("ca-central-1"), { attestations }).includes("keys-stay-where-the-data-may-be broken"),
    );
  });

  it("28 CFR 202: everywhere but the countries of concern, Hong Kong among them", () => {
    assert.deepEqual(found("us-bulk-data", store("eu-central-1")), []);
    assert.deepEqual(found("us-bulk-data", store("ap-east-1")), ["data-rests-where-it-may-be broken"]);
    assert.deepEqual(found("us-bulk-data", store("cn-north-1")), ["data-rests-where-it-may-be broken"]);
  });

  it("Korea: the kind of the data closes the way that adequacy opens", () => {
    assert.deepEqual(found("korea", store("eu-central-1")), []);
    assert.deepEqual(found("korea", store("eu-central-1"), { kinds: ["rrn"] }), [
      "data-rests-where-it-may-be broken",
    ]);
    assert.deepEqual(found("korea", store("ap-northeast-2"), { kinds: ["rrn"] }), []);
  });
});

describe("what another stack says of its stores", () => {
  const reference = (place: string, dataset = "data"): ResourceSpec => ({
    type: "pulumi:pulumi:StackReference",
    name: "lake",
    properties: {
      name: "org/lake/prod",
      outputs: {
        hybridAi: {
          version: 1,
          stores: [{ id: "lake-bucket", arn: "arn:aws:s3:::lake-bucket", place, dataset }],
        },
      },
    },
  });
  const replicated = (lake: ResourceSpec): ResourceSpec[] => [
    lake,
    { type: "aws:s3/bucket:Bucket", name: "source", properties: { region: "eu-central-1", tags } },
    {
      type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
      name: "replication",
      properties: {
        region: "eu-central-1",
        bucket: ref("source"),
        rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::lake-bucket" } }],
      },
    },
  ];

  it("places what flows there", () => {
    assert.deepEqual(found("gdpr-eu-only", replicated(reference("aws:eu-west-1"))), []);
    assert.deepEqual(found("gdpr-eu-only", replicated(reference("aws:us-east-1", ""))), [
      "copies-stay-where-their-source-may-be broken",
    ]);
  });

  it("labels what flows from there", () => {
    const pulled = (dataset: string): ResourceSpec[] => [
      reference("aws:eu-west-1", dataset),
      {
        type: "aws:datasync/s3Location:S3Location",
        name: "lake-location",
        properties: { region: "us-east-1", s3BucketArn: "arn:aws:s3:::lake-bucket" },
      },
      { type: "aws:s3/bucket:Bucket", name: "copy", properties: { region: "us-east-1" } },
      {
        type: "aws:datasync/s3Location:S3Location",
        name: "copy-location",
        properties: { region: "us-east-1", s3BucketArn: ref("copy") },
      },
      {
        type: "aws:datasync/task:Task",
        name: "pull",
        properties: {
          region: "us-east-1",
          sourceLocationArn: ref("lake-location"),
          destinationLocationArn: ref("copy-location"),
        },
      },
    ];
    assert.ok(found("gdpr-eu-only", pulled("data")).includes("copies-stay-where-their-source-may-be broken"));
    assert.deepEqual(found("gdpr-eu-only", pulled("")), []);
  });
});
