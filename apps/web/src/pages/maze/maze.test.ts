/** The page in a real browser. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { inChromium } from "../../../testing/browser.ts";
import { checkPage, tabTo } from "../../../testing/page-checks.ts";

const tick = async (page: Page) =>
  Number(/\d+/.exec((await page.locator("output").textContent())!));
const pictures = (page: Page) => page.locator(".pictures svg");
const told = (page: Page) => page.locator(".pictures figcaption").first();

async function think(page: Page, until: number) {
  await page.locator("#pace").selectOption("200");
  await page.getByRole("button", { name: "Think" }).click();
  await expect.poll(() => tick(page), { timeout: 60_000 }).toBeGreaterThanOrEqual(until);
}

inChromium("the maze thinker", (open) => {
  checkPage(open, "#/maze", (page) => pictures(page).nth(2).waitFor({ timeout: 30_000 }));

  test("by keyboard it thinks, and comes to mark the way", async () => {
    const page = await open("#/maze");
    await pictures(page).nth(2).waitFor();
    await tabTo(page, "Pace");
    await page.locator("#pace").selectOption("200");
    await page.getByRole("button", { name: "Think" }).focus();
    await page.keyboard.press("Enter");
    await expect
      .poll(() => told(page).textContent(), { timeout: 60_000 })
      .toContain("It marks the way");
    await page.keyboard.press("Enter");
    const stopped = await tick(page);
    await page.waitForTimeout(700);
    expect(await tick(page)).toBeLessThanOrEqual(stopped + 1);
    expect(await page.getByRole("button", { name: "Think" }).count()).toBe(1);
  }, 120_000);

  test("the goal moves while it thinks, and it goes on from what it holds", async () => {
    const page = await open("#/maze");
    await pictures(page).nth(2).waitFor();
    await think(page, 12);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("radio", { name: "move the goal" }).check();
    const before = await tick(page);
    const goal = await page.locator(".pictures polygon").first().getAttribute("transform");
    const maze = page.getByRole("application");
    await maze.focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown"])
      await page.keyboard.press(key);
    const words = page.locator(".pictures p.unseen");
    if (!/start|goal|cell/.test((await words.textContent())!))
      await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    const moved = await page.locator(".pictures polygon").first().getAttribute("transform");
    if (moved !== goal) await expect.poll(() => told(page).textContent()).toContain("has changed");
    await page.getByRole("button", { name: "One tick" }).click();
    await expect.poll(() => tick(page)).toBe(before + 1);
    expect(await page.locator(".pictures [role=img]").first().getAttribute("aria-label")).toContain(
      moved === goal ? `after ${before + 1} ticks` : "after 1 ticks",
    );
  }, 120_000);

  test("probes are read, and a patch is applied at the next tick", async () => {
    const page = await open("#/maze");
    await pictures(page).nth(2).waitFor();
    await page.getByRole("radio", { name: "onto the way" }).check();
    await page.getByRole("application").focus();
    await page.keyboard.press("Enter");
    await page.getByText("nothing inside to patch yet").waitFor();
    await page.getByRole("button", { name: "One tick" }).click();
    await expect.poll(() => tick(page), { timeout: 60_000 }).toBe(1);
    await page.getByRole("radio", { name: /what it holds of the way/ }).check();
    const probed = await page.locator(".pictures rect.heat").count();
    expect(probed).toBeGreaterThan(0);
    await page.getByRole("application").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("rect.patched").count()).toBe(1);
    await page.getByRole("button", { name: "One tick" }).click();
    await expect.poll(() => tick(page)).toBe(2);
    expect(await page.locator("rect.patched").count()).toBe(0);
  }, 120_000);

  test("a wall that would cut the goal off is refused in words", async () => {
    const page = await open("#/maze");
    await pictures(page).nth(2).waitFor();
    // A perfect maze has one way: closing any passage on it cuts the goal off. The start has at least one.
    const maze = page.getByRole("application");
    await maze.focus();
    const alert = page.locator("[role=alert]");
    for (const [there, back] of [
      ["ArrowRight", "ArrowLeft"],
      ["ArrowDown", "ArrowUp"],
      ["ArrowLeft", "ArrowRight"],
      ["ArrowUp", "ArrowDown"],
    ] as const) {
      await page.keyboard.press(there);
      await page.keyboard.press("Enter");
      if ((await alert.count()) > 0) break;
      // Opened, not refused: close it again.
      await page.keyboard.press("Enter");
      await page.keyboard.press(back);
    }
    await expect.poll(() => alert.textContent()).toContain("the goal cannot be reached");
  });
});
