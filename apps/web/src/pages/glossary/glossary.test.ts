import { expect, test } from "vitest";
import { inChromium } from "../../../testing/browser.ts";
import { asEveryPage } from "../../../testing/every-page.ts";

inChromium("the glossary", (open) => {
  asEveryPage(open, "#/glossary", (page) => page.locator("article h3").first().waitFor());

  test("finds terms and sources by their words, from the keyboard", async () => {
    const page = await open("#/glossary");
    await page.locator("article").first().waitFor();
    await page.getByLabel("Find").focus();
    await page.keyboard.type("memorizer");
    await expect.poll(() => page.locator("dt").allInnerTexts()).toContain("memorizer");
    expect(await page.locator("dt").allInnerTexts()).not.toContain("margin");
    await page.getByLabel("Find").fill("Raventós");
    await expect.poll(() => page.locator("article").count()).toBe(1);
    expect(await page.locator("article").innerText()).toContain(
      "Credibility 4 of 5, inherited from its venue",
    );
  });

  test("how the evidence stands to each claim is what the verdicts say", async () => {
    const page = await open("#/glossary?source=risks-from-learned-optimization");
    const claims = page.locator("#source-risks-from-learned-optimization li");
    await claims.first().waitFor();
    expect(await claims.count()).toBe(28);
    const evidence: { condition: string; verdict: { verdict: string } }[] = await page.evaluate(
      async () => {
        return (await (await fetch("data/overview.json")).json()).evidence;
      },
    );
    const words = new Set(
      evidence
        .filter(({ condition }) => condition === "circuits")
        .map(({ verdict }) => verdict.verdict),
    );
    // By hand: one study, and it contradicts.
    const expected =
      words.size === 1 && words.has("contradicted") ? "contradicted at this scale" : /./;
    expect(
      await claims.filter({ hasText: "Minimal circuits" }).locator(".found").innerText(),
    ).toMatch(expected);
  });
});
