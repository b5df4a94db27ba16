import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findChromium, NO_CHROMIUM, withPage } from "./support/browser";
import { preview } from "./support/preview";

/** `npm run pictures`: the pictures of docs/, taken of the page of a shipped environment. */
const environment = "global-prod";
const images = resolve(__dirname, "..", "docs", "images");

async function main(): Promise<void> {
  const chromium = findChromium();
  if (chromium === undefined) throw new Error(NO_CHROMIUM);
  const folder = mkdtempSync(join(tmpdir(), "hybrid-ai-fabric-pictures-"));
  try {
    const { status, complained } = await preview(environment, "--report", folder);
    if (status > 1) throw new Error(complained);
    mkdirSync(images, { recursive: true });
    copyFileSync(join(folder, "map.svg"), join(images, `${environment}.svg`));
    for (const colorScheme of ["light", "dark"] as const) {
      const picture = join(images, `${environment}-${colorScheme}.png`);
      await withPage(chromium, join(folder, "index.html"), { colorScheme }, async ({ page }) => {
        await page.screenshot({ path: picture });
      });
      process.stdout.write(`${picture}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 3;
});
