/** The page in a real browser; nothing that it does asks another host for anything. */
import { fileURLToPath } from "node:url";
import { expect, inject, test } from "vitest";
import { inChromium, violations } from "../../../testing/browser.ts";
import { checkPage, tabTo } from "../../../testing/page-checks.ts";

const file = (name: string) =>
  fileURLToPath(new URL(`../../../public/subjects/${name}`, import.meta.url));

inChromium("bring a model", (open) => {
  checkPage(open, "#/model", (page) =>
    page.getByRole("button", { name: "Take the sample" }).waitFor(),
  );

  test("by keyboard the sample is opened, understood and measured, and nothing leaves the browser", async () => {
    const page = await open("#/model");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await tabTo(page, "Take the sample");
    await page.keyboard.press("Enter");
    await page.getByText("float32 [1, 1, 147]").waitFor({ timeout: 60_000 });
    await page.getByRole("button", { name: "Show how it is understood" }).click();
    await page.getByText("6: logits.1 ... logits").waitFor({ timeout: 30_000 });
    await page.locator("#examples").selectOption("24");
    await tabTo(page, "Measure");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "What was found" }).waitFor({ timeout: 240_000 });
    const table = await page.getByRole("region", { name: "Measurements" }).first().textContent();
    expect(table).toContain("novel-success");
    expect(table).toContain("goal-patch");
    expect(await violations(page)).toEqual([]);
    const elsewhere = asked.filter(
      (url) => !url.startsWith(inject("siteAddress")) && !url.startsWith("blob:"),
    );
    expect(elsewhere).toEqual([]);
    // And could not: the page's own policy lets it ask nobody else.
    const refused = await page.evaluate(() =>
      fetch("https://example.org/").then(
        () => false,
        (error: Error) => error instanceof TypeError,
      ),
    );
    expect(refused).toBe(true);
    const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
    expect(await policy.getAttribute("content")).toContain("connect-src 'self'");
  }, 300_000);

  test("a file is chosen, its mapping mended in the form, and measuring is cancelled", async () => {
    const page = await open("#/model");
    await page.locator("#file").setInputFiles(file("3x3-n4096.onnx"));
    await page.getByText("float32 [1, 1, 147]").waitFor({ timeout: 60_000 });
    // Mazes of 5 x 5 have pictures larger than what the file takes.
    await page.getByLabel("Size and kind of its instances").fill("{ rows: 5, cols: 5 }");
    await page.getByRole("button", { name: "Show how it is understood" }).click();
    await page
      .getByText(/tensor 'observations' is \[1, 1, 147\]/)
      .first()
      .waitFor({ timeout: 30_000 });
    await page.getByLabel("Size and kind of its instances").fill("{ rows: 3, cols: 3 }");
    await page.getByRole("button", { name: "Show how it is understood" }).click();
    await page.getByText("6: logits.1 ... logits").waitFor({ timeout: 30_000 });
    await page.getByRole("button", { name: "Measure", exact: true }).click();
    await page.getByText(/[1-9]\d* of \d+: /).waitFor({ timeout: 120_000 });
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("cancelled").first().waitFor({ timeout: 120_000 });
    expect(await page.getByRole("button", { name: "Measure", exact: true }).isEnabled()).toBe(true);
  }, 300_000);

  test("what is no model is refused in one sentence", async () => {
    const page = await open("#/model");
    await page.locator("#file").setInputFiles(file("subjects.json"));
    await page
      .getByRole("alert")
      .filter({ hasText: /cut off or damaged/ })
      .waitFor({ timeout: 60_000 });
  });
});
