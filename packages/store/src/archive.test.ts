import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openArchive, type RunStore } from "./archive.ts";
import { jsonCodec, Lives, plannedRun, train } from "./testing/training.ts";

const run = plannedRun();
let data: string;
let archive: RunStore;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "mesascope-store-"));
  archive = openArchive(data, { codec: jsonCodec, versions: { commit: "abc" } });
});
afterEach(() => {
  rmSync(data, { recursive: true, force: true });
});

async function opened(store = archive, which = run) {
  const opening = await store.open(which);
  if (opening.status !== "open") throw new Error(`the run is ${opening.status}`);
  return opening;
}

async function finish(which = run): Promise<void> {
  const { archive: own, release } = await opened(archive, which);
  await train(which, own);
  await release();
}

async function begin(stopAt: number): Promise<void> {
  const { archive: own, release } = await opened();
  await train(run, own, { stopAt });
  await release();
}

const file = (name: string) => join(data, run.study, run.id, name);

describe("the states of a run", () => {
  it("are absent, partial at the kept update, and complete with the result as it was given", async () => {
    expect(await archive.state(run)).toEqual({ status: "absent" });
    await begin(5);
    expect(await archive.state(run)).toEqual({ status: "partial", updates: 3 });
    await finish();
    const state = await archive.state(run);
    expect(
      state.status === "complete" && state.result.checkpoints.map(({ spent }) => spent.updates),
    ).toEqual([5, 10]);
    const measurement =
      state.status === "complete" ? state.result.checkpoints[0]?.measurements[0] : undefined;
    expect(measurement?.applicable && measurement.interval.low).toBe(Number.NEGATIVE_INFINITY);
    expect(measurement?.applicable && measurement.parts.tail?.value).toBeNaN();
    expect((await archive.open(run)).status).toBe("complete");
  });

  it("say what failed and when; a failed run is repeated from its beginning", async () => {
    await begin(7);
    await archive.fail(run, "the process was killed by SIGKILL", 1.5);
    expect(await archive.state(run)).toMatchObject({
      status: "failed",
      message: "the process was killed by SIGKILL",
      seconds: 1.5,
    });
    const { archive: own, release } = await opened();
    expect(await own.resume()).toBeUndefined();
    await train(run, own);
    await release();
    expect((await archive.state(run)).status).toBe("complete");
    expect(readFileSync(file("metrics.jsonl"), "utf8").trim().split("\n")).toHaveLength(10);
  });

  it("are failed for a run of which nothing was written, and stay complete once complete", async () => {
    await archive.fail(run, "no process could be started", 0);
    expect((await archive.state(run)).status).toBe("failed");
    await finish();
    await archive.fail(run, "too late", 0);
    expect((await archive.state(run)).status).toBe("complete");
  });
});

describe("a damaged folder", () => {
  const damages: [string, (text: string) => string, RegExp][] = [
    ["result.json", (text) => text.slice(0, 100), /result\.json is not valid JSON/],
    [
      "result.json",
      (text) => text.replace('"size": 1', '"size": "one"'),
      /result\.json does not hold.*'size'/,
    ],
    [
      "result.json",
      (text) => text.replace('"diversity": 16,\n    "learner"', '"diversity": 8,\n    "learner"'),
      /result\.json describes another run/,
    ],
    ["spec.json", () => "", /spec\.json is not valid JSON/],
    [
      "spec.json",
      (text) => text.replaceAll('"updates": 10', '"updates": 11'),
      /spec\.json describes another run/,
    ],
    [
      "checkpoint.safetensors",
      (text) => text.slice(1),
      /checkpoint\.safetensors has \d+ bytes, not the \d+/,
    ],
  ];

  for (const [name, spoil, message] of damages)
    it(`is reported (${message.source}) and left untouched`, async () => {
      await finish();
      const spoilt = spoil(readFileSync(file(name), "utf8"));
      writeFileSync(file(name), spoilt);
      expect(await archive.state(run)).toEqual({
        status: "corrupted",
        message: expect.stringMatching(message),
      });
      await expect(archive.open(run)).rejects.toThrow(message);
      await archive.fail(run, "must not be written", 0);
      expect(readFileSync(file(name), "utf8")).toBe(spoilt);
      expect(() => readFileSync(file("failure.json"))).toThrow(/ENOENT/);
    });

  it("is one whose kept arrays are not those that were written", async () => {
    await begin(4);
    const { arrays } = JSON.parse(readFileSync(file("snapshot.json"), "utf8"));
    writeFileSync(file(arrays.file), "other");
    expect(await archive.state(run)).toEqual({
      status: "corrupted",
      message: expect.stringContaining(`${arrays.file} does not hold what was written to it`),
    });
  });

  it("is one without spec.json", async () => {
    await begin(4);
    rmSync(file("spec.json"));
    expect(await archive.state(run)).toMatchObject({
      status: "corrupted",
      message: expect.stringMatching(/spec\.json is missing/),
    });
  });
});

