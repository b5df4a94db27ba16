import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { residencyProfile } from "@hybrid-ai-fabric/locality";
import type { JudgedPlan } from "@hybrid-ai-fabric/report";
import { renderPage, unwritableFolder, writePage } from "@hybrid-ai-fabric/report-page";
import { judged } from "../../support/judged";
import { abroad, atHome, channel } from "../../support/leaks";
import { bucket, claims } from "../../support/plan";

const refused = judged([...abroad, channel]);
const holds = judged(atHome);

describe("the page of a plan", () => {
  it("says the verdict, every dataset and every finding with its path", async () => {
    const { html } = await renderPage(refused);
    assert.match(html, /^<!DOCTYPE html>/);
    assert.match(html, /class="badge refused">Refused</);
    for (const { message } of refused.violations) assert.ok(html.includes(escaped(message)), message);
    assert.match(html, /data-dataset="claims"/);
    assert.match((await renderPage(holds)).html, /class="badge holds">Holds</);
  });

  it("asks for nothing outside itself", async () => {
    const { html, svg } = await renderPage(refused);
    for (const text of [html, svg]) {
      const addresses = [...text.matchAll(/(?:src|href)="([^"]*)"|url\(([^)]*)\)/g)].map(
        ([, quoted, styled]) => quoted ?? styled ?? "",
      );
      for (const address of addresses) assert.match(address, /^(#|data:,$)/);
      assert.doesNotMatch(text, /@import/);
    }
  });

  it("shows a name as text, whatever is in it", async () => {
    const name = `claims"><script>alert(1)</script>`;
    const { html, svg } = await renderPage(judged([bucket(name, "us-east-1", claims)]));
    assert.doesNotMatch(html, /<script>alert/);
    assert.doesNotMatch(svg, /<script>alert/);
    assert.ok(html.includes("&lt;script>alert(1)"));
  });

  it("reads residencies and countries by the tables of the settings", async () => {
    const everywhere = residencyProfile("no-restriction")?.places;
    const tables = {
      countries: { QQ: "Testland" },
      regions: {
        "test-1": { name: "Test", partition: "aws", country: "QQ", operator: "aws", zoneIds: [] },
      },
      profiles: { "acme-rules": { title: "", places: { ...everywhere, store: ["QQ"] }, sources: [] } },
    };
    const tags = { ...claims, "hybrid-ai:residency": "acme-rules" };
    const { html, svg } = await renderPage(
      judged([bucket("claims", "test-1", tags)], { version: 1, tables }),
    );
    assert.doesNotMatch(html, /is not a residency/);
    assert.match(svg, /Testland/);
  });

  it("is the same each time", async () => {
    assert.deepEqual(await renderPage(refused), await renderPage(refused));
  });
});

describe("the folder of a report", () => {
  const inFolder = async (use: (folder: string) => Promise<void>) => {
    const folder = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-page-"));
    try {
      await use(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const pageAfter = async (folder: string, plan: JudgedPlan) => {
    await writePage(plan, folder);
    return readFileSync(join(folder, "index.html"), "utf8");
  };

  it("holds the page, the map and the plan, and nothing half written", () =>
    inFolder(async (folder) => {
      await writePage(refused, join(folder, "report"));
      assert.deepEqual(readdirSync(join(folder, "report")).sort(), ["index.html", "map.svg", "plan.json"]);
    }));

  it("compares with the plan that was there before", () =>
    inFolder(async (folder) => {
      assert.match(await pageAfter(folder, holds), /There is no plan before this one/);
      assert.match(await pageAfter(folder, holds), /Nothing changes/);
      const page = await pageAfter(folder, refused);
      assert.match(page, /<b>claims<\/b> at Bucket copy in us-east-1 \(US\)/);
      assert.match(page, /new finding, mandatory sovereignty\/copies-stay-where-their-source-may-be/);
    }));

  it("says so when what was there is no plan", () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, "plan.json"), "{");
      assert.match(await pageAfter(folder, holds), /plan\.json in this folder could not be read/);
      writeFileSync(join(folder, "plan.json"), `{"version":2}`);
      assert.match(await pageAfter(folder, holds), /was no plan that can be compared/);
    }));

  it("is refused before anything runs when it cannot be made", () =>
    inFolder(async (folder) => {
      assert.equal(unwritableFolder("new", folder), undefined);
      assert.match(unwritableFolder("a/b", folder) ?? "", /there is no folder a/);
      writeFileSync(join(folder, "file"), "");
      assert.match(unwritableFolder("file", folder) ?? "", /it is a file/);
    }));
});

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
