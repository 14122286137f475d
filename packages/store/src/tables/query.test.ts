/** What a query may and may not do, and how its errors read. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError, WorkError } from "@mesascope/lab/core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { trainRun } from "../testing/folders.ts";
import { query, refresh, type Value } from "./index.ts";

let data: string;
let secret: string;
let parquet: string;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "mesascope-query-"));
  await trainRun(data, 1);
  secret = join(data, "secret.csv");
  writeFileSync(secret, "a\n1\n");
  const { folders } = await refresh(data);
  parquet = join(folders[0]!, "runs.parquet");
});
afterAll(() => {
  rmSync(data, { recursive: true, force: true });
});
afterEach(() => {
  vi.doUnmock("@duckdb/node-api");
  vi.doUnmock("./refresh.ts");
  vi.resetModules();
});

async function ask(sql: string, signal?: AbortSignal) {
  const answer = await query(data, sql, signal ? { signal } : {});
  try {
    const rows: Value[][] = [];
    for await (const block of answer.blocks()) rows.push(...block);
    return { columns: answer.columns, rows };
  } finally {
    answer.close();
  }
}

describe("a query", () => {
  it("gives plain values of every type", async () => {
    const { columns, rows } = await ask(
      `SELECT 1 AS a, 2 AS a, 9007199254740993 AS big, 1.5::DECIMAL(5, 2) AS decimal, 'NaN'::DOUBLE AS nan,
        [1, NULL] AS list, {x: 1, y: 'z'} AS struct, MAP {'k': [2]} AS map, DATE '2026-01-02' AS date,
        TIMESTAMP '2026-01-02 03:04:05' AS time, NULL AS nothing, true AS yes, arm FROM runs`,
    );
    expect(columns.map(({ name }) => name)).toEqual([
      ...["a", "a:1", "big", "decimal", "nan", "list", "struct", "map", "date", "time"],
      ...["nothing", "yes", "arm"],
    ]);
    expect(columns.at(-1)).toEqual({ name: "arm", type: "JSON" });
    expect(rows).toEqual([
      [
        ...[1, 2, 9007199254740993n, 1.5, Number.NaN, [1, null], { x: 1, y: "z" }, { k: [2] }],
        ...["2026-01-02", "2026-01-02 03:04:05", null, true, '{"learner":"gru","diversity":16}'],
      ],
    ]);
  });

  it("gives every row of a long answer once", async () => {
    const { rows } = await ask("SELECT range AS i FROM range(300000)");
    expect(rows.length).toBe(300_000);
    expect(new Set(rows.map(([i]) => i)).size).toBe(300_000);
  });

  const reading = [
    "PIVOT runs ON status USING count(*)",
    "FROM runs",
    "SHOW TABLES",
    "SUMMARIZE runs",
  ];
  for (const sql of [...reading, "WITH x AS (SELECT 1) FROM x; -- the end", "VALUES (1)"])
    it(`may be: ${sql}`, async () => {
      expect((await ask(sql)).rows.length).toBeGreaterThan(0);
    });

  const only = "a query can read the tables and nothing else";
  const refused: [string, string][] = [
    ["SELECT * FROM read_csv('{secret}')", only],
    ["SELECT * FROM '{secret}'", only],
    ["SELECT content FROM read_text('{secret}')", only],
    ["SELECT * FROM glob('{data}/*')", only],
    ["COPY runs TO '{data}/stolen.csv'", only],
    ["EXPLAIN ANALYZE COPY runs TO '{data}/stolen.csv'", only],
    // The one file that it may read must not be written either.
    ["COPY runs TO '{parquet}' (FORMAT parquet, USE_TMP_FILE false)", "only SELECT can be asked"],
    [
      "EXPLAIN ANALYZE COPY runs TO '{parquet}' (FORMAT parquet, USE_TMP_FILE false)",
      "only SELECT can be asked, not EXPLAIN",
    ],
    [
      "CREATE TABLE pivots AS SELECT 1; COPY pivots TO '{parquet}' (USE_TMP_FILE false)",
      "only SELECT can be asked",
    ],
    ["EXPORT DATABASE '{data}/all'", only],
    ["ATTACH '{data}/stolen.db'", "only SELECT can be asked"],
    ["INSTALL httpfs", "only SELECT can be asked"],
    ["LOAD httpfs", "only SELECT can be asked"],
    ["SET enable_external_access = true", "only SELECT can be asked"],
    ["SET allowed_directories = ['/']", "only SELECT can be asked"],
    ["CREATE TABLE x AS SELECT 1", "only SELECT can be asked"],
    ["CREATE PERSISTENT SECRET s (TYPE http)", "only SELECT can be asked"],
    ["DROP VIEW runs", "only SELECT can be asked"],
    ["DELETE FROM runs", "Can only delete from base table"],
    ["SELECT 1; SELECT 2", "one SELECT at a time"],
    ["SELECT 1; COPY runs TO '{parquet}' (USE_TMP_FILE false)", "one SELECT at a time"],
    ["", "there is no query"],
    ["  -- nothing\n ; /* or little */", "there is no query"],
  ];
  for (const [sql, message] of refused)
    it(`may not be: ${sql}`, async () => {
      const before = readFileSync(parquet);
      const names = readdirSync(data);
      const real = sql
        .replace("{secret}", secret)
        .replace("{data}", data)
        .replace("{parquet}", parquet);
      await expect(ask(real)).rejects.toThrow(InputError);
      await expect(ask(real)).rejects.toThrow(message);
      expect(readFileSync(parquet)).toEqual(before);
      expect(readdirSync(data)).toEqual(names);
    });
});

