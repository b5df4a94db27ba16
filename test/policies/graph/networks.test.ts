import assert from "node:assert/strict";
import { judge } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { claims, plan, type ResourceSpec, registry, type Spec } from "../../support/plan";
import { today } from "../../support/rule-suite";

const tokyo = "ap-northeast-1";
const found = (specs: readonly ResourceSpec[]): string[] =>
  judge(plan(specs), registry, sovereigntyRules, today)
    .violations.filter(({ level }) => level === "mandatory")
    .map(({ rule, verdict, urn }) => `${rule} ${verdict} ${urn.split("::").at(-1)}`);

/** A labelled network, and a template of another one whose volumes have a key abroad. */
const beside = (template: { [property: string]: Spec }): ResourceSpec[] => [
  { type: "aws:ec2/vpc:Vpc", name: "labelled", properties: { region: tokyo, tags: claims } },
  {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "template",
    properties: {
      region: tokyo,
      blockDeviceMappings: [{ ebs: { kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/0000" } }],
      ...template,
    },
  },
];

describe("networks that name something outside the plan", () => {
  it("are joined with no other one by the image of a machine", () => {
    for (const imageId of ["ami-0123456789abcdef0", "resolve:ssm:/aws/service/ecs/image_id"])
      assert.deepEqual(found(beside({ imageId })), []);
    const stated = beside({ tags: claims });
    assert.match(found(stated).join(), /keys-stay-where-the-data-may-be/);
  });
});

describe("MirrorMaker 2", () => {
  const mirror = (spec: { [property: string]: Spec }): ResourceSpec[] => [
    {
      type: "example:index:Cluster",
      name: "cluster",
      properties: { place: "aws:ap-northeast-1" },
    },
    {
      type: "kubernetes:kafka.strimzi.io/v1:KafkaMirrorMaker2",
      name: "mirror",
      parent: "cluster",
      properties: { metadata: { annotations: { "hybrid-ai/dataset": "claims" } }, spec },
    },
  ];
  const abroad = "kafka.us-east-1.amazonaws.com:9094";
  const home = "kafka.ap-northeast-1.amazonaws.com:9094";

  it("writes to the target of the stable version and to the clusters of the one before", () => {
    const stable = (to: string) => ({
      target: { alias: "t", bootstrapServers: to },
      mirrors: [{ source: { alias: "s", bootstrapServers: home } }],
    });
    assert.deepEqual(found(mirror(stable(home))), []);
    assert.match(found(mirror(stable(abroad))).join(), /copies-stay-where-their-source-may-be broken/);
    const before = { clusters: [{ alias: "t", bootstrapServers: abroad }] };
    assert.match(found(mirror(before)).join(), /copies-stay-where-their-source-may-be broken/);
  });

  it("reads what another stack declares of its sources", () => {
    const specs = mirror({
      target: { bootstrapServers: abroad },
      mirrors: [{ source: { bootstrapServers: "kafka.example.com:9094" } }],
    }).map((spec) =>
      spec.name === "mirror" ? { ...spec, properties: { ...spec.properties, metadata: {} } } : spec,
    );
    const externalStores = [{ match: "kafka.example.com", place: "JP", dataset: ["claims"] }];
    const { violations } = judge(plan(specs), { ...registry, externalStores }, sovereigntyRules, today);
    assert.ok(violations.some(({ rule, verdict }) => rule.startsWith("copies-stay") && verdict === "broken"));
  });
});
