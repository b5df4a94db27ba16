import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writePage } from "@hybrid-ai-fabric/report-page";
import type { BrowserContextOptions } from "playwright-core";
import { findChromium, NO_CHROMIUM, type Opened, withPage } from "../../support/browser";
import { judged } from "../../support/judged";
import { abroad, channel } from "../../support/leaks";

describe("the page in a browser", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-page-"));
  const chromium = findChromium();

  before(async function () {
    if (chromium === undefined) {
      process.stderr.write(`      ${NO_CHROMIUM}\n`);
      this.skip();
    }
    await writePage(judged([...abroad, channel]), folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const open = async (use: (opened: Opened) => Promise<void>, options: BrowserContextOptions = {}) => {
    if (chromium === undefined) return;
    await withPage(chromium, join(folder, "index.html"), options, async (opened) => {
      await use(opened);
      assert.deepEqual(opened.complaints, []);
    });
  };

  it("picks a dataset out of the map with the keyboard alone, and lets go with Escape", () =>
    open(async ({ page }) => {
      const button = page.locator('button.pick[data-dataset="claims"]').first();
      for (let presses = 0; presses < 20; presses++) {
        await page.keyboard.press("Tab");
        if (await button.evaluate((element) => element === element.ownerDocument.activeElement)) break;
      }
      await page.keyboard.press("Enter");
      assert.equal(await button.getAttribute("aria-pressed"), "true");
      assert.equal(await page.locator(".link.flow.on").count(), 1);
      assert.equal(await page.locator(".stop.on").count(), 2);
      assert.match(
        (await page.locator("#picked").textContent()) ?? "",
        /ap-northeast-1 \(JP\), us-east-1 \(US\)/,
      );
      await page.keyboard.press("Escape");
      assert.equal(await page.locator(".on").count(), 0);
      assert.equal(await button.getAttribute("aria-pressed"), "false");
    }));

  it("shows the path of a finding on the map", () =>
    open(async ({ page }) => {
      const finding = page.locator("details", { hasText: "copies-stay-where-their-source-may-be" }).first();
      await finding.getByRole("button", { name: "Show its path" }).click();
      assert.equal(await page.locator(".link.on").count(), 1);
      assert.equal(await page.locator("body.picking.wrong").count(), 1);
      assert.ok(await page.locator(".map").isVisible());
    }));

  it("has colours of its own in the dark, with text that keeps its contrast", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await open(
        async ({ page }) => {
          const [text, paper] = await page.evaluate(() => {
            const style = getComputedStyle(document.body);
            return [style.color, style.backgroundColor];
          });
          assert.ok(contrast(text ?? "", paper ?? "") >= 7, `${colorScheme}: ${text} on ${paper}`);
          const [name, box] = await page
            .locator(".stop .name, .stop > rect")
            .evaluateAll((found) => found.map((element) => getComputedStyle(element).fill).reverse());
          assert.ok(contrast(name ?? "", box ?? "") >= 7, `${colorScheme}: ${name} on ${box}`);
        },
        { colorScheme },
      );
    }
  });

  it("prints with every finding open and nothing cut off", () =>
    open(async ({ page }) => {
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      assert.equal(await page.locator("details:not([open])").count(), 0);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false);
      assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
    }));

  it("can be read on a narrow screen", () =>
    open(
      async ({ page }) => {
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        assert.equal(wide, false);
      },
      { viewport: { width: 390, height: 800 } },
    ));

  it("opens its map alone as well", async () => {
    if (chromium === undefined) return;
    await withPage(chromium, join(folder, "map.svg"), {}, async ({ page, complaints }) => {
      assert.equal(await page.locator("svg .stop").count(), 3);
      assert.deepEqual(complaints, []);
    });
  });
});

/** Ratio of two colours as WCAG 2 defines it. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [a, b].map(luminance).sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const channels = [...colour.matchAll(/\d+/g)].slice(0, 3).map(([digits]) => Number(digits) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
