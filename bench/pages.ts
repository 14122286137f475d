/** Many runs in the browser: listed and plotted by a server over their folders, and one that is watched while it grows. */
import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openServer, realWorld } from "@mesascope/cli";
import { refresh } from "@mesascope/store/tables";
import { chromium, type Page } from "playwright-core";
import { study, writeRun } from "./synthetic-runs.ts";

const opens = 5;

/** Whole number after `--name=`. */
const flag = (args: readonly string[], name: string, fallback: number): number =>
  Number(args.find((arg) => arg.startsWith(`--${name}=`))?.split("=")[1] ?? fallback);

/** Seconds from the address to a table and as many curves as there are runs. */
async function toPlotted(page: Page, address: string, runs: number): Promise<number> {
  const begun = performance.now();
  await page.goto(`${address}#/run/${study}`);
  await page.locator("tbody tr").first().waitFor();
  await page.locator(`.curves[data-drawn="${runs}"] canvas`).waitFor();
  return (performance.now() - begun) / 1000;
}

/** Longest time, in milliseconds, for which the page did nothing else, while a watched run grows fifty lines a second. */
async function longestTask(page: Page, address: string, folder: string, from: number) {
  await page.goto(`${address}#/run/${study}/${folder.split("/").at(-1)}`);
  await page.locator(".curves canvas").first().waitFor();
  await page.evaluate(() => {
    const longest = globalThis as unknown as { longest: number };
    longest.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        longest.longest = Math.max(longest.longest, duration);
    }).observe({ type: "longtask" });
  });
  for (let i = 1; i <= 200; i++) {
    appendFileSync(
      join(folder, "metrics.jsonl"),
      `${JSON.stringify({ update: from + i, loss: Math.random() })}\n`,
    );
    await sleep(20);
  }
  await page
    .getByRole("img", { name: `loss over ${(from + 200).toLocaleString("en")} updates` })
    .waitFor();
  return page.evaluate(() => (globalThis as unknown as { longest: number }).longest);
}

export async function run(args: string[]): Promise<void> {
  const runs = flag(args, "runs", 1000);
  const updates = flag(args, "updates", 10_000);
  const executablePath = [process.env["CHROMIUM"], "/usr/bin/chromium"].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (!executablePath) {
    console.log("skipped: no Chromium was found; name one in CHROMIUM");
    return;
  }
  const data = mkdtempSync(join(tmpdir(), "mesascope-pages-"));
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    for (let seed = 1; seed <= runs; seed++) writeRun(data, seed, updates, ["loss"]);
    // `serve` derives the tables when it begins; how long that takes is in the benchmark of tables.
    await refresh(data);
    const server = await openServer(realWorld(), {
      ...{ data, host: "127.0.0.1", port: 0, allowHost: [], allowWrite: false, quiet: true },
    });
    const seconds: number[] = [];
    for (let i = 0; i < opens; i++) {
      const page = await browser.newPage();
      seconds.push(await toPlotted(page, server.address, runs));
      await page.close();
    }
    seconds.sort((a, b) => a - b);
    console.log(
      `${runs} runs of ${updates} points, from the address to every curve, ${opens} times:`,
    );
    console.log(
      `  least ${seconds[0]!.toFixed(2)} s, median ${seconds[opens >> 1]!.toFixed(2)} s, most ${seconds.at(-1)!.toFixed(2)} s`,
    );
    const folder = join(data, study, readdirSync(join(data, study))[0]!);
    const page = await browser.newPage();
    const longest = await longestTask(page, server.address, folder, updates);
    console.log(
      `one run of ${updates} points that grows fifty a second: the page is busy for at most ${longest.toFixed(0)} ms at a time`,
    );
    await server.close();
  } finally {
    await browser.close();
    rmSync(data, { recursive: true, force: true });
  }
}
