/** Plans of refreshing, and many processes that write runs and ask of them at once. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { trainRun } from "../testing/folders.ts";
import { query, refresh } from "./index.ts";
import { keyOf, type Segment } from "./manifest.ts";
import { planRefresh } from "./refresh.ts";
import type { FoundRun } from "./scan.ts";

describe("a plan", () => {
  const key = fc.integer({ min: 0, max: 200 });
  const versions = fc.dictionary(key.map(String), fc.constantFrom("a", "b"), { maxKeys: 200 });

  /** Segments that hold every run of `held` once. */
  const segmentsOf = (held: Record<string, string>, size: number): Segment[] => {
    const entries = Object.entries(held).map(([run, version]) => [`s/${run}`, version]);
    const segments: Segment[] = [];
    for (let i = 0; i < entries.length; i += size)
      segments.push({
        name: `${i}`,
        runs: Object.fromEntries(entries.slice(i, i + size)),
        bytes: {},
      });
    return segments;
  };

  const foundOf = (found: Record<string, string>): FoundRun[] =>
    Object.entries(found).map(([run, version]) => ({ study: "s", run, folder: "", version }));

  it("puts every run that was found into one segment, in the version that was found", () => {
    fc.assert(
      fc.property(versions, versions, fc.integer({ min: 1, max: 64 }), (held, found, size) => {
        const segments = segmentsOf(held, size);
        const { keep, work } = planRefresh(segments, foundOf(found));
        const all = [
          ...keep.flatMap(({ runs }) => Object.entries(runs)),
          ...work.map((run) => [keyOf(run), run.version] as const),
        ];
        expect(all.length).toBe(Object.keys(found).length);
        expect(Object.fromEntries(all)).toEqual(
          Object.fromEntries(Object.entries(found).map(([run, version]) => [`s/${run}`, version])),
        );
        // Only what has changed is read; the rest is taken over from the segment that holds it.
        for (const run of work) {
          const from = segments.find(({ name }) => name === run.from);
          expect(from?.runs[keyOf(run)] === run.version).toBe(held[run.run] === run.version);
        }
      }),
    );
  });

  it("does nothing where nothing has changed, however small the segments are", () => {
    fc.assert(
      fc.property(versions, fc.integer({ min: 1, max: 64 }), (held, size) => {
        const segments = segmentsOf(held, size);
        expect(planRefresh(segments, foundOf(held))).toEqual({ keep: segments, work: [] });
      }),
    );
  });
});

describe("many processes at once", () => {
  let data: string;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), "mesascope-many-"));
  });
  afterEach(() => {
    rmSync(data, { recursive: true, force: true });
  });

  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

  /** Runs a script of `testing/` as a process. */
  function start(script: string, args: readonly string[]) {
    const path = fileURLToPath(new URL(`../testing/${script}.ts`, import.meta.url));
    const child = spawn(process.execPath, ["--import", loader, path, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
      child.on("close", (code) => resolve({ code, stdout, stderr })),
    );
    return { child, ended };
  }

  const counts =
    "SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM runs WHERE status = 'corrupted')";

  async function ask(sql: string) {
    const answer = await query(data, sql);
    const rows = [];
    for await (const block of answer.blocks()) rows.push(...block);
    answer.close();
    return rows;
  }

  it("write runs and ask of them, and none sees a run torn", { timeout: 120_000 }, async () => {
    const seeds = Array.from({ length: 60 }, (_, i) => String(i + 1));
    const writers = [0, 1].map((part) =>
      start("trainer", [data, ...seeds.filter((_, i) => i % 2 === part)]),
    );
    let writing = true;
    const written = Promise.all(writers.map(({ ended }) => ended)).then((all) => {
      writing = false;
      return all;
    });
    const check = (least: number, [runs, corrupted]: readonly number[]): number => {
      expect(corrupted).toBe(0);
      expect(runs).toBeGreaterThanOrEqual(least);
      return runs!;
    };
    const others = async () => {
      for (let least = 0; writing; ) {
        const { stdout, stderr } = await start("asker", [data, counts]).ended;
        expect(stderr).toBe("");
        least = check(least, JSON.parse(stdout)[0]);
      }
    };
    const own = async () => {
      const seen = new Set<number>();
      for (let least = 0; writing; seen.add(least))
        least = check(least, (await ask(counts))[0]!.map(Number));
      return seen.size;
    };
    const [different] = await Promise.all([own(), others()]);
    expect(different).toBeGreaterThan(1);
    expect((await written).map(({ code, stderr }) => ({ code, stderr }))).toEqual([
      { code: 0, stderr: "" },
      { code: 0, stderr: "" },
    ]);
    expect(await ask("SELECT status, count(*), sum(updates) FROM runs GROUP BY status")).toEqual([
      ["complete", 60n, 600n],
    ]);
    expect(await ask("SELECT count(*) FROM metrics")).toEqual([[600n]]);
  });

  it("go on where one is killed while it derives the tables", { timeout: 120_000 }, async () => {
    for (let seed = 1; seed <= 70; seed++) await trainRun(data, seed);
    for (const delay of [0, 20, 60, 150]) {
      rmSync(join(data, "derived"), { recursive: true, force: true });
      const { child, ended } = start("asker", [data, counts]);
      while (!readdirSync(data).includes("derived")) await sleep(2);
      await sleep(delay);
      child.kill("SIGKILL");
      await ended;
      expect(await ask(counts)).toEqual([[70n, 0n]]);
    }
  });

  it("wait for each other and derive the tables once", async () => {
    for (let seed = 1; seed <= 3; seed++) await trainRun(data, seed);
    let worked = 0;
    const progress = () => worked++;
    const all = await Promise.all(Array.from({ length: 5 }, () => refresh(data, { progress })));
    expect(worked).toBe(1);
    expect(new Set(all.map(({ folders }) => folders.join())).size).toBe(1);
  });

  it("can be stopped while they wait or work", async () => {
    await trainRun(data, 1);
    await expect(refresh(data, { signal: AbortSignal.abort() })).rejects.toThrow(/^stopped while/);
    expect((await refresh(data)).runs).toBe(1);
  });
});
