import assert from "node:assert/strict";
import fc from "fast-check";
import { dayStretches, hoursOverDays, timeOf } from "../../../components/transfer/day-limits";
import { filterOf, shardDirectories } from "../../../components/transfer/shards";
import { planTransfer, whatWouldMeet } from "../../../components/transfer/transfer-plan";

const directories = fc
  .uniqueArray(fc.tuple(fc.stringMatching(/^\/[a-z]{1,8}$/), fc.integer({ min: 1, max: 100 })), {
    selector: ([path]) => path,
    maxLength: 12,
  })
  .map((entries) => entries.map(([path, sizeTiB]) => ({ path, sizeTiB })));

const task = fc.record({
  sizeTiB: fc.integer({ min: 1, max: 5000 }),
  linkMbps: fc.constantFrom(50, 500, 1000, 2000, 10_000, 25_000, 100_000),
  agents: fc.integer({ min: 1, max: 16 }),
});

describe("sharding", () => {
  it("gives every directory to exactly one task, and nothing is lost", () => {
    fc.assert(
      fc.property(
        directories,
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 1, max: 8 }),
        (dirs, rest, most) => {
          const total = dirs.reduce((sum, { sizeTiB }) => sum + sizeTiB, rest);
          const shards = shardDirectories(dirs, total, most);
          assert.ok(shards.length >= 1 && shards.length <= most);
          assert.deepEqual(shards.flatMap(({ paths }) => paths).sort(), dirs.map(({ path }) => path).sort());
          assert.equal(
            shards.reduce((sum, { sizeTiB }) => sum + sizeTiB, 0),
            total,
          );
        },
      ),
    );
  });

  it("is balanced to within the largest directory", () => {
    fc.assert(
      fc.property(directories, fc.integer({ min: 1, max: 8 }), (dirs, most) => {
        if (dirs.length < most) return;
        const total = dirs.reduce((sum, { sizeTiB }) => sum + sizeTiB, 0);
        const sizes = shardDirectories(dirs, total, most).map(({ sizeTiB }) => sizeTiB);
        const largest = Math.max(...dirs.map(({ sizeTiB }) => sizeTiB));
        assert.ok(Math.max(...sizes) - Math.min(...sizes) <= largest);
      }),
    );
  });

  it("does not depend on the order of the directories", () => {
    fc.assert(
      fc.property(directories, fc.integer({ min: 1, max: 4 }), (dirs, most) => {
        const shares = (list: typeof dirs) => shardDirectories(list, 1000, most);
        assert.deepEqual(shares([...dirs].reverse()), shares(dirs));
      }),
    );
  });

  it("writes filters as DataSync takes them", () => {
    assert.equal(filterOf(["/2025", "/2026"]), "/2025|/2026");
  });
});

describe("the plan of a transfer", () => {
  it("is never optimistic beyond the physical rate of the slowest hop", () => {
    fc.assert(
      fc.property(task, directories, fc.integer({ min: 1, max: 50 }), (base, dirs, sourceGbps) => {
        const shards = shardDirectories(dirs, base.sizeTiB, base.agents);
        const shared = { ...base, sourceGbps, limitMbps: 5000, shards };
        const slowest = Math.min(base.linkMbps / 1000, sourceGbps, 5, base.agents * 10, shards.length * 10);
        const physical = (base.sizeTiB * 1024 ** 4 * 8) / (slowest * 1e9) / 3600;
        const plan = planTransfer(shared);
        assert.ok(plan.hours >= physical - 1e-9);
        assert.ok(plan.gbps <= slowest + 1e-9);
      }),
    );
  });

  it("never takes longer with a faster link, and never less for more data", () => {
    fc.assert(
      fc.property(task, (base) => {
        const { hours } = planTransfer(base);
        assert.ok(planTransfer({ ...base, linkMbps: base.linkMbps * 2 }).hours <= hours);
        assert.ok(planTransfer({ ...base, agents: base.agents + 1 }).hours <= hours);
        assert.ok(planTransfer({ ...base, sizeTiB: base.sizeTiB + 1 }).hours > hours);
      }),
    );
  });

  it("is bound by its largest share, whatever the link", () => {
    const shards = [
      { paths: [], sizeTiB: 90 },
      { paths: ["/a"], sizeTiB: 10 },
    ];
    const plan = planTransfer({ sizeTiB: 100, linkMbps: 100_000, agents: 2, shards });
    assert.equal(plan.bottleneck, "tasks");
    assert.ok(Math.abs(plan.hours - (90 * 1024 ** 4 * 8) / 8e9 / 3600) < 1e-9);
  });

  it("is that of published examples: 100 TB over 10 Gbps", () => {
    const sizeTiB = 100e12 / 1024 ** 4;
    const { hours, bottleneck } = planTransfer({ sizeTiB, linkMbps: 10_000, agents: 2 });
    assert.equal(bottleneck, "link");
    assert.ok(Math.abs(hours - 27.8) < 0.1);
  });

  it("says what would meet a window, and that does", () => {
    fc.assert(
      fc.property(task, fc.integer({ min: 1, max: 500 }), (base, windowHours) => {
        const advice = whatWouldMeet(base, windowHours);
        if (planTransfer(base).hours <= windowHours) return assert.deepEqual(advice, []);
        const [changes = "", window = ""] = advice;
        const read = (pattern: RegExp) => Number(pattern.exec(changes)?.[1] ?? 0);
        const tasks = Math.max(1, read(/(\d+) tasks/));
        const share = { paths: [], sizeTiB: base.sizeTiB / tasks };
        const better = {
          ...base,
          linkMbps: Math.max(base.linkMbps, read(/link of (\d+)/)),
          agents: Math.max(base.agents, read(/(\d+) agents/), tasks * 2),
          shards: Array.from({ length: tasks }, () => share),
        };
        assert.ok(planTransfer(better).hours <= windowHours * 1.0001, changes);
        assert.ok(planTransfer(base).hours <= Number(/\d+/.exec(window)?.[0]));
      }),
    );
  });
});

