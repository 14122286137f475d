import { expect, test } from "vitest";
import {
  goOffline,
  inChromium,
  layoutShift,
  overflow,
  violations,
} from "../../../testing/browser.ts";

inChromium("the conditions", (open) => {
  test("opens, and opens again without a network", async () => {
    const page = await open("");
    await goOffline(page);
    await page.reload();
    await page.locator("main li").first().waitFor();
  });

  test.each(["light", "dark"] as const)("axe finds nothing when it is %s", async (scheme) => {
    const page = await open("", { scheme });
    await page.locator("main li").first().waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test.each([360, 1280, 3840])("at %i pixels nothing is wider than the page", async (width) => {
    const page = await open("", { width });
    await page.locator("main li").first().waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await layoutShift(page)).toBeLessThan(0.01);
  });
});
