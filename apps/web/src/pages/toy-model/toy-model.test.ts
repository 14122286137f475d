/** The page in a real browser. */
import { expect, test } from "vitest";
import { inChromium } from "../../../testing/browser.ts";
import { checkPage, tabTo } from "../../../testing/page-checks.ts";

inChromium("the toy model", (open) => {
  checkPage(open, "#/toy-model", (page) => page.locator("figure svg").nth(2).waitFor());

  test("search pays from N = 2 sqrt(c F) on, reached by keyboard", async () => {
    const page = await open("#/toy-model");
    const best = page.getByRole("region", { name: "The best division" });
    await expect.poll(() => best.textContent()).toContain("N = 8 on");
    expect(await best.textContent()).toContain("0.0 bits on each task");
    await tabTo(page, "Tasks N");
    // From 4 by quarters of a doubling to 9.51, where x* = N / 2.
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
    await expect.poll(() => best.textContent()).toContain("4.8 bits on each task");
    await expect
      .poll(() => page.locator("figure h3").first().textContent())
      .toContain("the next run-time bit costs just N = 9.51 bits");
  });

  test("another cost has its own numbers, and its formula is there for who cannot see it", async () => {
    const page = await open("#/toy-model");
    await page.locator("#cost").selectOption("linear");
    await expect.poll(() => page.locator("main").textContent()).toContain("N = 8 on");
    expect(await page.locator("math").count()).toBeGreaterThan(2);
    await page.locator("#number-0").fill("32");
    await expect.poll(() => page.locator("main").textContent()).toContain("N = 32 on");
  });

  test("points that a study measured are laid over the model that belongs to them", async () => {
    const page = await open("#/toy-model");
    const overlays = page.locator("#overlay");
    await expect.poll(() => overlays.locator("option").count()).toBeGreaterThan(1);
    await overlays.selectOption({ label: "Study 003: best of 2^P genomes, P = 32" });
    await expect
      .poll(() => page.locator("figcaption").nth(2).textContent())
      .toContain("Blue: measured");
    expect(await page.locator("#p").isDisabled()).toBe(true);
    expect(await page.locator("output[for=p]").textContent()).toBe("32 bits");
  });
});
