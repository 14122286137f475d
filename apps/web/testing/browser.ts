/** Pages in a real Chromium, for tests; skipped, visibly, where there is none. */
import { existsSync } from "node:fs";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject } from "vitest";

const executablePath = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path !== undefined && existsSync(path));
const required = process.env["CI"] !== undefined;

export interface Opening {
  /** Width of the window in pixels; 1,280 unless told. */
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
  /** Address of the site, ending in a slash; the static one unless told. */
  readonly site?: string;
}

/** Opens the app at `#/...` and waits for its heading. */
export type Open = (hash: string, opening?: Opening) => Promise<Page>;

/** Tests in one Chromium; pages left open are closed with it. Fails a test in whose page something was thrown. */
export function inChromium(name: string, tests: (open: Open) => void): void {
  describe.skipIf(executablePath === undefined && !required)(`${name}, in Chromium`, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({
        ...(executablePath === undefined ? {} : { executablePath }),
        args: ["--no-sandbox", "--disable-gpu"],
      });
    });
    afterAll(() => browser?.close());
    tests(async (hash, { width = 1280, height = 900, scheme = "light", site } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: scheme,
      });
      const page = await context.newPage();
      page.on("pageerror", (error) => expect.fail(`the page threw: ${error.message}`));
      await page.goto(`${site ?? inject("siteAddress")}${hash}`);
      await page.locator("main h1").waitFor();
      return page;
    });
  });
}

/** What axe finds wrong with the page as it is, one line each; empty where all is well. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ["violations"],
    }),
  );
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} (${target}) ${failureSummary}`),
  );
}

/** How many pixels of the page lie beyond its right edge. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
  );
}

/** The sum of layout shifts so far, as browsers score them: 0 when nothing moved. */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            if (!(entry as unknown as { hadRecentInput: boolean }).hadRecentInput)
              sum += (entry as unknown as { value: number }).value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 100);
      }),
  );
}

/** Waits until the service worker has kept every file, then cuts the network. */
export async function goOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.context().setOffline(true);
}
