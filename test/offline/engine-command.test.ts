import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { run } from "../../policies/cli/run";

/** `hybrid-ai-fabric check` of a folder on the real engine: one preview, because each takes seconds. */
describe("hybrid-ai-fabric check of the folder of a program", function () {
  this.timeout(300_000);
  this.slow(60_000);

  it("previews it with the pack that was chosen, and leaves nothing in it", async () => {
    const root = resolve(__dirname, "../..");
    const folder = join(root, "test", "refused", "key-abroad");
    const before = readdirSync(folder);
    let printed = "";
    let complained = "";
    const terminal = {
      root,
      workingDirectory: root,
      print: (text: string) => {
        printed += text;
      },
      complain: (text: string) => {
        complained += text;
      },
      colour: false,
    };
    const settings = ["--config", "test/refused/settings.json"];
    const status = await run(["check", folder, "--pack", "sovereignty", ...settings], terminal);
    assert.equal(status, 1, complained);
    assert.match(
      printed,
      /^key-abroad: \d+ resources previewed by the Pulumi engine\nProviders were stood in for: aws/,
    );
    assert.match(printed, /mandatory sovereignty\/keys-stay-where-the-data-may-be: broken/);
    assert.match(printed, /Packs\n {2}sovereignty: refused .*\n\n/);
    assert.deepEqual(readdirSync(folder), before);
    assert.equal(existsSync(join(folder, ".pulumi")), false);
  });
});
