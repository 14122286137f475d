import { expect, test } from "vitest";
import { inChromium } from "../../../testing/browser.ts";
import { asEveryPage } from "../../../testing/every-page.ts";

inChromium("the conditions", (open) => {
  asEveryPage(open, "", (page) => page.locator("article h4").first().waitFor());

  test("every condition has its claim and its mark on the map, and opens its study", async () => {
    const page = await open("");
    await page.locator("article").first().waitFor();
    // Twenty-eight rows of the paper's argument.
    expect(await page.locator("article").count()).toBe(28);
    expect(await page.locator("nav.map li").count()).toBe(28);
    await page.getByRole("link", { name: "Diversity on keyed bandits, noiseless" }).first().click();
    await page
      .getByRole("heading", { level: 1, name: "Diversity on keyed bandits, noiseless" })
      .waitFor();
  });

  test("the keyboard skips to the page, walks the map and follows a link", async () => {
    const page = await open("");
    await page.locator("article").first().waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(page.url()).toContain("at=power");
    await page.waitForFunction(() => {
      const { top } = document.getElementById("condition-power")!.getBoundingClientRect();
      return top >= 0 && top < innerHeight;
    });
  });

  test("is interactive in under a second", async () => {
    const page = await open("");
    await page.locator("article").first().waitFor();
    const ready = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType(
        "navigation",
      ) as PerformanceNavigationTiming[];
      const asked = performance
        .getEntriesByType("resource")
        .map((entry) => (entry as PerformanceResourceTiming).responseEnd);
      return Math.max(navigation!.domContentLoadedEventEnd, ...asked.filter((end) => end < 5000));
    });
    expect(ready).toBeLessThan(1000);
  });
});
