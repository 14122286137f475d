/** The page in a real browser. */
import { expect, test } from "vitest";
import { inChromium, violations } from "../../../testing/browser.ts";
import { checkPage, tabTo } from "../../../testing/page-checks.ts";

inChromium("circuits", (open) => {
  checkPage(open, "#/circuits", (page) =>
    page.getByRole("button", { name: "Find its circuits" }).waitFor(),
  );

  test("by keyboard a typed function gets its circuits, with proof", async () => {
    const page = await open("#/circuits");
    await tabTo(page, "Formula");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("a xor b xor c");
    await page.keyboard.press("Enter");
    // Parity of three inputs takes two gates (Knuth 4A, section 7.1.2).
    await page.getByText("0x96 takes 2 gates").first().waitFor({ timeout: 30_000 });
    await page.locator("figure svg").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByText("Gate by gate").click();
    expect(await page.locator("pre").first().textContent()).toMatch(/f = (not )?g2/);
  });

  test("a truth table can be set, and what is no formula is told where it goes wrong", async () => {
    const page = await open("#/circuits");
    await page.locator("#formula").fill("a and");
    await page.getByText("column 6: expected an input").waitFor();
    expect(await page.getByRole("button", { name: "Find its circuits" }).isDisabled()).toBe(true);
    await page.getByText("Or set its truth table").click();
    await page.getByRole("button", { name: "2 inputs" }).click();
    await page.getByRole("button", { name: "f of row 11: 0" }).click();
    await page.getByRole("button", { name: "Find its circuits" }).click();
    await page.getByText("0x8 takes 1 gate").first().waitFor({ timeout: 30_000 });
  });

  test("a search problem shows where its circuits evaluate", async () => {
    const page = await open("#/circuits");
    await page.getByRole("button", { name: "first move in a 2 x 2 maze" }).click();
    await page
      .getByText(/smallest circuits?; \d+ of them/)
      .first()
      .waitFor({ timeout: 60_000 });
    expect(await page.locator("figure svg text").allTextContents()).toContain("choose down");
  });

  test("cancel ends a search that takes long, and another can be asked", async () => {
    const page = await open("#/circuits");
    // Seven gates are needed over AND and OR for parity of three; of four it takes minutes to refute fewer.
    await page.locator("#basis").selectOption("andor");
    await page.locator("#formula").fill("a xor b xor c xor d");
    await page.getByRole("button", { name: "Find its circuits" }).click();
    await page.getByText("Asking the solver").waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Asking the solver").waitFor({ state: "detached" });
    await page.locator("#formula").fill("a or b");
    await page.getByRole("button", { name: "Find its circuits" }).click();
    await page.getByText("0xe takes 1 gate").first().waitFor({ timeout: 30_000 });
  });
});
