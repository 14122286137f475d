/** Writes one segment: the rows of some runs, read from their folders or taken over from older segments. */
import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import type { Disk } from "../disk.ts";
import { files } from "../files.ts";
import { type Column, storedTables, type Table } from "./definitions.ts";
import { type Database, literal, literals, parquetPath, structOf } from "./duckdb.ts";
import { keyOf, type Segment } from "./manifest.ts";
import { readRun, type TableRow } from "./rows.ts";
import { type FoundRun, mapSome } from "./scan.ts";

/** A run that goes into a segment; `from` names the older segment that holds its rows already. */
export interface SegmentRun extends FoundRun {
  readonly from?: string;
}

const [runsTable, measurementsTable, metricsTable] = storedTables;

/** Writes a new segment under a temporary name, renames it, and tells what it holds. */
export async function writeSegment(
  database: Database,
  disk: Disk,
  derived: string,
  runs: readonly SegmentRun[],
): Promise<Segment> {
  const name = randomBytes(8).toString("hex");
  const temporary = `${derived}/.${name}.tmp`;
  await mkdir(temporary);
  try {
    await writeTables(database, disk, derived, temporary, runs);
    const bytes: Record<string, number> = {};
    for (const table of storedTables)
      bytes[table.name] = (await stat(parquetPath(temporary, table))).size;
    await rename(temporary, `${derived}/${name}`);
    return {
      name,
      runs: Object.fromEntries(runs.map((run) => [keyOf(run), run.version])),
      bytes,
    };
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

async function writeTables(
  database: Database,
  disk: Disk,
  derived: string,
  folder: string,
  runs: readonly SegmentRun[],
): Promise<void> {
  const { connection } = database;
  const fresh = runs.filter(({ from }) => from === undefined);
  const older = runs.filter(({ from }) => from !== undefined);
  const lines = await readMetrics(database, fresh);
  const read = await mapSome(fresh, (run) => readRun(disk, run), 4);
  const runRows = read.map(({ run }, i) => ({ ...run, unreadable_lines: lines[i] }));
  const rows: [Table, string][] = [
    [runsTable, await asTable(folder, runsTable, runRows)],
    [
      measurementsTable,
      await asTable(
        folder,
        measurementsTable,
        read.flatMap(({ measurements }) => measurements),
      ),
    ],
    [metricsTable, `SELECT ${names(metricsTable.columns)} FROM new_metrics`],
  ];
  for (const [table, source] of rows) {
    const query = [source, ...takenOver(derived, table, older)].join(" UNION ALL BY NAME ");
    await connection.run(
      `COPY (SELECT * FROM (${query}) ORDER BY ${table.order.join(", ")}) ` +
        `TO ${literal(parquetPath(folder, table))} (FORMAT parquet)`,
    );
  }
  for (const [table] of rows) await rm(rowsPath(folder, table), { force: true });
}

const names = (columns: readonly Column[]) => columns.map(({ name }) => name).join(", ");

const rowsPath = (folder: string, table: Table) => `${folder}/${table.name}.jsonl`;

/** Rows as a query: they pass through a file of JSON lines, which DuckDB reads into typed columns. */
async function asTable(folder: string, table: Table, rows: readonly TableRow[]): Promise<string> {
  const path = rowsPath(folder, table);
  const file = await open(path, "w");
  try {
    for (let i = 0; i < rows.length; i += 1000)
      await file.appendFile(
        rows
          .slice(i, i + 1000)
          .map(line)
          .join(""),
      );
  } finally {
    await file.close();
  }
  return `SELECT * FROM read_json(${literal(path)}, format = 'newline_delimited', columns = ${structOf(table.columns)})`;
}

/** DuckDB reads the strings of numbers that JSON lacks into columns of doubles. */
const line = (row: TableRow): string =>
  `${JSON.stringify(row, (_, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  )}\n`;

/** Rows of runs that have not changed, from the segments that hold them. */
function takenOver(derived: string, table: Table, older: readonly SegmentRun[]): string[] {
  if (older.length === 0) return [];
  const segments = new Set(older.map(({ from }) => parquetPath(`${derived}/${from}`, table)));
  const runs = older.map(({ study, run }) => `(${literal(study)}, ${literal(run)})`).join(", ");
  return [`SELECT * FROM read_parquet(${literals([...segments])}) WHERE (study, run) IN (${runs})`];
}

/**
 * Reads `metrics.jsonl` of each run into the table `new_metrics`, and counts the lines of each that are not
 * an object of numbers with an update: torn by a crash, or being written just now.
 */
async function readMetrics(
  { connection }: Database,
  runs: readonly FoundRun[],
): Promise<(number | undefined)[]> {
  const paths = runs.map(({ folder }) => `${folder}/${files.metrics}`);
  const there = await mapSome(paths, (path) =>
    stat(path).then(
      (found) => found.isFile(),
      () => false,
    ),
  );
  const sources = runs.flatMap(({ study, run }, i) =>
    there[i] ? [`(${[paths[i]!, study, run].map(literal).join(", ")})`] : [],
  );
  if (sources.length === 0) {
    const none = metricsTable.columns.map(({ name, type }) => `NULL::${type} AS ${name}`);
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE new_metrics AS SELECT ${none.join(", ")} WHERE false`,
    );
    return runs.map(() => undefined);
  }
  const existing = paths.filter((_, i) => there[i]);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE new_lines AS
     WITH source(filename, study, run) AS (VALUES ${sources.join(", ")}),
     line AS (
       SELECT filename, try_cast(json AS MAP(VARCHAR, DOUBLE)) AS numbers
       FROM read_ndjson_objects(${literals(existing)}, ignore_errors = true, filename = true))
     SELECT filename, study, run, numbers, try_cast(numbers['update'] AS BIGINT) AS made
     FROM line JOIN source USING (filename)`,
  );
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE new_metrics AS
     SELECT study, run, made AS update, entry.key AS metric, entry.value AS value
     FROM (SELECT study, run, made, unnest(map_entries(numbers)) AS entry
           FROM new_lines WHERE made IS NOT NULL)
     WHERE entry.key <> 'update'`,
  );
  const counted = await connection.runAndReadAll(
    "SELECT filename, count(*) FROM new_lines WHERE made IS NULL GROUP BY filename",
  );
  await connection.run("DROP TABLE new_lines");
  const unreadable = new Map(counted.getRows().map(([path, count]) => [path, Number(count)]));
  return paths.map((path, i) => (there[i] ? (unreadable.get(path) ?? 0) : undefined));
}
