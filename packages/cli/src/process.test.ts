/** The command as a process: Ctrl-C, kill -9, closed pipes, and two of them at once. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Place } from "./testing/place.ts";

let place: Place;

beforeEach(() => {
  place = new Place();
});
afterEach(() => {
  place.remove();
});

const run = ["run", "001", "--data", "data", "--jobs", "2"];

const folderOf = (id: string) => join(place.data, "small-study", id);

const runFolders = () => {
  const folder = join(place.data, "small-study");
  return existsSync(folder)
    ? readdirSync(folder).filter((name) => !name.includes("study.json"))
    : [];
};

/** What each run computed, by id, and which updates its metrics hold. */
function computed() {
  return Object.fromEntries(
    runFolders().map((id) => {
      const lines = readFileSync(join(folderOf(id), "metrics.jsonl"), "utf8")
        .trim()
        .split("\n");
      const updates = lines.map((line) => JSON.parse(line).update);
      const { checkpoints } = JSON.parse(readFileSync(join(folderOf(id), "result.json"), "utf8"));
      return [id, { updates, checkpoints }];
    }),
  );
}

/** Waits until `ready` holds. */
async function until(ready: () => boolean): Promise<void> {
  while (!ready()) await sleep(20);
}

const begun = () => runFolders().some((id) => existsSync(join(folderOf(id), "snapshot.json")));

/** Ids of the processes that have a file of the data folder's runs locked. */
const holders = () =>
  runFolders().flatMap((id) =>
    readdirSync(folderOf(id)).flatMap((name) =>
      name.startsWith("lock~") ? [Number(name.split("~")[1])] : [],
    ),
  );

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe("a command that is stopped", () => {
  for (const [signal, expected] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)
    it(`by ${signal} ends with ${expected}, keeps its state, and leaves no process behind`, async () => {
      place.behave({ gru: { delay: 20, keep: 5 }, table: { delay: 20, keep: 5 } });
      let children: number[] = [];
      const { code, stdout, stderr } = await place.spawn(run, async (child) => {
        await until(begun);
        children = holders();
        child.kill(signal);
      });
      expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
      expect(stderr).toContain("stopping between updates, with the state kept");
      expect(stderr).toContain("stopped; the same command goes on from here");
      expect(children.length).toBeGreaterThan(0);
      expect(children.filter(alive)).toEqual([]);
      expect(holders()).toEqual([]);
    });

  it("goes on by the same command to what it would have computed uninterrupted", async () => {
    const other = new Place();
    try {
      await other.run([...run, "--quiet"]);
      place.behave({ gru: { delay: 10, keep: 7 }, table: { delay: 10, keep: 7 } });
      await place.spawn(run, async (child) => {
        await until(begun);
        child.kill("SIGINT");
      });
      expect((await place.spawn(run)).code).toBe(0);
      const interrupted = computed();
      const here = place;
      place = other;
      expect(interrupted).toEqual(computed());
      place = here;
    } finally {
      other.remove();
    }
  });

  it("twice ends at once, even when a run does not listen", async () => {
    place.behave({ gru: { delay: 60_000 }, table: { delay: 60_000 } });
    const began = performance.now();
    const { code } = await place.spawn(run, async (child) => {
      await until(() => holders().length === 2);
      child.kill("SIGINT");
      // An echo of the first, as npm makes one, is not a second.
      await sleep(100);
      child.kill("SIGINT");
      await sleep(1000);
      expect(child.exitCode).toBeNull();
      child.kill("SIGINT");
    });
    expect(code).toBe(130);
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});

describe("a command that is killed", () => {
  it("at any moments loses no run and doubles none", { timeout: 180_000 }, async () => {
    const other = new Place();
    try {
      await other.run([...run, "--quiet"]);
      place.behave({ gru: { delay: 5, keep: 3 }, table: { delay: 5, keep: 3 } });
      for (let kill = 0; kill < 8; kill++)
        await place.spawn(run, async (child) => {
          await until(begun);
          await sleep(Math.random() * 600);
          child.kill("SIGKILL");
        });
      expect((await place.spawn(run)).code).toBe(0);
      const interrupted = computed();
      const here = place;
      place = other;
      const expected = computed();
      place = here;
      expect(interrupted).toEqual(expected);
    } finally {
      other.remove();
    }
  });

  it("leaves no children: they notice, keep their state and end", async () => {
    place.behave({ gru: { delay: 200, keep: 1000 }, table: { delay: 200, keep: 1000 } });
    let children: number[] = [];
    await place.spawn(run, async (child) => {
      await until(() => holders().length === 2);
      await sleep(1000);
      children = holders();
      child.kill("SIGKILL");
    });
    await until(() => !children.some(alive));
    expect(holders()).toEqual([]);
    expect(begun()).toBe(true);
  });

  it("in one of its children loses that run alone", async () => {
    place.behave({ gru: { delay: 5 }, table: { delay: 5 } });
    const { code, stdout } = await place.spawn(run, async () => {
      await until(begun);
      process.kill(holders()[0]!, "SIGKILL");
    });
    expect(code).toBe(1);
    expect(stdout).toContain("7 of 8 runs complete, 1 failed");
    expect(stdout).toMatch(/^failed .*: its process was killed by SIGKILL/m);
    expect((await place.spawn(run)).code).toBe(0);
  });
});

describe("two commands at once", () => {
  it("on one data folder share the work and both end well", async () => {
    place.behave({ gru: { delay: 5 }, table: { delay: 5 } });
    const both = await Promise.all([place.spawn(run), place.spawn(run)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    for (const { updates } of Object.values(computed()))
      expect(updates).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  });
});

describe("a pipe that is closed", () => {
  it("ends the command quietly with 0", async () => {
    const script = fileURLToPath(new URL("../bin/mesascope.js", import.meta.url));
    const command = `"${process.execPath}" "${script}" schema | head -n 1; echo "codes \${PIPESTATUS[*]}"`;
    const child = spawn("bash", ["-c", command], { stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    await new Promise((resolve) => child.on("close", resolve));
    expect({ stdout, stderr }).toEqual({ stdout: "{\ncodes 0 0\n", stderr: "" });
  });
});
