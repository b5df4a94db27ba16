import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { sealed } from "../../components/sealed";

const isSecret = async (value: unknown) => pulumi.Output.isInstance(value) && pulumi.isSecret(value);

describe("arguments as the engine keeps them", () => {
  it("are secret where a path says so, and as they were everywhere else", async () => {
    const given = { bgpKey: "key", macsec: { ckn: "name", cak: "key", mode: "must_encrypt" }, vlan: 7 };
    const { bgpKey, macsec, vlan } = sealed(given, "bgpKey", "macsec.ckn", "macsec.cak");
    assert.ok(await isSecret(bgpKey));
    assert.ok((await isSecret(macsec.ckn)) && (await isSecret(macsec.cak)));
    assert.deepEqual([macsec.mode, vlan], ["must_encrypt", 7]);
    assert.equal(given.macsec.ckn, "name");
  });

  it("are secret as a whole where they are computed as a whole", async () => {
    const { macsec } = sealed({ macsec: pulumi.output({ cak: "key" }) }, "macsec.cak");
    assert.ok(await isSecret(macsec));
  });

  it("gain nothing that was not given, whatever the paths", () => {
    const name = fc.constantFrom("a", "b", "c");
    const paths = fc.array(fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(".")));
    const values = fc.dictionary(name, fc.oneof(fc.integer(), fc.dictionary(name, fc.string())));
    fc.assert(
      fc.property(values, paths, (args, asked) => {
        assert.deepEqual(Object.keys(sealed(args, ...asked)), Object.keys(args));
      }),
    );
  });
});
