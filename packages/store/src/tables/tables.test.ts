/** The tables against the run folders, read here without any of the store's code. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { damages, failRun, openTestArchive, runFile, tear, trainRun } from "../testing/folders.ts";
import { plannedRun } from "../testing/training.ts";
import { exportTables, query, refresh, tables, type Value } from "./index.ts";

let data: string;

beforeEach(() => {
  // Quotes, brackets and stars are characters of file names like any other.
  data = mkdtempSync(join(tmpdir(), "mesascope's [1]* tables-"));
});
afterEach(() => {
  rmSync(data, { recursive: true, force: true });
});

async function ask(sql: string): Promise<Value[][]> {
  const answer = await query(data, sql);
  const rows: Value[][] = [];
  for await (const block of answer.blocks()) rows.push(...block);
  answer.close();
  return rows;
}

/** Every table's rows in order, as an independent reader finds them in the exported files. */
async function contents(): Promise<Record<string, Record<string, unknown>[]>> {
  const out = join(data, "report");
  await exportTables(data, out, "parquet");
  const found: Record<string, Record<string, unknown>[]> = {};
  for (const { name } of tables)
    found[name] = await parquetReadObjects({
      file: await asyncBufferFromFile(join(out, `${name}.parquet`)),
    });
  return found;
}

const json = (seed: number, name: string) =>
  JSON.parse(readFileSync(runFile(data, seed, name), "utf8"));

/** A number as the store's JSON spells it. */
const number = (value: unknown) => (value === null ? null : Number(value));

describe("values", () => {
  it("are those of the run folders, read back from Parquet by an independent reader", async () => {
    for (const seed of [1, 2]) await trainRun(data, seed);
    await trainRun(data, 3, 7);
    await failRun(data, 3, "the loss is not a number");
    const { runs, measurements, metrics, failures } = await contents();
    for (const seed of [1, 2]) {
      const id = `gru-n16-s${seed}-0123456789`;
      const result = json(seed, "result.json");
      expect(runs!.find(({ run }) => run === id)).toMatchObject({
        ...{ study: "diversity-test", status: "complete", message: null, learner: "gru" },
        ...{ diversity: 16n, fresh: false, seed: BigInt(seed), arm: result.arm, budget: 10n },
        ...{ updates: 10n, samples: BigInt(result.spent.samples), flops: result.spent.flops },
        ...{ size: BigInt(result.size), seconds: result.seconds, engine: result.engine.name },
        ...{ task: "keyed-bandit", task_parameters: { arms: 6 }, versions: result.versions },
        ...{ ended: new Date(result.when), begun: new Date(json(seed, "spec.json").when) },
        unreadable_lines: 0n,
      });
      const [value] = result.checkpoints[1].measurements;
      const last = { run: id, update: 10n, samples: 80n, final: true, learner: "gru" };
      const own = measurements!.filter(({ run, update }) => run === id && update === 10n);
      const place = { ...last, diversity: 16n, fresh: false, seed: BigInt(seed) };
      const signature = { ...place, n: 16n, unit: "reward" };
      const measure = "novel-success";
      const { low, high, level } = value.interval;
      const expected = [
        { ...signature, measure: `${measure}.bySteps`, kind: "series", step: 1n },
        { ...signature, measure: `${measure}.bySteps`, kind: "series", step: 2n },
        { ...place, measure: `${measure}.chance`, kind: "baseline", value: 1.33, unit: "reward" },
        { ...signature, measure: `${measure}.tail`, kind: "part", value: Number.NaN, unit: "bits" },
        {
          ...signature,
          ...{ measure: `${measure}.value`, kind: "value", value: value.value },
          ...{ low: Number(low), high, level },
        },
        {
          ...place,
          ...{ measure: "ticks.value", kind: "value", value: null, step: null },
          reason: "the learner has no ticks",
        },
        {
          ...place,
          measure: "training.loss",
          kind: "diagnostic",
          value: result.checkpoints[1].metrics.loss,
        },
      ];
      expect(own).toHaveLength(expected.length);
      for (const [i, row] of expected.entries()) expect(own[i]).toMatchObject(row);
      expect(own[0]!["value"]).toBe(value.series.bySteps[0]);
      const lines = readFileSync(runFile(data, seed, "metrics.jsonl"), "utf8")
        .trim()
        .split("\n");
      expect(metrics!.filter(({ run }) => run === id)).toEqual(
        lines.map((line) => {
          const { update, loss } = JSON.parse(line);
          return {
            study: "diversity-test",
            run: id,
            update: BigInt(update),
            metric: "loss",
            value: number(loss),
          };
        }),
      );
    }
    expect(failures).toMatchObject([
      { status: "failed", message: "the loss is not a number", ended: expect.any(Date) },
    ]);
  });

  it("are the same in CSV", async () => {
    await trainRun(data, 1);
    const out = join(data, "csv");
    const files = await exportTables(data, out, "csv");
    expect(files.map(({ table, rows }) => [table, rows])).toEqual([
      ["runs", 1],
      ["measurements", 14],
      ["metrics", 10],
      ["failures", 0],
    ]);
    const lines = readFileSync(runFile(data, 1, "metrics.jsonl"), "utf8")
      .trim()
      .split("\n");
    const rows = lines.map((line) => {
      const { update, loss } = JSON.parse(line);
      return `diversity-test,gru-n16-s1-0123456789,${update},loss,${loss}`;
    });
    expect(readFileSync(join(out, "metrics.csv"), "utf8")).toBe(
      `${["study,run,update,metric,value", ...rows].join("\n")}\n`,
    );
    expect(readdirSync(out).sort()).toEqual(
      files.map(({ path }) => path.slice(out.length + 1)).sort(),
    );
  });
});

