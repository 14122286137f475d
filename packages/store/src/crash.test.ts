/** Dying at every single write of a run, and at every pair of writes: nothing is lost, nothing is there twice. */
import { describe, expect, it } from "vitest";
import { openArchive } from "./archive.ts";
import { Death, MemoryDisk } from "./testing/memory-disk.ts";
import { jsonCodec, Lives, plannedRun, train } from "./testing/training.ts";

const run = plannedRun();
const folder = `/data/${run.study}/${run.id}`;

/** One process that runs the run until it is done or dead; tells how many writes it made. */
async function live(
  disk: MemoryDisk,
  lives: Lives,
  fatal?: number,
): Promise<{ died: boolean; operations: number }> {
  const processes = lives.next();
  const own = disk.life(fatal);
  const archive = openArchive("/data", { codec: jsonCodec, disk: own, processes });
  try {
    const opened = await archive.open(run);
    if (opened.status === "open") {
      await train(run, opened.archive);
      await opened.release();
    }
    return { died: false, operations: own.operations() };
  } catch (error) {
    if (!(error instanceof Death)) throw error;
    lives.kill(processes);
    return { died: true, operations: own.operations() };
  }
}

const text = (disk: MemoryDisk, name: string) =>
  new TextDecoder().decode(disk.files.get(`${folder}/${name}`));

/** What must be the same whenever and however often the run was interrupted. */
function outcome(disk: MemoryDisk) {
  const names = [...disk.files.keys()].map((path) => path.slice(folder.length + 1));
  return {
    metrics: text(disk, "metrics.jsonl"),
    // Reading gives the members the order of the schema: equal content, not equal text.
    result: JSON.parse(text(disk, "result.json")),
    checkpoint: text(disk, "checkpoint.safetensors"),
    model: text(disk, "model.onnx"),
    rest: names.filter((name) => !name.startsWith("lock~") && !name.startsWith("snapshot")).sort(),
  };
}

async function stateOf(disk: MemoryDisk, lives: Lives) {
  return openArchive("/data", {
    codec: jsonCodec,
    disk: disk.life(),
    processes: lives.next(),
  }).state(run);
}

describe("a run that is killed", async () => {
  const whole = new MemoryDisk();
  const { operations } = await live(whole, new Lives());
  const expected = outcome(whole);

  it("leaves, uninterrupted, the files of the protocol and no other", () => {
    expect([...whole.files.keys()].map((path) => path.slice(folder.length + 1)).sort()).toEqual([
      "checkpoint.safetensors",
      "metrics.jsonl",
      "model.onnx",
      "result.json",
      "spec.json",
    ]);
    expect(
      expected.metrics
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).update),
    ).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it("ends as if it had not been, wherever it was killed", { timeout: 120_000 }, async () => {
    for (let fatal = 1; fatal <= operations; fatal++) {
      const disk = new MemoryDisk();
      const lives = new Lives();
      expect(await live(disk, lives, fatal)).toEqual({ died: true, operations: fatal });
      expect((await stateOf(disk, lives)).status, `after write ${fatal}`).not.toBe("corrupted");
      await live(disk, lives);
      expect(outcome(disk), `after write ${fatal}`).toEqual(expected);
      expect((await stateOf(disk, lives)).status).toBe("complete");
    }
  });

  it("ends as if it had not been, killed twice at any two writes", {
    timeout: 120_000,
  }, async () => {
    for (let first = 1; first <= operations; first++) {
      const once = new MemoryDisk();
      const before = new Lives();
      await live(once, before, first);
      for (let second = 1; ; second++) {
        const disk = once.copy();
        const { died } = await live(disk, before, second);
        await live(disk, before);
        expect(outcome(disk), `after writes ${first} and ${second}`).toEqual(expected);
        if (!died) break;
      }
    }
  });

  it("counts as complete from the renaming of its result, and not before", async () => {
    const seen: string[] = [];
    for (let fatal = 1; fatal <= operations; fatal++) {
      const disk = new MemoryDisk();
      const lives = new Lives();
      await live(disk, lives, fatal);
      seen.push((await stateOf(disk, lives)).status);
    }
    const order = ["absent", "partial", "complete"];
    expect(seen).toEqual([...seen].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
    expect(new Set(seen)).toEqual(new Set(order));
  });
});