describe("an error", () => {
  const table: [string, string | RegExp][] = [
    ["SELEC 1", 'query:1:1: syntax error at or near "SELEC"'],
    ["SELECT *\nFORM runs", 'query:2:6: syntax error at or near "runs"'],
    [
      "SELECT 'é', lerner FROM runs",
      "query:1:13: unknown column 'lerner'; did you mean 'learner'?",
    ],
    ["SELECT 'é', seed FROM runs WHERE", "query:1:33: syntax error at end of input"],
    [
      "SELECT * FROM run",
      "query:1:15: unknown table 'run'; did you mean 'runs'? Known: runs, measurements, metrics, failures",
    ],
    [
      "SELECT seed,\n  lerner FROM runs",
      "query:2:3: unknown column 'lerner'; did you mean 'learner'?",
    ],
    [
      "SELECT abss(seed) FROM runs",
      'query:1:8: Scalar Function with name abss does not exist; Did you mean "abs"?',
    ],
    [
      "SELECT study::INTEGER FROM runs",
      "query:1:13: Could not convert string 'diversity-test' to INT32 when casting from source column study",
    ],
    [
      "SELECT seed FROM runs GROUP BY study",
      /query:1:8: column "seed" must appear in the GROUP BY/,
    ],
  ];
  for (const [sql, message] of table)
    it(`is one sentence that names the place: ${sql.replace("\n", " ")}`, async () => {
      const error = await ask(sql).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InputError);
      const text = (error as Error).message;
      expect(text).not.toContain("\n");
      if (typeof message === "string") expect(text).toBe(message);
      else expect(text).toMatch(message);
    });
});

describe("stopping", () => {
  // Before anything has begun, while the tables are opened, and while the query runs.
  for (const delay of [0, 5, 20, 1000])
    it(`ends a query that would take hours, after ${delay} ms`, async () => {
      const controller = new AbortController();
      const long =
        "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range % 7 = b.range % 11";
      setTimeout(() => controller.abort(), delay);
      await expect(ask(long, controller.signal)).rejects.toThrow("stopped");
    });

  it("ends the reading of a long answer", async () => {
    const controller = new AbortController();
    const answer = await query(data, "SELECT * FROM range(1000000000)", {
      signal: controller.signal,
    });
    const read = async () => {
      for await (const _ of answer.blocks()) controller.abort();
    };
    await expect(read()).rejects.toThrow("the query was stopped");
    answer.close();
  });
});

it("asks again where another process has put away what it was about to read", async () => {
  const gone = { folders: [join(data, "derived", "0123456789abcdef")], runs: 1 };
  const real = await refresh(data);
  const refreshed = vi.fn().mockResolvedValueOnce(gone).mockResolvedValue(real);
  vi.doMock("./refresh.ts", () => ({ refresh: refreshed }));
  vi.resetModules();
  const fresh = await import("./query.ts");
  const answer = await fresh.query(data, "SELECT count(*) FROM runs");
  const rows = [];
  for await (const block of answer.blocks()) rows.push(...block);
  answer.close();
  expect(rows).toEqual([[1n]]);
  refreshed.mockResolvedValue(gone);
  await expect(fresh.query(data, "SELECT 1")).rejects.toThrow(/^IO Error|No files found/);
});

it("where DuckDB cannot be loaded, says so in one sentence", async () => {
  vi.doMock("@duckdb/node-api", () => {
    throw new Error("Cannot find module '@duckdb/node-bindings-plan9-mips'");
  });
  vi.resetModules();
  const fresh = await import("./index.ts");
  const error = await fresh.query(data, "SELECT 1").catch((thrown: unknown) => thrown);
  expect((error as Error).name).toBe(WorkError.name);
  expect((error as Error).message).toMatch(
    /^tables need DuckDB, which cannot be loaded on \w+ \w+ \(.*\); the run folders hold the same as JSON$/,
  );
});
