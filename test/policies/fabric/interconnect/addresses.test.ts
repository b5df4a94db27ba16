import assert from "node:assert/strict";
import fc from "fast-check";
import {
  isSameHost,
  isSamePrefix,
  type LinkAddress,
  overlapping,
  readAddress,
} from "../../../../policies/fabric/rules/interconnect/addresses";

const octets = (address: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
const prefix = fc
  .tuple(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 8, max: 32 }))
  .map(([address, length]) => `${octets(address)}/${length}`);
const read = (text: string) => readAddress(text) as LinkAddress;

describe("addresses of BGP links", () => {
  it("lie inside their own prefix, whose size its length says", () => {
    fc.assert(
      fc.property(prefix, (text) => {
        const { address, first, last, length } = read(text);
        assert.ok(first <= address && address <= last);
        assert.equal(last - first + 1n, 1n << BigInt(32 - length));
      }),
    );
  });

  it("read IPv6 in every spelling of one address", () => {
    const full = read("2001:0db8:0000:0000:0000:0000:0000:0001/127");
    assert.ok(isSameHost(full, read("2001:db8::1")) && isSamePrefix(full, read("2001:DB8::/127")));
    assert.ok(!isSameHost(full, read("2001:db8::2")));
  });

  it("are refused when they are none", () => {
    const wrong = [
      "",
      "10.0.0",
      "10.0.0.256/30",
      "10.0.0.1/33",
      "10.0.0.1/x",
      "1::2::3",
      "::/129",
      "10.0.0.1/30/1",
      "g::1",
    ];
    for (const text of wrong) assert.equal(readAddress(text), undefined, text);
    fc.assert(fc.property(fc.string(), (text) => void readAddress(text)));
  });

  it("are found to overlap exactly when two of them share an address", () => {
    fc.assert(
      fc.property(fc.array(prefix, { maxLength: 8 }), (texts) => {
        const links = texts.map((text, index) => ({ prefix: read(text), owner: index }));
        const share = links.some((a, i) =>
          links.some((b, j) => i < j && a.prefix.first <= b.prefix.last && b.prefix.first <= a.prefix.last),
        );
        const pairs = overlapping(links);
        assert.equal(pairs.length > 0, share);
        for (const [one, other] of pairs) {
          const [a, b] = [read(texts[one] ?? ""), read(texts[other] ?? "")];
          assert.ok(a.first <= b.last && b.first <= a.last);
        }
      }),
    );
  });

  it("of two families never overlap", () => {
    const both = ["0.0.0.0/0", "::/0"].map((text) => ({ prefix: read(text), owner: text }));
    assert.deepEqual(overlapping(both), []);
  });
});
