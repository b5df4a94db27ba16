import assert from "node:assert/strict";
import { catalogueRows, judge } from "@hybrid-ai-fabric/graph";
import { readersAreInside } from "../../../policies/sovereignty/rules/who-may-read-is-where-the-data-may-be";
import {
  bucket,
  claims,
  keyType,
  plan,
  type ResourceSpec,
  ref,
  registry,
  type Spec,
  unborn,
} from "../../support/plan";
import { today } from "../../support/rule-suite";

const tokyo = "ap-northeast-1";
const own = "111122223333";
const foreign = "444455556666";
const main: ResourceSpec = {
  type: "pulumi:providers:aws",
  name: "main",
  properties: { region: tokyo, allowedAccountIds: [own] },
};

function found(specs: readonly ResourceSpec[], settings: object = {}): string[] {
  const managed = specs.map((spec) => (spec.type.startsWith("aws:") ? { ...spec, provider: "main" } : spec));
  return judge(plan([main, ...managed]), { ...registry, ...settings }, [readersAreInside], today)
    .violations.filter(({ rule }) => rule === readersAreInside.id)
    .map(({ level, verdict }) => `${level} ${verdict}`);
}

const document = (statement: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*", ...statement }],
  });
const policed = (policy: Spec): ResourceSpec[] => [
  bucket("claims", tokyo, claims),
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    name: "policy",
    properties: { region: tokyo, bucket: ref("claims"), policy },
  },
];
const broken = ["mandatory broken"];
const unshown = ["mandatory cannotBeShown"];

describe("who may read", () => {
  const policies: [string, object, string[]][] = [
    ["a role of the account", { Principal: { AWS: `arn:aws:iam::${own}:role/reader` } }, []],
    ["a role of another account", { Principal: { AWS: [`arn:aws:iam::${foreign}:root`] } }, unshown],
    ["a service", { Principal: { Service: "logging.s3.amazonaws.com" } }, []],
    ["anybody", { Principal: "*" }, broken],
    ["anybody but one", { NotPrincipal: { AWS: own } }, broken],
    ["nobody", { Effect: "Deny", Principal: "*" }, []],
    [
      "anybody of the account",
      { Principal: "*", Condition: { StringEquals: { "aws:PrincipalAccount": own } } },
      [],
    ],
    [
      "anybody of an organisation",
      { Principal: { AWS: "*" }, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } },
      unshown,
    ],
    [
      "anybody who is not of the account",
      { Principal: "*", Condition: { StringNotEquals: { "aws:PrincipalAccount": own } } },
      broken,
    ],
    [
      "anybody through an endpoint",
      { Principal: "*", Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } },
      [],
    ],
    [
      "anybody who uses TLS",
      { Principal: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } },
      broken,
    ],
  ];
  for (const [who, statement, expected] of policies) {
    it(`is read from a policy that lets ${who}`, () => {
      assert.deepEqual(found(policed(document(statement))), expected);
    });
  }

  it("is told once where policies are computed, refused where strict, and taken from the settings", () => {
    assert.deepEqual(found(policed(unborn)), ["advisory cannotBeShown"]);
    assert.deepEqual(found(policed(unborn), { strict: true }), unshown);
    assert.deepEqual(found(policed(unborn), { labels: [{ name: "policy", readers: [] }] }), []);
    assert.deepEqual(found(policed(unborn), { labels: [{ name: "policy", readers: [foreign] }] }), unshown);
  });

  it("may be another account that the settings place where the data may be, until a day", () => {
    const policy = policed(document({ Principal: { AWS: foreign } }));
    const accounts = (places: string[] | undefined, expires = "2027-01-01") => ({
      accounts: { [foreign]: { owner: "partner", expires, ...(places ? { places } : {}) } },
    });
    assert.deepEqual(found(policy, accounts(["aws:ap-northeast-3"])), []);
    assert.deepEqual(found(policy, accounts(["aws:us-east-1"])), broken);
    assert.deepEqual(found(policy, accounts(undefined)), []);
    assert.deepEqual(found(policy, accounts(["JP"], "2026-01-01")), unshown);
  });

  it("follows a share to whom it is shared with", () => {
    const shared = (principal: string): ResourceSpec[] => [
      { type: "aws:rds/cluster:Cluster", name: "cluster", properties: { region: tokyo, tags: claims } },
      {
        type: "aws:ram/resourceShare:ResourceShare",
        name: "share",
        properties: { region: tokyo, name: "s" },
      },
      {
        type: "aws:ram/resourceAssociation:ResourceAssociation",
        name: "what",
        properties: { region: tokyo, resourceArn: ref("cluster"), resourceShareArn: ref("share") },
      },
      {
        type: "aws:ram/principalAssociation:PrincipalAssociation",
        name: "whom",
        properties: { region: tokyo, resourceShareArn: ref("share"), principal },
      },
    ];
    assert.deepEqual(found(shared(foreign)), unshown);
    assert.deepEqual(found(shared(own)), []);
    const ou = `arn:aws:organizations::${own}:ou/o-abcdefghij/ou-ab12-abcdefgh`;
    assert.deepEqual(found(shared(ou)), unshown);
  });

  it("includes who may use the key of the data", () => {
    const granted = (granteePrincipal: string): ResourceSpec[] => [
      { type: keyType, name: "key", properties: { region: tokyo } },
      {
        type: "aws:sqs/queue:Queue",
        name: "queue",
        properties: { region: tokyo, tags: claims, kmsMasterKeyId: ref("key") },
      },
      {
        type: "aws:kms/grant:Grant",
        name: "grant",
        properties: { region: tokyo, keyId: ref("key"), granteePrincipal },
      },
    ];
    assert.deepEqual(found(granted(`arn:aws:iam::${foreign}:role/r`)), unshown);
    assert.deepEqual(found(granted(`arn:aws:iam::${own}:role/r`)), []);
  });

  for (const row of catalogueRows().filter(({ readers }) => readers.length > 0)) {
    for (const path of row.readers) {
      it(`${row.type} ${path}: foreign refused, own passed, unknown told`, () => {
        const granted = (reader: Spec): ResourceSpec[] => [
          { type: row.type, name: "grant", properties: { region: tokyo, ...nested(path, reader) } },
        ];
        const settings = { labels: [{ name: "grant", dataset: ["claims"] }] };
        const isDocument = /polic/i.test(path);
        const as = (id: string) => (isDocument ? document({ Principal: { AWS: id } }) : id);
        assert.deepEqual(found(granted(as(foreign)), settings), unshown);
        assert.deepEqual(found(granted(as(own)), settings), []);
        assert.deepEqual(found(granted(unborn), { ...settings, strict: true }), unshown);
        if (row.grantsOn.length === 0) return;
        const [subject] = row.grantsOn;
        const about = nested(subject?.path ?? "", "their-store");
        const known = { externalStores: [{ match: "their-store", place: "JP", dataset: ["claims"] }] };
        const specs: ResourceSpec[] = [
          {
            type: row.type,
            name: "grant",
            properties: { region: tokyo, ...about, ...nested(path, as(foreign)) },
          },
        ];
        assert.deepEqual(found(specs, known), unshown);
      });
    }
  }
});

function nested(path: string, value: Spec): { [property: string]: Spec } {
  const [first = "", ...rest] = path.split(".");
  const inner = rest.length > 0 ? nested(rest.join("."), value) : value;
  return first.endsWith("[]") ? { [first.slice(0, -2)]: [inner] } : { [first]: inner };
}
