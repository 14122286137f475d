/** Runs, static and live: a small real study on mazes is run, served, and changed under its viewers. */
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { realWorld, runCommandLine, startServer } from "@mesascope/cli";
import { openArchive } from "@mesascope/store";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { inChromium, overflow, violations } from "../../../testing/browser.ts";
import { asEveryPage } from "../../../testing/every-page.ts";

const study = "diversity-maze";

inChromium("runs of the committed results", (open) => {
  asEveryPage(open, "#/run/diversity-keyed-bandit", (page) =>
    page.locator("tbody tr").first().waitFor(),
  );

  test("a run shows what was measured at each of its checkpoints", async () => {
    const page = await open("#/run/diversity-keyed-bandit");
    await page.locator("tbody a").first().click();
    const slider = page.getByRole("slider");
    await slider.focus();
    const last = await page.locator("tbody").innerText();
    await page.keyboard.press("Home");
    expect(await slider.getAttribute("aria-valuetext")).toMatch(/updates$/);
    expect(await page.locator("tbody").innerText()).not.toBe(last);
    expect(await violations(page)).toEqual([]);
  });
});

inChromium("runs of a data folder", (open) => {
  const data = mkdtempSync(join(tmpdir(), "mesascope-run-page-"));
  let server: Awaited<ReturnType<typeof startServer>>;
  let id: string;
  const world = { ...realWorld(), stdout: { write: () => {} }, stderr: { write: () => {} } };

  beforeAll(async () => {
    const small = ["--seeds", "1", "--set", "budget.updates=4", "--set", "measure.episodes=16"];
    const where = ["--profile", "start", "--jobs", "1", "--data", data];
    expect(await runCommandLine(["run", study, ...small, ...where], world)).toBe(0);
    id = readdirSync(join(data, study)).find((name) => name.startsWith("thinker-n4096"))!;
    server = await startServer({
      ...{ world, store: openArchive(data, { codec: await world.codec() }) },
      ...{ app: inject("siteFolder"), results: join(data, "none") },
      ...{ host: "127.0.0.1", port: 0, allowed: [] },
    });
  });
  afterAll(async () => {
    await server?.close();
    rmSync(data, { recursive: true, force: true });
  });

  const opened = (hash: string, opening = {}) => open(hash, { ...opening, site: server.address });

  test("every run is listed, with one curve each", async () => {
    const page = await opened(`#/run/${study}`);
    await page.locator(".curves[data-drawn='3'] canvas").waitFor();
    expect(await page.locator("tbody tr").count()).toBe(3);
    expect(await violations(page)).toEqual([]);
  });

  test("a run's curves grow while it is watched", async () => {
    const page = await opened(`#/run/${study}/${id}`);
    await page.getByRole("img", { name: "loss over 4 updates" }).waitFor();
    const log = join(data, study, id, "metrics.jsonl");
    const line = JSON.parse(readFileSync(log, "utf8").split("\n")[0]!);
    appendFileSync(log, `${JSON.stringify({ ...line, update: 5 })}\n`);
    await page.getByRole("img", { name: "loss over 5 updates" }).waitFor();
  });

  test("it shows what the learner does in one instance, and another from the keyboard", async () => {
    const page = await opened(`#/run/${study}/${id}`, { width: 360 });
    await page.locator(".strip svg").waitFor();
    const first = await page.locator(".strip svg").innerHTML();
    await page.getByLabel("Held-out maze 1 of 16").focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.locator(".strip svg").innerHTML()).not.toBe(first);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
  });

  test("a study page is of the folder's runs, and offers Parquet", async () => {
    const page = await opened(`#/study/${study}`);
    await page.getByText("from this data folder").waitFor();
    const address = await page.getByRole("link", { name: "Parquet" }).getAttribute("href");
    const answer = await fetch(new URL(address!, server.address));
    // Parquet files begin and end with these four letters.
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString()]).toEqual([
      "PAR1",
      "PAR1",
    ]);
  });
});
