import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inChromium } from "../../../testing/browser.ts";
import { asEveryPage } from "../../../testing/every-page.ts";

const study = "#/study/diversity-keyed-bandit";

inChromium("a study", (open) => {
  asEveryPage(open, study, (page) => page.locator("figure svg").first().waitFor());

  test("tells claim, predictions, design, limits, and the command that repeats it", async () => {
    const page = await open(study);
    const text = await page.locator("main").innerText();
    expect(text).toContain("What it does not show");
    expect(text).toMatch(/npx mesascope run diversity-keyed-bandit --profile \w+/);
    const source = readFileSync(
      new URL("../../../../../studies/001-diversity-keyed-bandit.yaml", import.meta.url),
      "utf8",
    );
    await page.getByText("The study as it was declared (YAML)").click();
    expect((await page.locator("details[open] pre").innerText()).trimEnd()).toBe(source.trimEnd());
  });

  test("a figure's points are read by pointer and by keyboard", async () => {
    const page = await open(study);
    const figure = page.locator("#figure-reward-by-step");
    await figure.locator("circle").first().waitFor();
    await figure.scrollIntoViewIfNeeded();
    const dot = await figure.locator("g[font-family] circle").first().boundingBox();
    await page.mouse.move(dot!.x + dot!.width / 2, dot!.y + dot!.height / 2);
    // The axis begins at step 1.
    await expect
      .poll(() => figure.locator(".reading").innerText())
      .toMatch(/step of the episode 1 · .* \d\.\d\d$/);
    await page.mouse.move(0, 0);
    await figure.locator(".drawing").focus();
    const seen = new Set<string>();
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press("ArrowRight");
      seen.add(await figure.locator(".reading").innerText());
    }
    expect(seen.size).toBeGreaterThan(2);
  });

  test("what it read off equals the measured value", async () => {
    const page = await open(study);
    // The best policy on a new instance earns 1 in every step after its trials: the last step of the first panel of a
    // learner that remembers 16 instances is a reward near 1 on training instances, read within a pixel's worth.
    const figure = page.locator("#figure-reward-by-step");
    await figure.locator("circle").first().waitFor();
    await figure.locator(".drawing").focus();
    const values: number[] = [];
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press("ArrowRight");
      values.push(Number((await figure.locator(".reading").innerText()).split(" ").at(-1)));
    }
    const { rows } = await page.evaluate(async () => {
      const answer = await (await fetch("data/studies/diversity-keyed-bandit.json")).json();
      return answer.found.outcome;
    });
    const measured = (rows.value as number[]).filter((_, i) => rows.step[i] > 0);
    for (const value of values)
      expect(Math.min(...measured.map((one) => Math.abs(one - value)))).toBeLessThan(0.02);
  });

  test("downloads are what they say", async () => {
    const page = await open(study);
    await page.locator("figure svg").first().waitFor();
    const saved = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name }).first().click(),
      ]);
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    };
    const csv = await saved("Measurements (CSV)");
    expect(csv.bytes.toString().split("\r\n")[0]).toBe(
      "run,learner,diversity,seed,update,samples,final,measure,step,value,unit",
    );
    expect((await saved("SVG")).bytes.toString()).toMatch(/^<svg/);
    expect((await saved("PNG")).bytes.subarray(1, 4).toString()).toBe("PNG");
    expect((await saved("Study (YAML)")).name).toBe("001-diversity-keyed-bandit.yaml");
    expect(await page.locator("main").innerText()).toContain("Parquet needs the data folder");
  });

  test("says so where there is no such study", async () => {
    const page = await open("#/study", {});
    await page.goto(`${page.url().split("#")[0]}#/study/none`);
    await page.getByRole("alert").waitFor();
  });
});
