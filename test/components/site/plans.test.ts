import assert from "node:assert/strict";
import { gpuHost, gpuModels, isTenantPartition, partitionOf } from "@hybrid-ai-fabric/locality";
import fc from "fast-check";
import { expectedBusBandwidth } from "../../../components/site/plans/bus-bandwidth";
import { guidRange } from "../../../components/site/plans/guids";
import { openSmPartitions } from "../../../components/site/plans/opensm-partitions";
import { planPKeys } from "../../../components/site/plans/pkeys";
import { planRails, railRatioDoubt, validateRails } from "../../../components/site/plans/rails";

const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,15}$/), { maxLength: 12 });

describe("partition keys", () => {
  it("are the tenants' own, inside the range, whatever the names", () => {
    fc.assert(
      fc.property(names, (tenants) => {
        const { pkeys, problems } = planPKeys(tenants.map((name) => ({ name })));
        const partitions = Object.values(pkeys).map((key) => partitionOf(key) ?? 0);
        assert.ok(partitions.every(isTenantPartition));
        assert.equal(new Set(partitions).size + problems.length, tenants.length);
      }),
    );
  });

  it("stay when a tenant comes or goes", () => {
    fc.assert(
      fc.property(names, fc.nat(), (tenants, seed) => {
        const all = planPKeys(tenants.map((name) => ({ name }))).pkeys;
        const fewer = tenants.filter((_, index) => index !== seed % Math.max(1, tenants.length));
        for (const [name, key] of Object.entries(planPKeys(fewer.map((name) => ({ name }))).pkeys)) {
          assert.equal(key, all[name]);
        }
      }),
    );
  });

  it("are one partition with and without the membership bit, so the second tenant is refused", () => {
    const { problems } = planPKeys([
      { name: "search", pkey: "0x6" },
      { name: "speech", pkey: "0x8006" },
    ]);
    assert.equal(problems.length, 1);
    assert.equal(problems[0]?.propertyPath, "tenants[1].pkey");
    assert.match(problems[0]?.reason ?? "", /speech would share partition 0x0006 .* with search/);
  });

  it("are refused outside of 0x1 to 0x7ffe, and when they were retired", () => {
    for (const pkey of ["0x0", "0x7fff", "0xffff", "0x8000", "0x12345", "six", ""]) {
      assert.equal(planPKeys([{ name: "search", pkey }]).problems.length, 1, pkey);
    }
    for (const pkey of ["0x1", "0x7ffe", "0x8001", "6"]) {
      assert.equal(planPKeys([{ name: "search", pkey }]).problems.length, 0, pkey);
    }
    assert.match(planPKeys([{ name: "a", pkey: "0x9" }], ["0x8009"]).problems[0]?.reason ?? "", /retired/);
  });
});

describe("GUID pools", () => {
  it("hold at least two GUIDs of eight bytes", () => {
    const low = "02:00:00:00:00:00:00:00";
    const high = "02:00:00:00:00:00:ff:ff";
    assert.deepEqual(guidRange(low, high, "ufm").problems, []);
    assert.equal(guidRange(high, low, "ufm").problems[0]?.propertyPath, "ufm.guidPoolEnd");
    assert.equal(guidRange("02:00", "x", "ufm").problems.length, 2);
  });
});

describe("rails", () => {
  const eight = Array.from({ length: 8 }, (_, index) => `ibp${index}s0`);
  const request = { pfNames: eight, vfsPerRail: 1, cidr: "10.50.0.0/16", hosts: 4 };

  it("are one resource and one subnet per port: 8 x 400G", () => {
    const rails = planRails(request);
    assert.deepEqual(validateRails(request), []);
    assert.equal(rails.length, 8);
    assert.deepEqual(rails[0], {
      name: "rail0",
      pfName: "ibp0s0",
      numVfs: 1,
      subnet: "10.50.0.0/19",
      addressesPerHost: 2,
    });
    assert.equal(rails[7]?.subnet, "10.50.224.0/19");
    assert.equal(expectedBusBandwidth({ gpuModel: "H100", hosts: 4, rails: 8, gbps: 400 }).GBps, 320);
  });

  it("never overlap, and hold every host", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 400 }),
        (count, vfsPerRail, hosts) => {
          const pfNames = Array.from({ length: count }, (_, index) => `p${index}`);
          const any = { pfNames, vfsPerRail, cidr: "10.64.0.0/12", hosts };
          assert.deepEqual(validateRails(any), []);
          assert.equal(new Set(planRails(any).map(({ subnet }) => subnet)).size, count);
        },
      ),
    );
  });

  it("are refused when they cannot work, with every reason at once", () => {
    const wrong = { pfNames: ["ib0", "ib0"], vfsPerRail: 0, cidr: "10.50.0.0/28", hosts: 9 };
    assert.deepEqual(
      validateRails(wrong).map(({ propertyPath }) => propertyPath),
      ["rails.pfNames", "rails.vfsPerRail", "rails.cidr"],
    );
    assert.match(validateRails({ ...request, cidr: "10.50/16" })[0]?.reason ?? "", /not an IPv4 prefix/);
  });

  it("are doubted when GPUs outnumber them", () => {
    assert.equal(railRatioDoubt("H100", 8, 8), undefined);
    assert.match(railRatioDoubt("H100", 8, 4) ?? "", /8 GPUs of H100 per host, but 4 rails: 8 are usual/);
    assert.equal(railRatioDoubt("GB200", 4, 4), undefined);
    assert.ok(railRatioDoubt("GB200", 4, 2));
    assert.equal(railRatioDoubt("L40S", 8, 4), undefined);
  });
});

describe("expected bus bandwidth", () => {
  it("is NVLink's inside a domain, and the rails' beyond it: GB200 NVL72", () => {
    assert.equal(gpuHost("GB200")?.hostsPerNvlinkDomain, 18);
    const rack = { gpuModel: "GB200", rails: 4, gbps: 400 };
    assert.deepEqual(expectedBusBandwidth({ ...rack, hosts: 18 }), { GBps: 600, limitedBy: "nvlink" });
    assert.deepEqual(expectedBusBandwidth({ ...rack, hosts: 19 }), { GBps: 160, limitedBy: "fabric" });
  });

  it("never exceeds the line rate, and never falls with more rails", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...gpuModels()),
        fc.integer({ min: 19, max: 64 }),
        fc.integer({ min: 0, max: 16 }),
        fc.constantFrom(100, 200, 400, 800),
        (gpuModel, hosts, rails, gbps) => {
          const { GBps } = expectedBusBandwidth({ gpuModel, hosts, rails, gbps });
          assert.ok(GBps <= (rails * gbps) / 8);
          assert.ok(GBps <= expectedBusBandwidth({ gpuModel, hosts, rails: rails + 1, gbps }).GBps);
        },
      ),
    );
  });
});

describe("partitions of OpenSM", () => {
  it("leave everybody limited in the default partition, and tenants full in theirs", () => {
    const text = openSmPartitions([
      { name: "search", pkey: "0x0006", portGuids: ["0x946dae0300aabbcc"] },
      { name: "speech", pkey: "0x0007", portGuids: [] },
    ]);
    assert.equal(
      text,
      [
        "Default=0x7fff, ipoib, defmember=limited : ALL, SELF=full;",
        "search=0x0006, ipoib, defmember=full : 0x946dae0300aabbcc, SELF;",
        "# speech: no port GUID is known before inspection; add its members here",
        "speech=0x0007, ipoib, defmember=full : SELF;",
        "",
      ].join("\n"),
    );
  });
});
