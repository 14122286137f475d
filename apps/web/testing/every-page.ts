/** What holds of every page that reads only: what every page must pass, and that it opens without a network. */
import type { Page } from "playwright-core";
import { test } from "vitest";
import { goOffline, type Open } from "./browser.ts";
import { checkPage } from "./page-checks.ts";

/**
 * @param hash address of the page
 * @param ready resolves when the page shows what it is for
 */
export function asEveryPage(
  open: Open,
  hash: string,
  ready: (page: Page) => Promise<unknown>,
): void {
  checkPage(open, hash, ready);

  test("opens without a network once any page was opened", async () => {
    const page = await open("#/glossary");
    await goOffline(page);
    await page.goto(`${page.url().split("#")[0]}${hash}`);
    await page.reload();
    await ready(page);
  });
}
