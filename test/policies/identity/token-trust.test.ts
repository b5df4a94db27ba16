import assert from "node:assert/strict";
import { identityRules } from "@hybrid-ai-fabric/policy-identity/rules";
import fc from "fast-check";
import { violationsOf } from "../../support/rule-suite";
import { byToken, exact, issuer, role, subject, trust } from "./documents";

const github = "token.actions.githubusercontent.com";
const aud = { [`${issuer}:aud`]: "sts.amazonaws.com" };
const sub = `${issuer}:sub`;

function refusals(assumeRolePolicy: string): string[] {
  return violationsOf(identityRules, [role("scorer", assumeRolePolicy)]).map(({ rule }) => rule);
}

const subjects = "federated-subjects-are-exact";
const keys = "federated-conditions-need-their-keys";
const names = "federated-trust-names-audience-and-subject";

/** A condition block, and the rules that refuse it. The first four pass AWS itself, or scanners that read the first value only. */
const vectors: { shape: string; trust: string; refusedBy: string[] }[] = [
  {
    shape: "a wildcard behind an exact subject",
    trust: byToken({ StringEquals: aud, StringLike: { [sub]: [subject, "*"] } }),
    refusedBy: [subjects],
  },
  {
    shape: "ForAllValues, which holds for a token without the claim",
    trust: byToken({ StringEquals: aud, "ForAllValues:StringEquals": { [sub]: [subject] } }),
    refusedBy: [keys],
  },
  {
    shape: "IfExists, which holds for a token without the claim",
    trust: byToken({ StringEquals: aud, StringLikeIfExists: { [sub]: subject } }),
    refusedBy: [keys],
  },
  {
    shape: "ForAnyValue, which asks for the claim like a plain comparison",
    trust: byToken({ StringEquals: aud, "ForAnyValue:StringEquals": { [sub]: [subject] } }),
    refusedBy: [],
  },
  {
    shape: "every repository of an organisation",
    trust: trust(
      { Federated: `arn:aws:iam::111122223333:oidc-provider/${github}` },
      "sts:AssumeRoleWithWebIdentity",
      {
        StringEquals: { [`${github}:aud`]: "sts.amazonaws.com" },
        StringLike: { [`${github}:sub`]: "repo:example/*" },
      },
    ),
    refusedBy: [subjects],
  },
  { shape: "both claims, exactly", trust: byToken(exact), refusedBy: [] },
  {
    shape: "two exact subjects",
    trust: byToken({ StringEquals: { ...aud, [sub]: [subject, `${subject}-2`] } }),
    refusedBy: [],
  },
  {
    shape: "a pattern without a wildcard",
    trust: byToken({ StringEquals: aud, StringLike: { [sub]: subject } }),
    refusedBy: [],
  },
  {
    shape: "a star that is no wildcard under StringEquals and so fits nobody",
    trust: byToken({ StringEquals: { ...aud, [sub]: "system:serviceaccount:agents:*" } }),
    refusedBy: [],
  },
  {
    shape: "the first characters of a workload's name",
    trust: byToken({ StringEquals: aud, StringLike: { [sub]: "system:serviceaccount:agents:scorer-*" } }),
    refusedBy: [],
  },
  {
    shape: "every workload of a namespace",
    trust: byToken({ StringEquals: aud, StringLike: { [sub]: "system:serviceaccount:agents:*" } }),
    refusedBy: [subjects],
  },
  {
    shape: "one character left open",
    trust: byToken({ StringEquals: aud, StringLike: { [sub]: "system:serviceaccount:agents:score?" } }),
    refusedBy: [subjects],
  },
  {
    shape: "no subject at all",
    trust: byToken({ StringEquals: aud }),
    refusedBy: [names],
  },
  {
    shape: "no condition at all",
    trust: byToken(undefined),
    refusedBy: [names, names],
  },
  {
    shape: "the claims of another issuer",
    trust: byToken({
      StringEquals: { "other.example:aud": "sts.amazonaws.com", "other.example:sub": subject },
    }),
    refusedBy: [names, names],
  },
  {
    shape: "anybody but one",
    trust: byToken({ StringEquals: aud, StringNotEquals: { [sub]: subject } }),
    refusedBy: [keys, names],
  },
  {
    shape: "keys in another case",
    trust: byToken({
      StringEquals: { [`${issuer.toUpperCase()}:AUD`]: "sts.amazonaws.com", [`${issuer}:Sub`]: subject },
    }),
    refusedBy: [],
  },
  {
    shape: "an open audience",
    trust: byToken({ StringEquals: { [sub]: subject }, StringLike: { [`${issuer}:aud`]: "*" } }),
    refusedBy: [subjects],
  },
];

describe("trust in tokens", () => {
  for (const { shape, trust, refusedBy } of vectors) {
    it(`${refusedBy.length > 0 ? "refuses" : "takes"} ${shape}`, () => {
      assert.deepEqual(refusals(trust), refusedBy);
    });
  }

  it("refuses a wildcard wherever it stands in the list", () => {
    const name = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(fc.array(name, { maxLength: 6 }), fc.nat(6), (exactNames, at) => {
        const values = exactNames.map((each) => `system:serviceaccount:agents:${each}`);
        values.splice(Math.min(at, values.length), 0, "*");
        const found = refusals(byToken({ StringEquals: aud, StringLike: { [sub]: values } }));
        assert.deepEqual(found, [subjects]);
      }),
      { numRuns: 50 },
    );
  });
});
