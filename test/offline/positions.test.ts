import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { positionsInDigest } from "../../offline/positions";

describe("the lines of a program", () => {
  const digest = (sourcePosition: string, ...frames: string[]) =>
    JSON.stringify(
      {
        steps: [
          {
            op: "create",
            newState: {
              urn: "u",
              sourcePosition,
              stackTrace: frames.map((frame) => ({ sourcePosition: frame })),
            },
          },
        ],
      },
      null,
      4,
    );
  const lines = (printed: string, project: string, from = project) =>
    positionsInDigest(printed, project, from).get("u");

  it("are named from the folder of the reports, the nearest one that is no SDK", () => {
    const printed = digest("project:///node_modules/sdk/bucket.js#1,2", "project:///src/store.ts#12,3");
    assert.deepEqual(lines(printed, "/nowhere/program", "/nowhere"), {
      file: "program/src/store.ts",
      line: 12,
      column: 3,
    });
    assert.equal(lines(printed, "/nowhere/program", "/elsewhere"), undefined);
  });

  it("are those of the source where a compiled file says what it was compiled from", () => {
    const folder = mkdtempSync(join(tmpdir(), "positions-"));
    try {
      // One mapping: the first column of the second line is the fifth of the tenth line of store.ts.
      const map = { version: 3, sources: ["../src/store.ts"], names: [], mappings: ";AASI" };
      mkdirSync(join(folder, "dist"));
      writeFileSync(join(folder, "dist", "store.js.map"), JSON.stringify(map));
      const found = lines(digest("project:///dist/store.js#2,9"), folder);
      assert.deepEqual(found, { file: "src/store.ts", line: 10, column: 5 });
      writeFileSync(join(folder, "dist", "store.js.map"), "{");
      assert.equal(lines(digest("project:///dist/store.js#2,9"), folder)?.file, "dist/store.js");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("are none where a preview printed no digest", () => {
    assert.equal(positionsInDigest("error: boom", "/p", "/p").size, 0);
    assert.equal(positionsInDigest("{\n  broken", "/p", "/p").size, 0);
  });
});
