import assert from "node:assert/strict";
import { asnProblem, bandwidthOffer, circuitQuotas, mbpsOf } from "@hybrid-ai-fabric/locality";
import fc from "fast-check";

const { reserved, private: privateAsns } = circuitQuotas.asns;

describe("autonomous system numbers", () => {
  it("are refused to everybody inside every reserved range, and at its edges", () => {
    for (const { first, last } of reserved) {
      fc.assert(
        fc.property(
          fc.constantFrom(first, last),
          fc.constantFrom("gateway", "fabricPeer", "peer"),
          (asn, use) => {
            assert.match(asnProblem(asn, use as "peer") ?? "", /reserved/);
          },
        ),
      );
    }
  });

  it("are private for gateways, and never the documentation's or 64600 for a peer of Equinix", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4294967295 }), (asn) => {
        const isPrivate = privateAsns.some(({ first, last }) => asn >= first && asn <= last);
        assert.equal(asnProblem(asn, "gateway") === undefined, isPrivate);
        if (asnProblem(asn, "peer") !== undefined) assert.notEqual(asnProblem(asn, "fabricPeer"), undefined);
      }),
    );
    assert.equal(asnProblem(64600, "gateway"), undefined);
    assert.match(asnProblem(64600, "fabricPeer") ?? "", /does not peer/);
  });
});

describe("bandwidths", () => {
  it("are read as AWS writes them", () => {
    for (const mbps of bandwidthOffer("hostedConnection").mbps ?? []) {
      assert.equal(mbpsOf(mbps < 1000 ? `${mbps}Mbps` : `${mbps / 1000}Gbps`), mbps);
    }
    for (const wrong of ["", "10", "Gbps", "10 Tbps", "-1Gbps"]) assert.equal(mbpsOf(wrong), undefined);
  });
});
