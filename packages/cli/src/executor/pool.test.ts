import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExecutionOutcome, PlannedRun } from "@mesascope/lab/studies";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeRun, openFakeArchive } from "../testing/fake-work.ts";
import { createProcessPool, type ProcessPool } from "./index.ts";

const entry = new URL("../testing/fake-child.ts", import.meta.url);
const pools: ProcessPool[] = [];
let data: string;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "mesascope-pool-"));
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
  rmSync(data, { recursive: true, force: true });
});

function pool(jobs = 2, notice: (message: string) => void = () => {}): ProcessPool {
  const made = createProcessPool({ entry, data, versions: {}, jobs, notice });
  pools.push(made);
  return made;
}

const never = new AbortController().signal;
const quiet = () => {};
const state = (run: PlannedRun) => openFakeArchive(data).state(run);

describe("the process pool", () => {
  it("executes runs, more of them than processes, and reports their progress", async () => {
    const runs = [1, 2, 3, 4].map((seed) => fakeRun("good", 30, { delay: 5 }, seed));
    const executor = pool(2);
    const progress: number[] = [];
    const outcomes = await Promise.all(
      runs.map((run) => executor.execute(run, (updates) => progress.push(updates), never)),
    );
    expect(outcomes).toEqual(runs.map(() => ({ status: "complete" })));
    expect(progress.length).toBeGreaterThan(4);
    for (const run of runs) expect((await state(run)).status).toBe("complete");
  });

  const ends = [
    ["throw", "the loss is not a number"],
    [
      "uncaught",
      "its process ended with exit code 1 after update 25: TypeError: nobody catches this",
    ],
    ["exit", "its process ended with exit code 3 after update 25"],
    ["kill", "its process was killed by SIGKILL after update 25"],
    ["nonsense", "its process sent a message that is not one of the protocol"],
  ] as const;

  for (const [end, message] of ends)
    it(`lets a run that meets its end by '${end}' fail alone, and goes on with a new process`, async () => {
      const executor = pool(1);
      const bad = fakeRun("bad", 60, { delay: 1, end, at: 25 });
      const outcome = await executor.execute(bad, quiet, never);
      // Progress is told 20 times a second, so the last update heard of may be an earlier one.
      const heard =
        outcome.status === "failed"
          ? outcome.message.replace(/update \d+/, "update 25")
          : outcome.status;
      expect(heard).toBe(message);
      expect(await executor.execute(fakeRun("good", 5), quiet, never)).toEqual({
        status: "complete",
      });
    });

  it("stops runs between updates, with their state kept, and goes on exactly from there", async () => {
    const run = fakeRun("slow", 40, { delay: 10, keep: 1000 });
    const stopper = new AbortController();
    const reported = (updates: number) => updates >= 5 && stopper.abort();
    const outcome = await pool().execute(run, reported, stopper.signal);
    expect(outcome.status).toBe("stopped");
    const updates = outcome.status === "stopped" ? outcome.updates : 0;
    expect(updates).toBeGreaterThanOrEqual(5);
    expect(await state(run)).toEqual({ status: "partial", updates });
    expect(await pool().execute(run, quiet, never)).toEqual({ status: "complete" });
    const lines = readFileSync(join(data, run.study, run.id, "metrics.jsonl"), "utf8")
      .trim()
      .split("\n");
    expect(lines.map((line) => JSON.parse(line).update)).toEqual(
      Array.from({ length: 40 }, (_, i) => i + 1),
    );
  });

  it("does not start what is stopped before its turn", async () => {
    expect(await pool().execute(fakeRun("good", 5), quiet, AbortSignal.abort())).toEqual({
      status: "stopped",
      updates: 0,
    });
    expect(await state(fakeRun("good", 5))).toEqual({ status: "absent" });
  });

  it("stops what is under way when it is closed, and kills at once when it must", async () => {
    const closing = pool();
    const slow = fakeRun("slow", 10_000, { delay: 10 });
    const ended = closing.execute(slow, (updates) => updates > 2 && closing.close(), never);
    expect((await ended).status).toBe("stopped");
    expect((await state(slow)).status).toBe("partial");
    const killing = pool();
    const outcome = await killing.execute(slow, () => killing.kill(), never);
    expect(outcome).toMatchObject({
      status: "failed",
      message: expect.stringContaining("SIGKILL"),
    });
  });

  it("lets two pools share a run: the second waits, says for whom, and goes on where the first stopped", async () => {
    const run = fakeRun("shared", 100_000, { delay: 5 });
    const [stopFirst, stopSecond] = [new AbortController(), new AbortController()];
    const notices: string[] = [];
    const second = pool(1, (message) => {
      notices.push(message);
      stopFirst.abort();
    });
    let waiting: Promise<ExecutionOutcome> | undefined;
    const seen: number[] = [];
    const follow = (updates: number) => {
      seen.push(updates);
      stopSecond.abort();
    };
    const first = await pool(1).execute(
      run,
      () => {
        waiting ??= second.execute(run, follow, stopSecond.signal);
      },
      stopFirst.signal,
    );
    expect((await waiting)?.status).toBe("stopped");
    expect(notices).toEqual([
      expect.stringMatching(/^waiting for process \d+, which has shared-n16-s1-100000 in hand$/),
    ]);
    expect(first.status === "stopped" && seen[0]! > first.updates).toBe(true);
  });
});
