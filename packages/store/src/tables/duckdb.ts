/** DuckDB, loaded when it is first needed: its native library is 70 MB, and most commands do without. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { messageOf, WorkError } from "@mesascope/lab/core";
import { type Column, storedTables, type Table, tables } from "./definitions.ts";

/** A database in memory: nothing of it outlives it, and no lock keeps others out. */
export interface Database {
  readonly connection: DuckDBConnection;
  close(): void;
}

/**
 * Opens an empty database.
 * @throws WorkError where DuckDB has no build for this platform.
 */
export async function openDatabase(): Promise<Database> {
  const { DuckDBInstance } = await loaded();
  // What does not fit into memory goes here, not into the current folder.
  const spill = mkdtempSync(join(tmpdir(), "mesascope-duckdb-"));
  try {
    const instance = await DuckDBInstance.create(":memory:", {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      allow_persistent_secrets: "false",
      temp_directory: spill,
    });
    const connection = await instance.connect();
    // TIMESTAMP columns are in UTC: now() must compare with them.
    await connection.run("SET TimeZone = 'UTC'");
    return {
      connection,
      close: () => {
        connection.closeSync();
        instance.closeSync();
        rmSync(spill, { recursive: true, force: true });
      },
    };
  } catch (cause) {
    rmSync(spill, { recursive: true, force: true });
    throw cause;
  }
}

async function loaded(): Promise<typeof import("@duckdb/node-api")> {
  try {
    return await import("@duckdb/node-api");
  } catch (cause) {
    const why = messageOf(cause).split("\n")[0];
    throw new WorkError(
      `tables need DuckDB, which cannot be loaded on ${process.platform} ${process.arch} (${why}); the run folders hold the same as JSON`,
      { cause },
    );
  }
}

/**
 * Interrupts what the connection does once the signal is aborted, until the function returned is called. An interrupt
 * that comes before a statement has begun is lost on DuckDB, so it is repeated.
 */
export function interruptOn(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    connection.interrupt();
    timer = setInterval(() => connection.interrupt(), 50);
  };
  if (signal?.aborted) begin();
  else signal?.addEventListener("abort", begin);
  return () => {
    clearInterval(timer);
    signal?.removeEventListener("abort", begin);
  };
}

/** A string literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A list literal of strings. */
export const literals = (texts: readonly string[]): string => `[${texts.map(literal).join(", ")}]`;

/** `{name: 'TYPE', ...}`, as DuckDB's JSON reader takes it. */
export const structOf = (columns: readonly Column[]): string =>
  `{${columns.map(({ name, type }) => `${name}: '${type}'`).join(", ")}}`;

/** Path of a table's Parquet file in a folder. */
export const parquetPath = (folder: string, table: Table): string =>
  `${folder}/${table.name}.parquet`;

/** Makes every table readable by its name, over the Parquet files of `folders`. */
export async function registerTables(
  { connection }: Database,
  folders: readonly string[],
): Promise<void> {
  for (const table of storedTables) {
    const paths = folders.map((folder) => parquetPath(folder, table));
    const none = table.columns.map(({ name, type }) => `NULL::${type} AS ${name}`).join(", ");
    const query =
      paths.length > 0
        ? `SELECT * FROM read_parquet(${literals(paths)})`
        : `SELECT ${none} WHERE false`;
    await connection.run(`CREATE VIEW ${table.name} AS ${query}`);
  }
  for (const { name, view } of tables)
    if (view) await connection.run(`CREATE VIEW ${name} AS ${view}`);
}
