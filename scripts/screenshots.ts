/**
 * `npm run screenshots`: pictures of every page in `docs/screenshots`, taken from the real app in a real Chromium; of
 * runs, from a server over the data folder given (`-- --data runs`).
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { appFolder, buildApp } from "@mesascope/web/build";
import { chromium, type Page } from "playwright-core";
import { preview } from "vite";

interface Shot {
  readonly name: string;
  readonly hash: string;
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
  /** What is scrolled to the top. */
  readonly at?: string;
  /** What must be there before the picture is taken. */
  readonly ready: string;
  /** Has the page do what is to be seen. */
  readonly does?: (page: Page) => Promise<unknown>;
}

const study = "#/study/diversity-keyed-bandit";

const shots: readonly Shot[] = [
  { name: "conditions", hash: "", ready: "article" },
  { name: "conditions-dark", hash: "", ready: "article", scheme: "dark" },
  {
    name: "conditions-evidence",
    hash: "#/?at=diversity",
    ready: "article",
    at: "#condition-diversity",
  },
  { name: "conditions-narrow", hash: "", ready: "article", width: 360, height: 740 },
  { name: "studies", hash: "#/study", ready: "main li" },
  { name: "study", hash: study, ready: "figure svg" },
  { name: "study-figures", hash: study, ready: "figure svg", at: "#figures" },
  { name: "study-dark", hash: study, ready: "figure svg", at: "#figures", scheme: "dark" },
  {
    name: "study-narrow",
    hash: study,
    ready: "figure svg",
    at: "#figures",
    width: 360,
    height: 740,
  },
  {
    name: "bandit",
    hash: "#/bandit",
    ready: "form",
    async does(page) {
      for (const [level, learned] of [
        ["2", 1],
        ["9", 2],
      ] as const) {
        await page.locator("#diversity").fill(level);
        await page.getByRole("button", { name: "Train", exact: true }).click();
        await page
          .locator(`table.learned tbody tr:nth-child(${learned})`)
          .waitFor({ timeout: 120_000 });
      }
    },
    height: 3200,
  },
  { name: "toy-model", hash: "#/toy-model", ready: "figure svg", height: 1500 },
  {
    name: "maze",
    hash: "#/maze",
    ready: ".pictures svg",
    async does(page) {
      for (let tick = 1; tick <= 4; tick++) {
        await page.getByRole("button", { name: "One tick" }).click();
        await page.getByText(`tick ${tick}`, { exact: true }).waitFor({ timeout: 60_000 });
      }
    },
    height: 1400,
  },
  {
    name: "circuits",
    hash: "#/circuits",
    ready: "form",
    async does(page) {
      await page.getByRole("button", { name: "better of two counted scores" }).click();
      await page.locator("figure svg").waitFor({ timeout: 120_000 });
    },
    height: 1500,
  },
  {
    name: "model",
    hash: "#/model",
    ready: ".drop",
    async does(page) {
      await page.getByRole("button", { name: "Take the sample" }).click();
      await page.getByText("float32 [1, 1, 147]").waitFor({ timeout: 60_000 });
      await page.getByRole("button", { name: "Measure", exact: true }).click();
      await page.getByText("What was found").waitFor({ timeout: 240_000 });
    },
    height: 3000,
  },
  { name: "glossary", hash: "#/glossary", ready: "article" },
  {
    name: "sources",
    hash: "#/glossary?source=raventos-2023",
    ready: "article",
    at: "#source-raventos-2023",
  },
];

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "docs/screenshots");

const { values } = parseArgs({ options: { data: { type: "string" }, only: { type: "string" } } });

async function main(): Promise<void> {
  const executablePath = [
    process.env["CHROMIUM"],
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ].find((path) => path !== undefined && existsSync(path));
  if (!executablePath) throw new Error("no Chromium was found; name one in CHROMIUM");
  mkdirSync(out, { recursive: true });
  const site = mkdtempSync(join(tmpdir(), "mesascope-shots-"));
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    await buildApp({ outDir: site });
    const server = await preview({
      ...{ configFile: false, root: appFolder, logLevel: "warn", build: { outDir: site } },
      preview: { host: "127.0.0.1", port: 0, open: false },
    });
    await take(server.resolvedUrls!.local[0]!, shots);
    await server.close();
    if (values.data) await ofRuns(values.data);
  } finally {
    await browser.close();
    rmSync(site, { recursive: true, force: true });
  }

  async function take(address: string, wanted: readonly Shot[]): Promise<void> {
    for (const {
      name,
      hash,
      width = 1280,
      height = 900,
      scheme = "light",
      at,
      ready,
      does,
    } of wanted) {
      if (values.only && !name.includes(values.only)) continue;
      const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
      await page.goto(address + hash);
      await page.locator(ready).first().waitFor();
      if (at) await page.locator(at).evaluate((element) => element.scrollIntoView());
      await does?.(page);
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: join(out, `${name}.png`) });
      console.log(`docs/screenshots/${name}.png`);
      await page.close();
    }
  }

  /** Runs need their folder: the pages of one of each kind, as `mesascope serve` shows them. */
  async function ofRuns(data: string): Promise<void> {
    const { openServer, realWorld } = await import("@mesascope/cli");
    const server = await openServer(realWorld(), {
      ...{ data, host: "127.0.0.1", port: 0, allowHost: [], allowWrite: false, quiet: true },
    });
    const runs = async (of: string, begins: string) => {
      const answer = await fetch(`${server.address}api/runs?study=${of}`);
      const all = (await answer.json()) as { readonly id: string }[];
      return all.find(({ id }) => id.startsWith(begins))?.id;
    };
    const bandit = await runs("diversity-keyed-bandit", "gru-n16384");
    const maze = await runs("diversity-maze", "thinker");
    try {
      await take(server.address, [
        { name: "runs", hash: "#/run/diversity-keyed-bandit", ready: ".curves canvas" },
        ...(bandit
          ? [
              {
                name: "run",
                hash: `#/run/diversity-keyed-bandit/${bandit}`,
                ready: ".curves canvas",
              },
            ]
          : []),
        ...(maze
          ? [
              {
                name: "run-instance",
                hash: `#/run/diversity-maze/${maze}`,
                ready: ".strip svg",
                at: "h2:has-text('In single')",
              },
            ]
          : []),
      ]);
    } finally {
      await server.close();
    }
  }
}

await main();
