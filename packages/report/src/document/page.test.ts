/** The report in a real browser; skipped, visibly, where there is no Chromium. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { synthetic, syntheticFull } from "../figures/testing/synthetic.ts";
import { renderReport } from "./index.ts";

const executablePath = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path !== undefined && existsSync(path));
const required = process.env.CI !== undefined;

describe.skipIf(executablePath === undefined && !required)("in Chromium", () => {
  let browser: Browser;
  let folder: string;
  let address: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "mesascope-report-"));
    const file = join(folder, "report.html");
    const partial = synthetic({ form: "noisy" }, ({ arm }) => arm.learner !== "table");
    const provenance = {
      generated: "2000-01-01",
      command: "mesascope report",
      versions: { commit: "0123456789abcdef".repeat(4) },
    };
    writeFileSync(
      file,
      renderReport({ outcomes: [syntheticFull(), partial], conditions: [], provenance }),
    );
    address = pathToFileURL(file).href;
    browser = await chromium.launch({
      executablePath: executablePath!,
      args: ["--no-sandbox", "--disable-gpu"],
    });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(
    width: number,
    colorScheme: "light" | "dark",
  ): Promise<{ page: Page; requests: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(address);
    return { page, requests };
  }

  test.each([360, 768, 1280])(
    "at %i pixels nothing is wider than the page, and nothing is requested",
    async (width) => {
      const { page, requests } = await open(width, "light");
      expect(await page.evaluate(() => window.document.documentElement.scrollWidth)).toBe(width);
      expect(requests).toEqual([address]);
      await page.close();
    },
  );

  test.each([360, 1280])(
    "at %i pixels the words of a figure neither meet nor leave it",
    async (width) => {
      const { page } = await open(width, "light");
      expect(await page.evaluate(crowded)).toEqual([]);
      await page.close();
    },
  );

  test.each(["light", "dark"] as const)(
    "text stands out from its ground when it is %s",
    async (scheme) => {
      const { page } = await open(1280, scheme);
      expect(await page.evaluate(faint)).toEqual([]);
      await page.close();
    },
  );
});

/** Pairs of words in a visible figure that overlap, and words outside of it. Runs in the page. */
function crowded(): string[] {
  const found: string[] = [];
  for (const svg of window.document.querySelectorAll<SVGSVGElement>("figure svg")) {
    const frame = svg.getBoundingClientRect();
    if (frame.width === 0) continue;
    const boxes = [...svg.querySelectorAll("text")]
      // Breaks of an axis and crosses are marks, though they are drawn as letters.
      .filter((text) => !["/", "×", ""].includes(text.textContent ?? ""))
      .map((text) => ({ text: text.textContent ?? "", box: text.getBoundingClientRect() }));
    for (const { text, box } of boxes) {
      if (box.left < frame.left - 1 || box.right > frame.right + 1) found.push(`outside: ${text}`);
    }
    boxes.forEach((a, index) => {
      for (const b of boxes.slice(index + 1)) {
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        // Boxes are of the line, which is higher than its letters.
        if (across > 0.5 && down > 4) found.push(`${a.text} | ${b.text}`);
      }
    });
  }
  return found;
}

/** Texts whose contrast with the page is below 4.5 to 1. Runs in the page. */
function faint(): string[] {
  const channels = (colour: string) =>
    colour
      .match(/[\d.]+/g)!
      .slice(0, 3)
      .map(Number);
  const luminance = (colour: string) => {
    const [r, g, b] = channels(colour).map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const ground = luminance(getComputedStyle(window.document.body).backgroundColor);
  const found = new Set<string>();
  const texts = "p, li, dt, dd, td, th, a, span, h1, h2, h3, h4, summary, code, svg text";
  for (const node of window.document.querySelectorAll(texts)) {
    const style = getComputedStyle(node);
    const colour = node instanceof SVGElement ? style.fill : style.color;
    if (!node.textContent?.trim() || !colour.startsWith("rgb")) continue;
    const own = luminance(colour);
    const contrast = (Math.max(own, ground) + 0.05) / (Math.min(own, ground) + 0.05);
    if (contrast < 4.5)
      found.add(`${contrast.toFixed(2)} ${colour}: ${node.textContent.trim().slice(0, 40)}`);
  }
  return [...found];
}
