import assert from "node:assert/strict";
import { resolve } from "node:path";
import { lookedUp, UNKNOWN_ARGUMENT, UNKNOWN_TEXT } from "../../offline/standin/lookups";
import { policyDocument } from "../../offline/standin/policy-document";
import { preview } from "../support/preview";

const sdk = resolve(__dirname, "../../node_modules/@pulumi/aws");
const asking = { [UNKNOWN_ARGUMENT]: UNKNOWN_TEXT };
const tokyo = { region: "ap-northeast-1" };

describe("a lookup without a cloud", () => {
  it("knows what the configuration of the provider and the arguments decide, and nothing else", () => {
    const region = lookedUp("aws:index/getRegion:getRegion", asking, tokyo, sdk);
    assert.equal(region?.region, "ap-northeast-1");
    assert.equal(region?.description, UNKNOWN_TEXT);
    const elsewhere = { ...asking, region: "eu-central-1" };
    assert.equal(lookedUp("aws:index/getRegion:getRegion", elsewhere, tokyo, sdk)?.region, "eu-central-1");
    const zones = lookedUp("aws:index/getAvailabilityZones:getAvailabilityZones", asking, tokyo, sdk);
    assert.deepEqual(zones?.names, ["ap-northeast-1a", "ap-northeast-1b", "ap-northeast-1c"]);
    const vpc = lookedUp("aws:ec2/getVpc:getVpc", { ...asking, default: true }, tokyo, sdk);
    assert.deepEqual([vpc?.id, vpc?.cidrBlock], [UNKNOWN_TEXT, UNKNOWN_TEXT]);
  });

  it("does not know a region that only the shell knows, Local Zones, or which of several accounts it is", () => {
    assert.equal(lookedUp("aws:index/getRegion:getRegion", asking, {}, sdk)?.region, UNKNOWN_TEXT);
    const local = { ...asking, allAvailabilityZones: true };
    const zones = lookedUp("aws:index/getAvailabilityZones:getAvailabilityZones", local, tokyo, sdk);
    assert.equal(zones?.names, UNKNOWN_TEXT);
    const caller = (ids: string[]) =>
      lookedUp("aws:index/getCallerIdentity:getCallerIdentity", asking, { allowedAccountIds: ids }, sdk)
        ?.accountId;
    assert.equal(caller(["111122223333"]), "111122223333");
    assert.equal(caller(["111122223333", "444455556666"]), UNKNOWN_TEXT);
  });

  it("does not take the region of the provider for one that is asked for otherwise", () => {
    for (const other of [
      { name: "us-east-1" },
      { endpoint: "ec2.us-east-1.amazonaws.com" },
      { region: "new" },
    ]) {
      const region = lookedUp("aws:index/getRegion:getRegion", { ...asking, ...other }, tokyo, sdk);
      assert.equal(region?.region, UNKNOWN_TEXT);
    }
  });

  it("answers nobody who cannot take an unknown, and no function that does more than look up", () => {
    assert.equal(lookedUp("aws:index/getRegion:getRegion", {}, tokyo, sdk), undefined);
    assert.equal(lookedUp("aws:lambda/invocation:invocation", asking, tokyo, sdk), undefined);
    assert.equal(lookedUp("aws:ec2/getNothing:getNothing", asking, tokyo, sdk), undefined);
  });
});

describe("a policy document that a program has computed", () => {
  it("is not known where the provider merges conditions or documents, and spells variables as IAM does", () => {
    const condition = (value: string) => ({
      test: "StringEquals",
      variable: "aws:PrincipalOrgID",
      values: [value],
    });
    const statement = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::claims/&{aws:username}"] };
    const repeated = { ...statement, conditions: [condition("o-1"), condition("o-2")] };
    assert.equal(policyDocument({ statements: [repeated] }), undefined);
    assert.equal(policyDocument({ statements: [statement], overrideJson: "{}" }), undefined);
    assert.match(String(policyDocument({ statements: [statement] })?.json), /claims\/\$\{aws:username\}/);
  });

  it("is written as IAM reads it: one value alone, several as a list, principals by kind", () => {
    const document = policyDocument({
      statements: [
        {
          sid: "Read",
          actions: ["s3:GetObject", "s3:ListBucket"],
          resources: ["arn:aws:s3:::claims/*"],
          principals: [
            { type: "AWS", identifiers: ["111122223333"] },
            { type: "AWS", identifiers: ["444455556666"] },
          ],
          conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: ["true"] }],
        },
        {
          effect: "Deny",
          actions: ["s3:*"],
          resources: ["*"],
          principals: [{ type: "*", identifiers: ["*"] }],
        },
      ],
    });
    assert.deepEqual(JSON.parse(String(document?.json)), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Read",
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:ListBucket"],
          Resource: "arn:aws:s3:::claims/*",
          Principal: { AWS: ["111122223333", "444455556666"] },
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        },
        { Effect: "Deny", Action: "s3:*", Resource: "*", Principal: "*" },
      ],
    });
  });

  it("is left to the provider where documents are laid over each other", () => {
    assert.equal(policyDocument({ sourcePolicyDocuments: ["{}"] }), undefined);
  });
});

describe("a program that looks things up and reads another stack, previewed without either", function () {
  this.timeout(300_000);
  this.slow(60_000);

  it("is judged with what it could not learn unknown", async () => {
    const { plan, status, complained } = await preview(
      "test/offline/fixtures/looked-up/Pulumi.looked-up.yaml",
      ...["--policy-config", "test/refused/settings.json"],
    );
    assert.equal(status, 1, complained);
    const named = (name: string) => plan?.resources.find((resource) => resource.name === name);
    assert.equal(named("claims")?.inputs.bucket, "claims-ap-northeast-1");
    assert.equal(named("zone-1")?.inputs.availabilityZone, "ap-northeast-1b");
    assert.deepEqual(named("zone-1")?.inputs.vpcId, { $unknown: true });
    const refused = plan?.violations.filter(({ level }) => level === "mandatory") ?? [];
    assert.deepEqual(
      refused.map(({ rule, verdict }) => `${rule} ${verdict}`),
      ["destinations-of-labelled-data-are-known cannotBeShown"],
    );
  });

  it("ends where a program would compare what nobody knows, and says how to ask instead", async () => {
    const { status, complained } = await preview(
      "test/offline/fixtures/looked-up/Pulumi.compared.yaml",
      ...["--policy-config", "test/refused/settings.json"],
    );
    assert.equal(status, 3);
    assert.match(complained, /cidrBlock of getVpc is not known without a cloud.*getVpcOutput/s);
  });
});