describe("two processes on one run", () => {
  it("take turns: the second waits, says for whom, and finds the run complete", async () => {
    const lives = new Lives();
    const first = openArchive(data, { codec: jsonCodec, processes: lives.next() });
    const second = openArchive(data, { codec: jsonCodec, processes: lives.next() });
    const own = await opened(first);
    const held: number[] = [];
    const waiting = second.open(run, { onHeld: ({ pid }) => held.push(pid) });
    await new Promise((resolve) => setTimeout(resolve, 400));
    await train(run, own.archive);
    await own.release();
    expect((await waiting).status).toBe("complete");
    expect(held).toEqual([101]);
  });

  it("do not touch each other's run by reporting a failure", async () => {
    const lives = new Lives();
    const first = openArchive(data, { codec: jsonCodec, processes: lives.next() });
    const second = openArchive(data, { codec: jsonCodec, processes: lives.next() });
    const own = await opened(first);
    await second.fail(run, "not mine", 0);
    await own.release();
    expect((await archive.state(run)).status).toBe("partial");
  });

  it("take over from one that died, and give up waiting when told to", async () => {
    const lives = new Lives();
    const holder = lives.next();
    await opened(openArchive(data, { codec: jsonCodec, processes: holder }));
    const other = openArchive(data, { codec: jsonCodec, processes: lives.next() });
    expect((await other.open(run, { signal: AbortSignal.timeout(300) })).status).toBe("stopped");
    lives.kill(holder);
    expect((await other.open(run)).status).toBe("open");
  });

  it("never both hold it, however many rush for it", async () => {
    const lives = new Lives();
    let holding = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const opening = await openArchive(data, { codec: jsonCodec, processes: lives.next() }).open(
          run,
        );
        if (opening.status !== "open") throw new Error("the run never ends here");
        most = Math.max(most, ++holding);
        await new Promise((resolve) => setTimeout(resolve, 10));
        holding--;
        await opening.release();
      }),
    );
    expect(most).toBe(1);
  });
});

describe("the data folder", () => {
  it("lists studies and runs, and tells what a run was planned to be", async () => {
    await finish();
    await finish(plannedRun(2));
    mkdirSync(join(data, "report"));
    expect(await archive.studies()).toEqual([run.study]);
    expect(await archive.runs(run.study)).toEqual([run.id, plannedRun(2).id]);
    expect(await archive.planned(run.study, run.id)).toEqual(run);
  });

  it("remembers how a study was last run", async () => {
    const record = {
      id: "s",
      number: "001",
      profile: "quick",
      set: ["a=1"],
      source: "id: s",
      when: new Date().toISOString(),
    };
    expect(await archive.recorded("s")).toBeUndefined();
    await archive.record(record);
    expect(await archive.recorded("s")).toEqual(record);
  });

  it("that cannot be written is wrong input, told before any work", async () => {
    writeFileSync(join(data, "file"), "");
    const place = join(data, "file", "runs");
    await expect(openArchive(place, { codec: jsonCodec }).prepare()).rejects.toThrow(
      `--data ${place}: cannot make the folder ${place}: a part of the path is a file, not a folder`,
    );
    await expect(openArchive(join(data, "file"), { codec: jsonCodec }).prepare()).rejects.toThrow(
      /it is a file/,
    );
  });

  it("is never left through an id", () => {
    expect(() => archive.folderOf({ study: "..", id: "x" })).toThrow(
      "cannot be the name of a folder",
    );
    expect(() => archive.folderOf({ study: "s", id: "a/b" })).toThrow(
      "cannot be the name of a folder",
    );
  });
});
