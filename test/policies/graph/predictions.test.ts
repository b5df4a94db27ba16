import assert from "node:assert/strict";
import { judge, predictionsOf, type Value } from "@hybrid-ai-fabric/graph";
import fc from "fast-check";
import { plan, type Spec, unborn } from "../../support/plan";

const type = "hybrid-ai-fabric:index:BulkTransfer";
const hours = { subject: "claims-in", quantity: "first transfer", value: 51, unit: "h", limitedBy: "link" };

function predicted(predictions: Spec, name = "claims-in") {
  return predictionsOf(plan([{ type, name, properties: { predictions } }]));
}

describe("predictions of a plan", () => {
  it("are what components registered, in an order of their own", () => {
    const other = { subject: "a-in", quantity: "first transfer", value: "about a day", unit: "" };
    assert.deepEqual(predicted([hours, other]), { predictions: [other, hours], unread: [] });
    const { summary } = judge(plan([{ type, name: "t", properties: { predictions: [hours] } }]), {}, []);
    assert.deepEqual(summary.predictions, [hours]);
    assert.deepEqual(summary.unreadPredictions, []);
  });

  it("are skipped visibly where they are unknown or malformed, and the others stay", () => {
    const cases: [Spec, RegExp][] = [
      [unborn, /^predictions\[0\] of BulkTransfer claims-in: not known before creation$/],
      [{ ...hours, value: unborn }, /value is not known before creation/],
      [{ ...hours, value: true }, /value is neither a number nor a text/],
      [{ ...hours, unit: 3 }, /unit is not a text/],
      [{ ...hours, subject: "" }, /subject is not a text/],
      [{ ...hours, quantity: null }, /quantity is not a text/],
      [{ ...hours, limitedBy: 3 }, /limitedBy is not a text/],
      ["soon", /not an object/],
    ];
    for (const [entry, reason] of cases) {
      const { predictions, unread } = predicted([entry, hours]);
      assert.deepEqual(predictions, [hours]);
      assert.equal(unread.length, 1);
      assert.match(unread[0] ?? "", reason);
    }
    assert.match(predicted(unborn).unread[0] ?? "", /not known before creation/);
  });

  it("are taken from components only: a provider's resource may have such a property of its own", () => {
    const resources = plan([
      { type: "aws:s3/bucket:Bucket", name: "b", properties: { predictions: [hours] } },
    ]);
    assert.deepEqual(predictionsOf(resources), { predictions: [], unread: [] });
  });

  it("lose no entry: each is read or said to be skipped", () => {
    const anything = fc.oneof(fc.constant(hours as Value), fc.jsonValue() as fc.Arbitrary<Value>);
    fc.assert(
      fc.property(fc.array(anything), (entries) => {
        const { predictions, unread } = predicted(entries as Spec);
        assert.equal(predictions.length + unread.length, entries.length);
      }),
    );
  });
});
