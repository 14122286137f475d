/** What every page must pass: no violation of axe in both schemes, nothing wider than the page, nothing that jumps. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { layoutShift, type Open, overflow, violations } from "./browser.ts";

/**
 * @param hash address of the page
 * @param ready waits until the page shows what it has to show
 */
export function checkPage(open: Open, hash: string, ready: (page: Page) => Promise<unknown>): void {
  test.each(["light", "dark"] as const)("axe finds nothing when it is %s", async (scheme) => {
    const page = await open(hash, { scheme });
    await ready(page);
    expect(await violations(page)).toEqual([]);
  });

  test.each([360, 1280, 3840])("at %i pixels nothing is wider than the page", async (width) => {
    const page = await open(hash, { width });
    await ready(page);
    expect(await overflow(page)).toBe(0);
    expect(await layoutShift(page)).toBeLessThan(0.01);
  });
}

/** Presses Tab until something of this name has the focus, as who has no mouse would. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      const labels = (element as HTMLInputElement | null)?.labels;
      const label = labels && labels.length > 0 ? labels[0]?.textContent : undefined;
      return (element?.getAttribute("aria-label") ?? label ?? element?.textContent ?? "")
        .replace(/\s+/g, " ")
        .trim();
    });
    if (focused.startsWith(name)) return;
  }
  expect.fail(`Tab never reaches '${name}'`);
}
