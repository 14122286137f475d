/** What holds of every page, as tests: axe, light and dark, narrow and wide, nothing that moves, without a network. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { goOffline, layoutShift, type Open, overflow, violations } from "./browser.ts";

/**
 * @param hash address of the page
 * @param ready resolves when the page shows what it is for
 */
export function asEveryPage(
  open: Open,
  hash: string,
  ready: (page: Page) => Promise<unknown>,
): void {
  test.each(["light", "dark"] as const)("axe finds nothing when it is %s", async (scheme) => {
    const page = await open(hash, { scheme });
    await ready(page);
    expect(await violations(page)).toEqual([]);
  });

  test.each([360, 1280, 3840])("at %i pixels it fits, and nothing moves", async (width) => {
    const page = await open(hash, { width });
    await ready(page);
    expect(await overflow(page)).toBe(0);
    expect(await layoutShift(page)).toBeLessThan(0.01);
  });

  test("opens without a network once any page was opened", async () => {
    const page = await open("#/glossary");
    await goOffline(page);
    await page.goto(`${page.url().split("#")[0]}${hash}`);
    await page.reload();
    await ready(page);
  });
}