describe("states", () => {
  for (const [name, damage, message] of damages)
    it(`${name}: the run is shown as corrupted, and the others as they are`, async () => {
      for (const seed of [1, 2]) await trainRun(data, seed);
      await refresh(data);
      damage((file) => runFile(data, 1, file));
      const rows = await ask("SELECT status, message FROM runs ORDER BY run");
      expect(rows[0]).toEqual(["corrupted", expect.stringMatching(message)]);
      expect(rows[1]).toEqual(["complete", null]);
      expect(await ask("SELECT count(DISTINCT run) FROM measurements")).toEqual([[1n]]);
      expect((await ask("SELECT message FROM failures"))[0]![0]).toMatch(message);
    });

  it("are the archive's own, also of runs that are not complete", async () => {
    await trainRun(data, 1);
    await trainRun(data, 2, 7);
    await trainRun(data, 3, 1);
    await trainRun(data, 4, 4);
    await failRun(data, 4, "killed");
    const archive = openTestArchive(data);
    const rows = await ask("SELECT seed, status, updates, message FROM runs ORDER BY seed");
    for (const [seed, status, updates, message] of rows) {
      const state = await archive.state(plannedRun(Number(seed)));
      expect(status).toBe(state.status);
      if (state.status === "partial") expect(updates).toBe(BigInt(state.updates));
      if (state.status === "failed") expect(message).toBe(state.message);
    }
    expect(rows.map((row) => row[1])).toEqual(["complete", "partial", "partial", "failed"]);
    // A run under way is measured at the checkpoints that it has kept, none of which is final.
    expect(await ask("SELECT DISTINCT seed, update, final FROM measurements ORDER BY ALL")).toEqual(
      [
        [1n, 5n, false],
        [1n, 10n, true],
        [2n, 5n, false],
      ],
    );
  });

  it("count lines of the metrics that hold no update, and keep those that do", async () => {
    await trainRun(data, 1);
    tear(data, 1);
    expect(await ask("SELECT status, unreadable_lines FROM runs")).toEqual([["complete", 5n]]);
    const values = await ask("SELECT update, value FROM metrics ORDER BY update");
    expect(values).toHaveLength(11);
    expect(values.at(-1)).toEqual([11n, null]);
  });

  it("of a data folder without runs are empty tables", async () => {
    expect(await ask("SELECT count(*) FROM runs")).toEqual([[0n]]);
    expect(await ask("SELECT * FROM failures")).toEqual([]);
    expect(existsSync(join(data, "derived"))).toBe(false);
  });
});