describe("the plan of a transfer with limits at hours of the day", () => {
  const quarter = fc.integer({ min: 0, max: 95 }).map((index) => index * 15);
  /** One to three limits that do not overlap, cut from a day that begins anywhere. */
  const dayLimits = fc
    .tuple(
      fc.uniqueArray(quarter, { minLength: 2, maxLength: 6 }),
      fc.array(fc.integer({ min: 10, max: 9000 }), { minLength: 3, maxLength: 3 }),
    )
    .map(([turns, rates]) => {
      const sorted = [...turns].sort((a, b) => a - b);
      return sorted.flatMap((from, index) => {
        const to = sorted[index + 1];
        const mbps = rates[index / 2];
        return index % 2 === 1 || to === undefined || mbps === undefined
          ? []
          : [{ from: timeOf(from), to: timeOf(to), mbps }];
      });
    });

  /** Minutes counted one by one: slow, and without the arithmetic that it checks. */
  function counted(gbit: number, gbps: number, perMinute: readonly number[], start: number): number {
    let left = gbit;
    for (let minute = 0; ; minute++) {
      const rate = Math.min(gbps, (perMinute[(start + minute) % 1440] ?? 0) / 1000) * 60;
      if (left <= rate) return (minute + left / rate) / 60;
      left -= rate;
    }
  }

  it("is what counting minute by minute gives, and without a start that of the worst one", () => {
    fc.assert(
      fc.property(
        dayLimits,
        fc.integer({ min: 100, max: 9000 }),
        fc.integer({ min: 1, max: 500_000 }),
        quarter,
        (limits, otherwise, gbit, start) => {
          const stretches = dayStretches(limits, otherwise);
          const perMinute = stretches.flatMap(({ minutes, mbps }) => Array(minutes).fill(mbps ?? 1e9));
          assert.equal(perMinute.length, 1440);
          const hours = hoursOverDays(gbit, 5, stretches, start);
          assert.ok(Math.abs(hours - counted(gbit, 5, perMinute, start)) < 1e-6 * Math.max(1, hours));
          const worst = hoursOverDays(gbit, 5, stretches, undefined);
          assert.ok(worst >= hours - 1e-6 * Math.max(1, hours));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("reaches the worst start, and does not go beyond it", () => {
    const stretches = dayStretches([{ from: "08:00", to: "18:00", mbps: 100 }], 1000);
    const every = Array.from({ length: 1440 }, (_, start) => hoursOverDays(6000, 10, stretches, start));
    assert.ok(Math.abs(hoursOverDays(6000, 10, stretches, undefined) - Math.max(...every)) < 0.02);
  });

  it("is never faster than without limits, never slower than the lowest one, and is met by its own advice", () => {
    fc.assert(
      fc.property(task, dayLimits, fc.integer({ min: 1, max: 500 }), (base, limits, windowHours) => {
        const free = planTransfer(base);
        const plan = planTransfer({ ...base, dayLimits: limits });
        const lowest = Math.min(...limits.map(({ mbps }) => mbps));
        assert.ok(plan.hours >= free.hours - 1e-9);
        assert.ok(plan.hours <= planTransfer({ ...base, limitMbps: lowest }).hours * (1 + 1e-9));
        assert.ok(plan.gbps <= base.linkMbps / 1000);
        const [changes = ""] = whatWouldMeet({ ...base, dayLimits: limits }, windowHours);
        const needed = Number(/limits? of (\d+)/.exec(changes)?.[1] ?? 0);
        if (free.hours > windowHours) return;
        const raised = limits.map((limit) => ({ ...limit, mbps: Math.max(limit.mbps, needed) }));
        assert.ok(planTransfer({ ...base, dayLimits: raised }).hours <= windowHours * 1.0001, changes);
      }),
    );
  });
});
