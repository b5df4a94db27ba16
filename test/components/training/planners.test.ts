import assert from "node:assert/strict";
import {
  busBandwidth,
  efaLayout,
  fullRateEfaCounts,
  type InstanceType,
  instanceType,
  instanceTypeIds,
  isLustreMetadataIops,
  lustreCapacity,
  lustreMBps,
  lustreThroughputs,
  wrongLustreCapacity,
  zoneOffer,
} from "@hybrid-ai-fabric/locality";
import fc from "fast-check";
import { expectedFabric } from "../../../components/training/expected-fabric";
import { planStore } from "../../../components/training/store-plan";

const types = instanceTypeIds().map((id) => instanceType(id) as InstanceType);
const withEfa = types.filter(({ maxEfa }) => maxEfa > 0);
const anyEfaType = fc.constantFrom(...withEfa);
const style = fc.constantFrom("efa-only" as const, "efa" as const);

describe("the layout of network interfaces", () => {
  it("reaches the full rate of every type, one EFA to a card, on no slot twice", () => {
    fc.assert(
      fc.property(anyEfaType, style, (type, kind) => {
        const layout = efaLayout(type, kind);
        const efa = layout.filter((entry) => entry.kind !== "interface");
        assert.ok(fullRateEfaCounts(type).includes(efa.length), type.id);
        assert.equal(new Set(efa.map(({ card }) => card)).size, efa.length);
        assert.equal(new Set(layout.map(({ card, device }) => `${card}/${device}`)).size, layout.length);
        assert.ok(layout.every(({ card }) => card < (type.cards ?? 0)));
      }),
    );
  });

  it("has a primary interface with an address, and no EFA on a card that takes none", () => {
    fc.assert(
      fc.property(anyEfaType, style, (type, kind) => {
        const primary = efaLayout(type, kind).filter(({ card, device }) => card === 0 && device === 0);
        assert.equal(primary.length, 1);
        assert.notEqual(primary[0]?.kind, "efa-only");
        if (!type.firstCardTakesEfa) {
          const first = efaLayout(type, kind).filter(({ card }) => card === 0);
          assert.deepEqual(
            first.map((entry) => entry.kind),
            ["interface"],
          );
        }
      }),
    );
  });

  it("is the one that EC2 documents for each kind of type", () => {
    const count = (id: string) => {
      const layout = efaLayout(instanceType(id) as InstanceType);
      return [layout.length, layout.filter(({ kind }) => kind === "efa-only").length];
    };
    assert.deepEqual(count("p5.48xlarge"), [33, 32]);
    assert.deepEqual(count("p5en.48xlarge"), [17, 16]);
    assert.deepEqual(count("p6-b300.48xlarge"), [17, 16]);
    assert.deepEqual(count("g6e.8xlarge"), [2, 1]);
    assert.deepEqual(count("g6e.xlarge"), [1, 0]);
    const gb200 = efaLayout(instanceType("p6e-gb200.36xlarge") as InstanceType);
    assert.deepEqual(
      gb200.map(({ card }) => card),
      [0, 1, 5, 9, 13],
    );
  });

  it("spends one address per node, or one per card where asked", () => {
    const p5 = instanceType("p5.48xlarge") as InstanceType;
    const addresses = (kind: "efa" | "efa-only") =>
      efaLayout(p5, kind).filter((entry) => entry.kind !== "efa-only").length;
    assert.deepEqual([addresses("efa-only"), addresses("efa")], [1, 32]);
  });
});

describe("bus bandwidth", () => {
  it("has a floor below its ceiling, for every type and size", () => {
    fc.assert(
      fc.property(anyEfaType, fc.integer({ min: 2, max: 10_000 }), (type, nodes) => {
        const { floorGBps = 0, ceilingGBps = Number.POSITIVE_INFINITY } = busBandwidth(type, nodes);
        assert.ok(floorGBps < ceilingGBps, `${type.id} ${floorGBps} ${ceilingGBps}`);
      }),
    );
  });

  it("holds for what was published of nccl-tests: floor, figure, ceiling", () => {
    // awslabs/awsome-distributed-ai, 2026-07: all_reduce bus bandwidth.
    const published: [type: string, nodes: number, GBps: number][] = [
      ["p5.48xlarge", 2, 480],
      ["p6-b200.48xlarge", 4, 377],
      ["p6-b300.48xlarge", 2, 654],
      ["p6-b300.48xlarge", 2, 751],
    ];
    for (const [id, nodes, figure] of published) {
      const { floorGBps, ceilingGBps } = busBandwidth(instanceType(id) as InstanceType, nodes);
      assert.ok(floorGBps !== undefined && ceilingGBps !== undefined);
      assert.ok(floorGBps <= figure && figure <= ceilingGBps, `${id}: ${floorGBps} ${ceilingGBps}`);
    }
  });

  it("says nothing where nothing was published", () => {
    assert.deepEqual(busBandwidth(instanceType("g6e.8xlarge") as InstanceType, 1), {});
    assert.equal(expectedFabric("g6e.8xlarge", 4).busFloorGBps, undefined);
    assert.equal(expectedFabric("p5en.48xlarge", 1).busFloorGBps, 500);
    assert.equal(expectedFabric("p5en.48xlarge", 16).busFloorGBps, 320);
  });
});