describe("deriving again", () => {
  it("after every change gives what deriving everything anew gives", {
    timeout: 120_000,
  }, async () => {
    const check = async () => {
      const incremental = await contents();
      rmSync(join(data, "derived"), { recursive: true });
      const rebuilt = await contents();
      expect(incremental).toEqual(rebuilt);
      return rebuilt;
    };
    const changes: [string, () => Promise<unknown>][] = [
      ["runs are begun", () => Promise.all([1, 2, 3].map((seed) => trainRun(data, seed, 7)))],
      ["one goes on", () => trainRun(data, 2)],
      ["one fails", () => failRun(data, 3, "killed")],
      ["it is repeated", () => trainRun(data, 3)],
      ["a result is damaged", async () => truncateSync(runFile(data, 2, "result.json"), 50)],
      ["a folder is removed", async () => rmSync(runFile(data, 2), { recursive: true })],
      [
        // More than two segments hold.
        "many more are run",
        async () => {
          for (let seed = 10; seed < 150; seed++) await trainRun(data, seed);
        },
      ],
      ["one of them is torn", async () => tear(data, 77)],
      [
        "some are removed",
        async () => {
          for (let seed = 20; seed < 50; seed++) rmSync(runFile(data, seed), { recursive: true });
        },
      ],
    ];
    for (const [name, change] of changes) {
      await change();
      const { runs } = await check();
      expect(runs!.length, name).toBe(readdirSync(join(data, "diversity-test")).length);
    }
  });

  it("reads only runs that have changed", async () => {
    for (const seed of [1, 2]) await trainRun(data, seed);
    const path = runFile(data, 1, "result.json");
    const time = new Date("2026-01-01T00:00:00Z");
    utimesSync(path, time, time);
    await refresh(data);
    // A change that cannot be seen from outside is not seen: the folder was not read again.
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace('"size": 1', '"size": 7'));
    utimesSync(path, time, time);
    tear(data, 2);
    expect(await ask("SELECT seed, size FROM runs ORDER BY seed")).toEqual([
      [1n, 1n],
      [2n, 1n],
    ]);
    await refresh(data, { rebuild: true });
    expect(await ask("SELECT size FROM runs WHERE seed = 1")).toEqual([[7n]]);
  });

  const spoils: [string, (derived: string, segment: string) => void][] = [
    ["a manifest cut short", (derived) => truncateSync(join(derived, "manifest.json"), 20)],
    [
      "tables of another version",
      (derived) => {
        const path = join(derived, "manifest.json");
        const manifest = JSON.parse(readFileSync(path, "utf8"));
        writeFileSync(path, JSON.stringify({ ...manifest, definitions: "older" }));
      },
    ],
    ["a file cut short", (_, segment) => truncateSync(join(segment, "metrics.parquet"), 40)],
    ["a segment removed", (_, segment) => rmSync(segment, { recursive: true })],
  ];
  for (const [name, spoil] of spoils)
    it(`repairs ${name}`, async () => {
      for (const seed of [1, 2]) await trainRun(data, seed);
      const before = await contents();
      const { folders } = await refresh(data);
      spoil(join(data, "derived"), folders[0]!);
      expect(await contents()).toEqual(before);
    });

  it("leaves no file of its own behind, and sweeps out what a crash left", async () => {
    await trainRun(data, 1);
    await refresh(data);
    const derived = join(data, "derived");
    const old = new Date(Date.now() - 600_000);
    for (let seed = 2; seed < 5; seed++) {
      await trainRun(data, seed);
      await refresh(data);
      for (const name of readdirSync(derived)) utimesSync(join(derived, name), old, old);
    }
    await trainRun(data, 5);
    for (const name of ["mine.txt", ".manifest.json.0a0b.tmp"]) {
      writeFileSync(join(derived, name), "");
      utimesSync(join(derived, name), old, old);
    }
    const { folders } = await refresh(data);
    expect(readdirSync(derived).sort()).toEqual(
      [
        ...folders.map((folder) => folder.slice(derived.length + 1)),
        "manifest.json",
        "mine.txt",
      ].sort(),
    );
  });
});
