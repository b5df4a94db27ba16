import assert from "node:assert/strict";
import { servingInstance, servingInstanceIds } from "@hybrid-ai-fabric/locality";
import fc from "fast-check";
import {
  coldStart,
  gracePeriod,
  LONGEST_TIMEOUT,
  loadTimeouts,
  memoryNeeded,
  SHORTEST_TIMEOUT,
  validateModelLoad,
} from "../../../components/serving/model-load";

const type = fc.constantFrom(...servingInstanceIds());
const size = fc.double({ min: 0.1, max: 3000, noNaN: true });

function cold(
  gib: number,
  instanceType: string,
  more: { readGbps?: number; instancesPerCopy?: number } = {},
) {
  const found = coldStart({ gib, instanceType, ...more });
  assert.ok(found);
  return found;
}

describe("the cold start of a model", () => {
  it("takes longer for a larger model, and no longer on more instances or a faster reader", () => {
    fc.assert(
      fc.property(type, size, size, fc.integer({ min: 1, max: 8 }), (instanceType, gib, more, instances) => {
        const alone = cold(gib, instanceType);
        assert.ok(cold(gib + more, instanceType).seconds > alone.seconds);
        assert.ok(cold(gib, instanceType, { instancesPerCopy: instances }).seconds <= alone.seconds);
        assert.ok(cold(gib, instanceType, { readGbps: 400 }).downloadSeconds <= alone.downloadSeconds);
      }),
    );
  });

  it("is the sum of its parts, and names the largest", () => {
    const found = cold(130, "ml.g6e.48xlarge");
    assert.ok(Math.abs(found.seconds - (60 + found.downloadSeconds + found.residentSeconds)) < 1e-6);
    assert.equal(found.limitedBy, "local disk");
    // 130 GiB over 50 Gbps.
    assert.ok(Math.abs(found.downloadSeconds - 22.3) < 0.1);
  });

  it("leaves timeouts that SageMaker takes, and that the load fits in twice wherever they can", () => {
    fc.assert(
      fc.property(type, size, (instanceType, gib) => {
        const found = cold(gib, instanceType);
        const { download, startup } = loadTimeouts(found);
        for (const timeout of [download, startup]) {
          assert.ok(Number.isInteger(timeout) && timeout >= SHORTEST_TIMEOUT && timeout <= LONGEST_TIMEOUT);
        }
        assert.ok(download === LONGEST_TIMEOUT || download >= 2 * found.downloadSeconds);
        assert.ok(gracePeriod(found) >= found.seconds);
      }),
    );
  });
});

describe("a model on its instances", () => {
  it("is refused exactly when it needs more memory than they have", () => {
    fc.assert(
      fc.property(type, size, fc.integer({ min: 1, max: 4 }), (instanceType, gib, instancesPerCopy) => {
        const load = { gib, instanceType, instancesPerCopy };
        const there = (servingInstance(instanceType)?.memoryGiB ?? 0) * instancesPerCopy;
        const refused = validateModelLoad(load, "model", false).length > 0;
        assert.equal(refused, memoryNeeded(load) > there);
      }),
    );
  });

  it("is told with what it needs and what there is", () => {
    const [problem] = validateModelLoad({ gib: 140, instanceType: "ml.g5.12xlarge" }, "model", true);
    assert.equal(problem?.propertyPath, "model.gib");
    assert.match(problem?.reason ?? "", /140 GiB need 168 GiB .* one g5\.12xlarge has 88 GiB/);
  });

  it("is refused on a type without accelerators", () => {
    const [problem] = validateModelLoad({ gib: 1, instanceType: "ml.m5.xlarge" }, "model", true);
    assert.equal(problem?.propertyPath, "instanceType");
  });
});
