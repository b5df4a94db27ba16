import assert from "node:assert/strict";
import { localityRules } from "@hybrid-ai-fabric/policy-locality/rules";
import type { ResourceSpec } from "../../../support/plan";
import { violationsOf } from "../../../support/rule-suite";
import { trainingFixtures } from "./fixtures";

const cluster = (readsPerDay: number): ResourceSpec => ({
  type: "hybrid-ai-fabric:index:EfaCluster",
  name: "train",
  properties: { readsPerDay },
});

describe("what reads across zones and regions cost in a year", () => {
  const messages = (rule: string, ...more: ResourceSpec[]) =>
    violationsOf(localityRules, [...(trainingFixtures[rule]?.fail ?? []), ...more])
      .filter((violation) => violation.rule === rule)
      .map(({ message }) => message);
  const usd = (text: string | undefined, pattern: RegExp) => Number(pattern.exec(text ?? "")?.[1]);

  it("follows the epochs that clusters declare, once a day without", () => {
    const yearly = /([\d]+) USD a year/;
    for (const rule of [
      "stores-stand-in-the-zone-of-their-cluster",
      "repositories-are-in-the-region-of-their-file-system",
    ]) {
      const [once] = messages(rule);
      const [often] = messages(rule, cluster(4));
      assert.match(once ?? "", /once a day/);
      assert.match(often ?? "", /4 times a day/);
      assert.ok(Math.abs(usd(often, yearly) / usd(once, yearly) - 4) < 0.01);
    }
  });

  it("is that of 4.7 TiB at 0.02 USD per GB between regions", () => {
    const [message] = messages("repositories-are-in-the-region-of-their-file-system");
    const filling = (4800 / 1024) * (1024 ** 4 / 1e9) * 0.02;
    assert.equal(usd(message, /Filling it once costs about (\d+) USD/), Math.round(filling));
    assert.equal(usd(message, /up to (\d+) USD a year/), Math.round(filling * 365));
  });
});