describe("capacity of a Lustre file system", () => {
  const throughput = fc.constantFrom(...lustreThroughputs);
  const need = fc.integer({ min: 1, max: 4_000_000 });

  it("is on sale, holds what is needed, and is not a step too much", () => {
    fc.assert(
      fc.property(need, throughput, fc.boolean(), (needGiB, perTiB, efa) => {
        const capacityGiB = lustreCapacity(needGiB, perTiB, efa);
        assert.ok(capacityGiB >= needGiB);
        assert.equal(wrongLustreCapacity({ capacityGiB, perTiB, efa }), undefined);
        const step = efa || capacityGiB <= 2400 ? lustreCapacity(1, perTiB, efa) : 2400;
        assert.ok(capacityGiB - step < needGiB || capacityGiB === lustreCapacity(1, perTiB, efa));
      }),
    );
  });

  it("names the legal sizes around one that is not on sale", () => {
    fc.assert(
      fc.property(need, throughput, fc.boolean(), (capacityGiB, perTiB, efa) => {
        const around = wrongLustreCapacity({ capacityGiB, perTiB, efa });
        if (!around) return;
        for (const legal of around) {
          assert.equal(wrongLustreCapacity({ capacityGiB: legal, perTiB, efa }), undefined);
        }
        assert.ok(Math.max(...around) > capacityGiB);
        assert.ok(around.length === 1 || Math.min(...around) < capacityGiB);
      }),
    );
    assert.deepEqual(wrongLustreCapacity({ capacityGiB: 5000, perTiB: 1000, efa: true }), [4800, 9600]);
    assert.deepEqual(wrongLustreCapacity({ capacityGiB: 1000, perTiB: 125, efa: false }), [1200]);
  });

  it("has metadata IOPS in the sizes of AWS", () => {
    assert.deepEqual([1500, 6000, 12000, 24000, 192000].map(isLustreMetadataIops), Array(5).fill(true));
    assert.deepEqual([0, 2000, 13000, 204000].map(isLustreMetadataIops), Array(4).fill(false));
  });
});

describe("the plan of a store", () => {
  const demand = fc.record({
    hotTiB: fc.integer({ min: 1, max: 2000 }),
    nodes: fc.integer({ min: 1, max: 500 }),
    readGBpsPerGpu: fc.constantFrom(0.1, 0.5, 1),
    efa: fc.boolean(),
    type: anyEfaType,
  });

  it("holds what is hot, and feeds every GPU from disk", () => {
    fc.assert(
      fc.property(demand, ({ hotTiB, nodes, readGBpsPerGpu, efa, type }) => {
        const gpus = type.gpus * nodes;
        const plan = planStore({ hotTiB, gpus, readGBpsPerGpu, instanceType: type.id, nodes, efa });
        assert.ok(plan.capacityGiB >= hotTiB * 1024);
        assert.ok(lustreMBps(plan) >= gpus * readGBpsPerGpu * 1000 - 1e-6);
        assert.ok(plan.efa === (efa && !type.id.startsWith("trn2")));
        // Never optimistic: the epoch takes as long as the disks, and the clients, need at least.
        assert.ok(plan.epochHours * 3600 * plan.readGBps >= (hotTiB * 1024 ** 4) / 1e9 - 1e-6);
      }),
    );
  });

  it("never shrinks when the dataset or the cluster grows", () => {
    fc.assert(
      fc.property(demand, ({ hotTiB, nodes, readGBpsPerGpu, efa, type }) => {
        const plan = (more: number, tib: number) =>
          planStore({
            hotTiB: hotTiB + tib,
            gpus: type.gpus * (nodes + more),
            readGBpsPerGpu,
            instanceType: type.id,
            nodes: nodes + more,
            efa,
          });
        const price = ({ capacityGiB, perTiB }: { capacityGiB: number; perTiB: number }) =>
          capacityGiB * ({ 125: 0.145, 250: 0.21, 500: 0.34, 1000: 0.6 }[perTiB] ?? 0);
        assert.ok(price(plan(1, 0)) >= price(plan(0, 0)) - 1e-9);
        assert.ok(price(plan(0, 5)) >= price(plan(0, 0)) - 1e-9);
      }),
    );
  });
});

describe("offers of zones", () => {
  it("tell a zone that offers a type from one that does not, and from silence", () => {
    assert.deepEqual(zoneOffer("ap-northeast-1", "p5en.48xlarge", "apne1-az4"), { offered: "yes" });
    assert.deepEqual(zoneOffer("ap-northeast-1", "p5en.48xlarge", "apne1-az1"), {
      offered: "elsewhere",
      zones: ["apne1-az4"],
    });
    assert.deepEqual(zoneOffer("ap-northeast-1", "g6e.8xlarge", "apne1-az1"), { offered: "unknown" });
  });
});
