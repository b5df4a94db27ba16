import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  countryName,
  directConnectLocation,
  directConnectLocationsOfMetro,
  directConnectOutPrice,
  equinixMetroCodes,
  interRegionPrice,
  nearest,
  type Place,
  placeOfAwsRegion,
  placeOfMetro,
  roundTripMs,
  transferHours,
} from "@hybrid-ai-fabric/locality";
import fc from "fast-check";

const region = (id: string) => placeOfAwsRegion(id) as Place;

describe("round trips", () => {
  it("are measured between regions and estimated from distance elsewhere", () => {
    const measured = roundTripMs(region("us-east-1"), region("eu-west-1"));
    assert.equal(measured?.estimate, false);
    assert.equal(Math.round(measured?.p50 ?? 0), 70);
    const estimated = roundTripMs(placeOfMetro("TY") as Place, placeOfMetro("FR") as Place);
    assert.equal(estimated?.estimate, true);
    assert.ok((estimated?.p50 ?? 0) > 150);
  });

  it("are unknown where no coordinates are", () => {
    assert.equal(roundTripMs({ country: "JP", operator: "self" }, region("ap-northeast-1")), undefined);
  });
});

describe("transfer time", () => {
  const base = { sizeTiB: 40, linkGbps: 2, agents: 1, tasks: 1 };

  it("is that of the slowest part", () => {
    const time = transferHours(base);
    assert.equal(time.bottleneck, "link");
    assert.equal(time.gbps, 1.6);
    assert.ok(Math.abs(time.hours - 61.1) < 0.1);
    assert.equal(transferHours({ ...base, linkGbps: 100 }).bottleneck, "agents");
    assert.equal(transferHours({ ...base, sourceGbps: 1 }).bottleneck, "source");
  });

  it("never grows with more bandwidth, agents or tasks", () => {
    const positive = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(positive, positive, positive, positive, (sizeTiB, linkGbps, agents, tasks) => {
        const { hours } = transferHours({ sizeTiB, linkGbps, agents, tasks });
        assert.ok(transferHours({ sizeTiB, linkGbps: linkGbps + 1, agents, tasks }).hours <= hours);
        assert.ok(transferHours({ sizeTiB, linkGbps, agents: agents + 1, tasks }).hours <= hours);
        assert.ok(transferHours({ sizeTiB, linkGbps, agents, tasks: tasks + 1 }).hours <= hours);
      }),
    );
  });
});

describe("tables", () => {
  const directory = join(__dirname, "../../../components/locality/data");

  for (const file of readdirSync(directory)) {
    it(`${file} says when and from where it is`, () => {
      const table = JSON.parse(readFileSync(join(directory, file), "utf8"));
      assert.match(table.asOf, /^\d{4}-\d{2}-\d{2}$/);
      assert.ok(table.sources);
    });
  }

  it("names only countries that it knows", () => {
    for (const code of equinixMetroCodes()) assert.ok(countryName(placeOfMetro(code)?.country ?? ""), code);
  });

  it("tells the building from the region that lists it", () => {
    assert.equal(directConnectLocation("EQDX1")?.country, "AE");
    assert.equal(directConnectLocation("EqDX1")?.code, "EQDX1");
    assert.deepEqual(directConnectLocationsOfMetro("TY"), ["EQTY2"]);
    assert.deepEqual(directConnectLocationsOfMetro("DB"), []);
  });

  it("marks prices that were inferred", () => {
    assert.deepEqual(directConnectOutPrice("ap-northeast-1"), { usdPerGB: 0.041, inferred: false });
    assert.equal(interRegionPrice("ap-east-2")?.inferred, true);
    assert.equal(interRegionPrice("nowhere-1"), undefined);
  });
});

describe("nearest", () => {
  it("finds the value that was meant", () => {
    assert.deepEqual(nearest("tokio-dev", ["tokyo-dev", "japan-prod"], 1), ["tokyo-dev"]);
    assert.deepEqual(nearest("zzzz", ["tokyo-dev"]), []);
  });

  it("finds every legal value itself first", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...equinixMetroCodes()),
        (code) => nearest(code, equinixMetroCodes(), 1)[0] === code,
      ),
    );
  });
});
