/** The page in a real browser, its numbers against the native engine's, computed here. */
import { readFileSync } from "node:fs";
import type { Diversity } from "@mesascope/lab/core";
import { meanInterval } from "@mesascope/lab/stats";
import { executeRun, MemoryArchive } from "@mesascope/lab/studies";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { inChromium } from "../../../testing/browser.ts";
import { checkPage, tabTo } from "../../../testing/page-checks.ts";
import { type Choice, diversities, type RewardPoint } from "./choices.ts";
import { banditRun, rewardPoint } from "./experiment.ts";

const source = readFileSync(
  new URL("../../../../../studies/001-diversity-keyed-bandit.yaml", import.meta.url),
  "utf8",
);
const seeds = [1, 2, 3];

interface Numbers {
  readonly loss: number;
  readonly training: number;
  readonly novel: number;
}

/** The run by the native engine. */
async function native(choice: Choice): Promise<Numbers> {
  const run = banditRun(source, choice);
  const archive = new MemoryArchive();
  let last: RewardPoint | undefined;
  await executeRun(run, archive.open(run), {
    ...{ signal: new AbortController().signal, report: () => {}, versions: {} },
    checkpoint: (record) => {
      last = rewardPoint(record);
    },
  });
  const loss = archive.runs.get(run.id)!.metrics[0]!["loss"]!;
  return { loss, training: last!.training, novel: last!.novel };
}

const train = (page: Page) => page.getByRole("button", { name: "Train", exact: true });
const rows = (page: Page) => page.locator("table.learned tbody tr");

/** The run in the page. */
async function inPage(page: Page, diversity: Diversity): Promise<Numbers> {
  await page.locator("#diversity").fill(String(diversities.indexOf(diversity)));
  const before = await rows(page).count();
  await train(page).click();
  await rows(page).nth(before).waitFor({ timeout: 120_000 });
  // The latest stands first.
  const cells = await page.locator("tbody.exact tr").first().locator("td").allTextContents();
  return { loss: Number(cells[1]), training: Number(cells[2]), novel: Number(cells[3]) };
}

inChromium("memory or search", (open) => {
  checkPage(open, "#/bandit", (page) => train(page).waitFor());

  test.each([16, "fresh"] as const)(
    "with N = %s it learns what the native engine learns",
    async (diversity) => {
      const page = await open("#/bandit");
      const found: Numbers[] = [];
      const known: Numbers[] = [];
      for (const seed of seeds) {
        found.push(await inPage(page, diversity));
        known.push(await native({ diversity, updates: 1000, seed }));
      }
      found.forEach(({ loss }, i) => {
        expect(Math.abs(loss - known[i]!.loss)).toBeLessThan(1e-5);
      });
      for (const of of ["training", "novel"] as const) {
        // The table shows four decimals.
        const { low, high } = meanInterval(
          known.map((numbers) => numbers[of]),
          0.95,
        );
        const mean = found.reduce((sum, numbers) => sum + numbers[of], 0) / found.length;
        expect(mean).toBeGreaterThanOrEqual(low - 1e-4);
        expect(mean).toBeLessThanOrEqual(high + 1e-4);
      }
      await page.locator("figure svg").first().waitFor();
      expect(await page.locator("figure svg desc").first().textContent()).toContain("run-time");
    },
    400_000,
  );

  test("by keyboard it trains, answers meanwhile, and is cancelled between updates", async () => {
    const page = await open("#/bandit");
    await tabTo(page, "Different bandits in training");
    await page.keyboard.press("End");
    expect(await page.locator("output").first().textContent()).toBe("new every time");
    await tabTo(page, "Train");
    await page.keyboard.press("Enter");
    const status = page.locator("p.status");
    await expect
      .poll(() => status.textContent(), { timeout: 60_000 })
      .toMatch(/\b[1-9]\d* of 1,000/);
    // The page's own thread is free: frames go on being drawn, where training takes seconds.
    const longest = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let [most, last, left] = [0, performance.now(), 20];
          const frame = (now: number) => {
            most = Math.max(most, now - last);
            last = now;
            if (--left > 0) requestAnimationFrame(frame);
            else resolve(most);
          };
          requestAnimationFrame(frame);
        }),
    );
    expect(longest).toBeLessThan(1500);
    await tabTo(page, "Cancel");
    await page.keyboard.press("Enter");
    await expect.poll(() => status.textContent()).toContain("cancelled");
    expect(await rows(page).count()).toBe(0);
    expect(await train(page).isEnabled()).toBe(true);
  }, 120_000);
});
