import assert from "node:assert/strict";
import { judge } from "@hybrid-ai-fabric/graph";
import { sovereigntyRules } from "@hybrid-ai-fabric/policy-sovereignty/rules";
import { claims, plan, ref, registry, type Spec, unborn } from "../../support/plan";
import { today } from "../../support/rule-suite";

describe("a function that anybody may call", () => {
  const rule = "ways-to-the-internet-are-accepted";
  const found = (authorizationType: Spec, more: object = {}) =>
    judge(
      plan([
        {
          type: "aws:lambda/function:Function",
          name: "answers",
          properties: { region: "ap-northeast-1", role: "r", tags: claims },
        },
        {
          type: "aws:lambda/functionUrl:FunctionUrl",
          name: "address",
          properties: { region: "ap-northeast-1", functionName: ref("answers"), authorizationType },
        },
      ]),
      { ...registry, ...more },
      sovereigntyRules,
      today,
    ).violations.filter((violation) => violation.rule === rule);

  it("is a way to the Internet, told, and refused where strict", () => {
    assert.deepEqual(
      found("NONE").map(({ level }) => level),
      ["advisory"],
    );
    assert.deepEqual(
      found("NONE", { strict: true }).map(({ level }) => level),
      ["mandatory"],
    );
    assert.equal(found(unborn).length, 1);
  });

  it("is none where callers sign, or the way is accepted", () => {
    assert.deepEqual(found("AWS_IAM"), []);
    const accepted = { id: "internet:address", basis: "it answers with public data", expires: "2031-12-31" };
    assert.deepEqual(found("NONE", { attestations: [...registry.attestations, accepted] }), []);
  });
});
