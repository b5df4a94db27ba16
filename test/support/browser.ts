import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** A page that was opened from a file, and what it did by itself. */
export interface Opened {
  page: Page;
  /** Console errors, exceptions, and everything that it asked of a network. */
  complaints: string[];
}

const names = ["chromium", "chromium-browser", "google-chrome"];

/** Chromium on the PATH, as Debian's package `chromium` installs it. */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** What a test says that could not look at a page. */
export const NO_CHROMIUM =
  "no Chromium is on the PATH, so nobody looked at the page; on Debian and Ubuntu: apt-get install chromium";

/** Without these Chromium asks its maker's hosts at every start. */
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Opens a file in Chromium, hands the page over, and closes the browser whatever happens. */
export async function withPage(
  executable: string,
  file: string,
  options: BrowserContextOptions,
  use: (opened: Opened) => Promise<void>,
): Promise<void> {
  const browser = await chromium.launch({ executablePath: executable, args: quiet });
  try {
    const context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith("file:") && !url.startsWith("data:")) complaints.push(`asked for ${url}`);
    });
    await page.goto(pathToFileURL(file).href);
    await use({ page, complaints });
  } finally {
    await browser.close();
  }
}
