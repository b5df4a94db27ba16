import assert from "node:assert/strict";
import fc from "fast-check";
import {
  diskGiB,
  domainSize,
  graphMemoryGiB,
  graphRoomGiB,
  indexSettings,
  largestDimension,
  shardsOf,
  type VectorEngine,
  validateVectors,
} from "../../../components/knowledge/vector-size";

const load = fc.record({
  vectors: fc.integer({ min: 1, max: 200_000_000 }),
  dimension: fc.integer({ min: 8, max: 4096 }),
  bits: fc.constantFrom(32, 16, 8),
  links: fc.integer({ min: 4, max: 64 }),
  replicas: fc.integer({ min: 0, max: 2 }),
});

describe("the size of a vector index", () => {
  it("is the formula of OpenSearch", () => {
    // 1.1 x (4 x 256 + 8 x 16) x 1,000,000 bytes: the example of its documentation, 1.267 GB for one copy.
    const gib = graphMemoryGiB({ vectors: 1_000_000, dimension: 256, links: 16, replicas: 0 });
    assert.ok(Math.abs(gib * 1024 ** 3 - 1.1 * (4 * 256 + 8 * 16) * 1e6) < 1);
  });

  it("grows with vectors, dimension, replicas and bits", () => {
    fc.assert(
      fc.property(load, (one) => {
        const memory = graphMemoryGiB(one);
        for (const larger of [
          { ...one, vectors: one.vectors * 2 },
          { ...one, dimension: one.dimension + 8 },
          { ...one, replicas: one.replicas + 1 },
          { ...one, bits: one.bits * 2 },
        ]) {
          assert.ok(graphMemoryGiB(larger) > memory);
        }
        assert.ok(diskGiB(one) > memory);
        assert.ok(shardsOf(one) >= 1);
      }),
    );
  });

  it("fits the nodes that it asks for, the same number in each zone, and not one set fewer", () => {
    fc.assert(
      fc.property(load, fc.integer({ min: 1, max: 3 }), (one, zones) => {
        const { nodeType, nodes, memoryGiB, volumeGiBPerNode } = domainSize(one, zones);
        const room = graphRoomGiB(nodeType) ?? 0;
        assert.equal(nodes % zones, 0);
        assert.ok(nodes * room >= memoryGiB - 1e-9);
        assert.ok(nodes === zones || (nodes - zones) * room < memoryGiB);
        assert.ok(volumeGiBPerNode * nodes >= diskGiB(one) - 1e-6);
      }),
    );
  });
});

describe("vectors that an engine takes", () => {
  it("have at most its dimension", () => {
    for (const [engine, most] of Object.entries(largestDimension) as [VectorEngine, number][]) {
      const vectors = { vectors: 1, dimension: most };
      assert.deepEqual(validateVectors(vectors, engine, "cosine"), []);
      const [problem] = validateVectors({ ...vectors, dimension: most + 1 }, engine, "cosine");
      assert.match(
        problem?.reason ?? "",
        new RegExp(`${most + 1}: ${engine} takes whole numbers from 1 to ${most}`),
      );
    }
  });

  it("are compared by a metric that the engine has", () => {
    const [problem] = validateVectors({ vectors: 1, dimension: 8 }, "s3Vectors", "dotProduct");
    assert.match(problem?.reason ?? "", /compares by cosine, euclidean/);
  });

  it("are described to OpenSearch as they are kept", () => {
    const settings = indexSettings({ vectors: 1, dimension: 1024, bits: 16 }, "cosine", 3);
    assert.deepEqual(settings.settings, { index: { knn: true, number_of_shards: 3, number_of_replicas: 2 } });
    assert.match(JSON.stringify(settings), /"space_type":"cosinesimil".*"type":"fp16"/);
    assert.match(
      JSON.stringify(indexSettings({ vectors: 1, dimension: 1024, bits: 1 }, "cosine", 1)),
      /"data_type":"binary".*"space_type":"hamming"/,
    );
  });
});
