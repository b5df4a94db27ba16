import assert from "node:assert/strict";
import fc from "fast-check";
import { layOut } from "../../../policies/page/layout";
import { pictureOf } from "../../../policies/page/picture";
import { judged } from "../../support/judged";
import { abroad, atHome, channel, withTransfer } from "../../support/leaks";

describe("the picture of a plan", () => {
  it("has the places of data, and a link for every way from one to another", () => {
    const { stops, links, datasets } = pictureOf(judged(abroad));
    assert.deepEqual(
      stops.map(({ id, city, resources }) => [id, city, resources]),
      [
        ["ap-northeast-1 (JP)", "Tokyo", 1],
        ["us-east-1 (US)", "N. Virginia", 1],
      ],
    );
    assert.deepEqual(
      links.map(({ kind, from, to, directed, datasets: carried }) => [kind, from, to, directed, carried]),
      [["flow", "ap-northeast-1 (JP)", "us-east-1 (US)", true, ["claims"]]],
    );
    const [claims] = datasets;
    assert.deepEqual(claims?.restsIn, ["ap-northeast-1 (JP)", "us-east-1 (US)"]);
    assert.equal(claims?.verdict, "refused");
  });

  it("marks on the map what a finding is about", () => {
    const { findings, links } = pictureOf(judged(abroad));
    const copy = findings.find(({ rule }) => rule === "copies-stay-where-their-source-may-be");
    assert.deepEqual(copy?.stops, ["ap-northeast-1 (JP)", "us-east-1 (US)"]);
    assert.deepEqual(
      copy?.links,
      links.map(({ id }) => id),
    );
  });

  it("has no link where everything stays in one place", () => {
    const { links, stops, findings } = pictureOf(judged(atHome));
    assert.deepEqual(links, []);
    assert.equal(stops.length, 1);
    assert.deepEqual(findings, []);
  });

  it("draws a channel in its direction, and the place that only a channel joins", () => {
    const { stops, links } = pictureOf(judged([...atHome, channel]));
    const ask = links.find(({ kind }) => kind === "channel");
    assert.deepEqual(
      [ask?.from, ask?.to, ask?.directed, ask?.carriers.map(({ name }) => name)],
      ["ap-northeast-1 (JP)", "metro OS (JP)", true, ["ask (http)"]],
    );
    assert.ok(stops.some(({ id, resources }) => id === "metro OS (JP)" && resources === 0));
  });

  it("puts what was predicted of an interconnect and of its transfers beside its name", () => {
    const { links } = pictureOf(judged(withTransfer));
    const carrier = links.find(({ kind }) => kind === "path")?.carriers[0];
    assert.equal(carrier?.name, "ty-tokyo");
    assert.deepEqual(carrier?.figures, ["maximum: 99.99 %, 2 ms", "claims-in: 24.4 h"]);
  });

  it("does not depend on the order of the resources", () => {
    const plan = judged([...abroad, channel]);
    const expected = JSON.stringify(pictureOf(plan));
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...plan.resources], { minLength: plan.resources.length }),
        (resources) => {
          assert.equal(JSON.stringify(pictureOf({ ...plan, resources })), expected);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("the layout of a map", () => {
  it("gives every place a box that touches no other, and every link a curve", async () => {
    const { stops, links } = pictureOf(judged([...abroad, channel]));
    const { boxes, curves, width, height } = await layOut(stops, links);
    const all = stops.map(({ id }) => boxes.get(id) ?? assert.fail(`${id} has no box`));
    for (const [index, a] of all.entries()) {
      assert.ok(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height);
      for (const b of all.slice(index + 1)) {
        const apart =
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        assert.ok(apart);
      }
    }
    assert.deepEqual(
      links.map(({ id }) => curves.has(id)),
      links.map(() => true),
    );
  });
});
