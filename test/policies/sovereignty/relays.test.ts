import assert from "node:assert/strict";
import { agentsPassOn } from "../../../policies/sovereignty/rules/agents-pass-on-only-what-the-next-may-hold";
import { type ResourceSpec, registry, type Spec } from "../../support/plan";
import { violationsOf } from "../../support/rule-suite";

function channel(from: string, to: string, more: { [property: string]: Spec }): ResourceSpec {
  return {
    type: "hybrid-ai-fabric:index:DeclaredChannel",
    name: `${from}-${to}`,
    properties: {
      from,
      to,
      carries: ["figures"],
      answers: false,
      fromPlaces: ["JP"],
      toPlaces: ["JP"],
      ...more,
    },
  };
}

const received = channel("scorer", "triage", { carries: ["claims"] });
const abroad = { toPlaces: ["aws:eu-central-1"] };
const step = { from: "claims", to: "figures", approval: "figures-of-claims" };
const approval = {
  id: "figures-of-claims",
  urn: "*::triage-statistics",
  from: "claims",
  to: "figures",
  approver: "data-protection@example.com",
  expires: "2027-01-01",
};

function messages(plan: ResourceSpec[], settings: unknown = registry): string[] {
  return violationsOf([agentsPassOn], plan, settings)
    .filter(({ rule }) => rule === agentsPassOn.id)
    .map(({ message }) => message);
}

describe("what agents pass on", () => {
  it("is refused at the end of a chain, with the chain", () => {
    const [message, ...more] = messages([received, channel("triage", "statistics", abroad)]);
    assert.equal(more.length, 0);
    assert.match(
      message ?? "",
      /"claims" can reach "statistics" in eu-central-1 \(DE\) by scorer-triage, then triage-statistics/,
    );
  });

  it("counts in answers", () => {
    const question = channel("statistics", "triage", { answers: true, fromPlaces: ["aws:eu-central-1"] });
    assert.equal(messages([received, question]).length, 1);
    assert.deepEqual(
      messages([received, channel("statistics", "triage", { fromPlaces: ["aws:eu-central-1"] })]),
      [],
    );
  });

  it("ends where a declassification is declared and approved, and not where it is only declared", () => {
    const plan = [received, channel("triage", "statistics", { ...abroad, declassifies: [step] })];
    assert.equal(messages(plan).length, 1);
    assert.deepEqual(messages(plan, { ...registry, approvals: [approval] }), []);
    const expired = { ...registry, approvals: [{ ...approval, expires: "2026-01-01" }] };
    assert.equal(messages(plan, expired).length, 1);
    const elsewhere = { ...registry, approvals: [{ ...approval, urn: "*::other" }] };
    assert.equal(messages(plan, elsewhere).length, 1);
  });

  it("goes around in circles once", () => {
    const back = channel("triage", "scorer", {});
    assert.deepEqual(messages([received, back]), []);
  });
});
