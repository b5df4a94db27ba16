import assert from "node:assert/strict";
import { labelRemediation } from "@hybrid-ai-fabric/graph/crossguard";
import { type ResourceValidationArgs, unknownCheckingProxy } from "@pulumi/policy";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const bucketType = "aws:s3/bucket:Bucket";
const labels = { dataset: "claims", residency: "japan-only" };

/** What the remediation makes of a store below a component, as the engine asks: the component first. */
function remediated(
  given: { [property: string]: unknown },
  component: { [property: string]: unknown } = { labels },
  type = bucketType,
  configuration: { [property: string]: unknown } = {},
): { [property: string]: unknown } | undefined {
  const policy = labelRemediation();
  const ask = (one: string, urn: string, properties: object, parent?: string) =>
    policy.remediateResource?.({
      ...{ urn, name: urn, type: one, opts: parent ? { parent } : {} },
      props: unknownCheckingProxy(properties),
      ...(one.startsWith("aws:")
        ? {
            provider: {
              urn: "p",
              type: "pulumi:providers:aws",
              name: "p",
              props: unknownCheckingProxy(configuration),
            },
          }
        : {}),
    } as unknown as ResourceValidationArgs);
  assert.equal(ask("acme:index:Store", "component", component), undefined);
  assert.equal(ask("acme:index:Part", "part", {}, "component"), undefined);
  return ask(type, "store", given, "part") as { [property: string]: unknown } | undefined;
}

const tagsOf = (properties: { [property: string]: unknown } | undefined) => ({
  ...(properties?.tags as object),
});
const written = { "hybrid-ai:dataset": "claims", "hybrid-ai:residency": "japan-only" };

describe("the remediation of missing labels", () => {
  it("is off until the configuration of the pack turns it on", () => {
    assert.equal(labelRemediation().enforcementLevel, "disabled");
  });

  it("writes the labels of the component onto a store that carries none, beside its own tags", () => {
    assert.deepEqual(tagsOf(remediated({})), written);
    assert.deepEqual(tagsOf(remediated({ tags: { team: "ml" } })), { team: "ml", ...written });
  });

  it("leaves all other properties as they are, also those that are unknown", () => {
    const given = { region: "ap-northeast-1", bucket: UNKNOWN };
    const result = remediated(given);
    assert.equal(result?.region, "ap-northeast-1");
    assert.equal(Object.getOwnPropertyDescriptor(result ?? {}, "bucket")?.value, UNKNOWN);
  });

  const certain: [string, { [property: string]: unknown }, { [property: string]: unknown }?, string?][] = [
    ["a store that says what it holds", { tags: { "hybrid-ai:dataset": "other" } }],
    ["a store whose tags are not known", { tags: UNKNOWN }],
    ["a store with a tag that is not known", { tags: { team: UNKNOWN } }],
    ["a component without labels", {}, {}],
    ["a component whose labels are not known", {}, { labels: UNKNOWN }],
    ["a component with a label that is not known", {}, { labels: { dataset: UNKNOWN } }],
    ["what is no store", {}, { labels }, "aws:iam/role:Role"],
    ["a type without tags", {}, { labels }, "aws:dynamodb/tableItem:TableItem"],
  ];
  it("does nothing to a store that its provider labels", () => {
    const defaultTags = JSON.stringify({ tags: { "hybrid-ai:dataset": "other" } });
    assert.equal(remediated({}, { labels }, bucketType, { defaultTags }), undefined);
  });

  for (const [what, given, component, type] of certain) {
    it(`does nothing to ${what}`, () => assert.equal(remediated(given, component, type), undefined));
  }
});
