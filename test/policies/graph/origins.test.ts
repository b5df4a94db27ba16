import assert from "node:assert/strict";
import { judge } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { bucket, claims, plan, type ResourceSpec, ref, registry, unborn } from "../../support/plan";

const today = "2026-11-23";

/** The engine says what a whole property was computed from, and not which part of it. */
describe("what an unknown was computed from", () => {
  const delivery = (backup: ReturnType<typeof ref>) => [
    bucket("claims", "ap-northeast-1", claims),
    bucket("rejected", "ap-northeast-1", claims),
    { type: "aws:iam/role:Role", name: "role", properties: {} },
    {
      type: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
      name: "delivery",
      properties: {
        region: "ap-northeast-1",
        destination: "extended_s3",
        tags: claims,
        extendedS3Configuration: {
          roleArn: ref("role"),
          bucketArn: ref("claims"),
          s3BackupConfiguration: { roleArn: ref("role"), bucketArn: backup },
        },
      },
    },
  ];

  it("lets one role stand in several places that take nothing but a role", () => {
    assert.deepEqual(
      judge(plan(delivery(ref("rejected"))), registry, sovereigntyRules, today).violations,
      [],
    );
    const untraced = judge(plan(delivery(unborn)), registry, sovereigntyRules, today).violations;
    assert.equal(untraced[0]?.verdict, "cannotBeShown");
    assert.match(untraced[0]?.message ?? "", /bucketArn.*could be traced to a resource \(/);
  });

  it("counts a security group that no place of the property takes as one more origin", () => {
    const volume = "kubernetes:core/v1:PersistentVolume";
    const specs: ResourceSpec[] = [
      { type: "aws:ec2/securityGroup:SecurityGroup", name: "lustre", properties: {} },
      {
        type: "aws:fsx/lustreFileSystem:LustreFileSystem",
        name: "files",
        properties: { region: "ap-northeast-1", tags: claims },
      },
      {
        type: volume,
        name: "data",
        properties: {
          metadata: { annotations: { "hybrid-ai/dataset": "claims", "hybrid-ai/residency": "japan-only" } },
          spec: {
            csi: {
              driver: "fsx.csi.aws.com",
              volumeHandle: ref("files"),
              volumeAttributes: { dnsname: ref("files") },
            },
          },
        },
      },
    ];
    const resources = plan(specs);
    const group = resources.find(({ name }) => name === "lustre")?.urn ?? "";
    const waiting = resources.map((resource) => {
      if (resource.type !== volume) return resource;
      const { spec = [] } = resource.propertyDependencies;
      return {
        ...resource,
        propertyDependencies: { ...resource.propertyDependencies, spec: [...spec, group] },
      };
    });
    const untraced = judge(waiting, registry, sovereigntyRules, today).violations.filter(
      ({ rule }) => rule === "destinations-of-labelled-data-are-known",
    );
    assert.deepEqual(untraced, []);
  });

  it("traces no unknown of a document to another stack", () => {
    const task = (...names: string[]) => [
      bucket("claims", "ap-northeast-1", claims),
      { type: "pulumi:pulumi:StackReference", name: "other", properties: {} },
      {
        type: "aws:lambda/function:Function",
        name: "job",
        properties: {
          region: "ap-northeast-1",
          tags: claims,
          environment: { variables: Object.fromEntries(names.map((name) => [name, ref(name)])) },
        },
      },
    ];
    const broken = (...names: string[]) =>
      judge(plan(task(...names)), registry, sovereigntyRules, today).violations.filter(
        ({ level }) => level === "mandatory",
      );
    assert.deepEqual(broken("claims"), []);
    assert.notDeepEqual(broken("claims", "other"), []);
  });
});
