/** Asks the tables of a data folder: read-only, in memory, beside any number of others who ask or write runs. */
import { resolve } from "node:path";
import type { DuckDBConnection, DuckDBResult, DuckDBType, DuckDBValue } from "@duckdb/node-api";
import { InputError, WorkError } from "@mesascope/lab/core";
import { storedTables } from "./definitions.ts";
import {
  type Database,
  interruptOn,
  literals,
  openDatabase,
  parquetPath,
  registerTables,
} from "./duckdb.ts";
import { databaseError, explainError } from "./errors.ts";
import { type RefreshOptions, refresh } from "./refresh.ts";

/** A value of an answer: what JSON has, big integers, and lists and objects of them; other types as text. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Value[]
  | { readonly [name: string]: Value };

/** A column of an answer. */
export interface AnswerColumn {
  readonly name: string;
  /** DuckDB's name of its type. */
  readonly type: string;
}

/** What a query found; rows come as they are computed. */
export interface Answer {
  readonly columns: readonly AnswerColumn[];
  /** Blocks of rows, each row with one value a column; to be read once. */
  blocks(): AsyncGenerator<Value[][]>;
  close(): void;
}

/**
 * Answers one SELECT over the tables, which are brought up to date first. Aborting the signal ends it.
 * @throws InputError for a query that is wrong or that would do anything but read the tables.
 */
export async function query(
  data: string,
  sql: string,
  options: RefreshOptions = {},
): Promise<Answer> {
  const root = resolve(data);
  try {
    return await ask(root, sql, options);
  } catch (error) {
    // Another process may have put the segments out of use, and out of the way, since they were looked up.
    if (databaseError(error instanceof Error ? error.cause : error)?.exception_type !== "IO")
      throw error;
    return ask(root, sql, options);
  }
}

async function ask(data: string, sql: string, options: RefreshOptions): Promise<Answer> {
  const { folders } = await refresh(data, options);
  const database = await openDatabase();
  const { connection } = database;
  const leave = interruptOn(connection, options.signal);
  const close = () => {
    leave();
    database.close();
  };
  try {
    await connection.run("SET errors_as_json = true");
    await registerTables(database, folders);
    await lockDown(database, folders);
    if (options.signal?.aborted) throw stopped();
    const result = await start(connection, sql);
    const columns = result
      .deduplicatedColumnNames()
      .map((name, i) => ({ name, type: typeName(result.columnType(i)) }));
    return { columns, blocks: () => blocksOf(result, sql, options.signal), close };
  } catch (error) {
    close();
    throw options.signal?.aborted
      ? stopped()
      : error instanceof InputError
        ? error
        : explainError(error, sql);
  }
}

/** JSON is text to DuckDB, with another name. */
const typeName = (type: DuckDBType): string => type.alias ?? type.toString();

const stopped = () => new WorkError("the query was stopped");

/** From here on the connection reads the tables' files, and no other, and no setting can be changed. */
async function lockDown({ connection }: Database, folders: readonly string[]): Promise<void> {
  const paths = folders.flatMap((folder) =>
    storedTables.map((table) => parquetPath(folder, table)),
  );
  for (const setting of [
    `allowed_paths = ${literals(paths)}`,
    "enable_external_access = false",
    "lock_configuration = true",
  ])
    await connection.run(`SET ${setting}`);
}

/**
 * Starts the one statement of `sql`. DuckDB would let `COPY` write over the files that it may read, so whatever is no
 * SELECT is refused; PIVOT comes as two statements, of which the first makes a type in memory.
 */
async function start(connection: DuckDBConnection, sql: string): Promise<DuckDBResult> {
  const { StatementType } = await import("@duckdb/node-api");
  const code = sql.replace(/--.*$|\/\*[\s\S]*?\*\//gm, "").replaceAll(";", "");
  if (code.trim() === "") throw new InputError("there is no query", { place: "query" });
  const statements = await connection.extractStatements(sql);
  for (let i = 0; ; i++) {
    const prepared = await statements.prepare(i);
    const type = prepared.statementType;
    const last = i === statements.count - 1;
    if (last && type === StatementType.SELECT) return prepared.stream();
    const isPivot = !last && type === StatementType.CREATE && /\bpivot/i.test(sql);
    if (!isPivot)
      throw new InputError(
        type === StatementType.SELECT
          ? "one SELECT at a time can be asked"
          : `only SELECT can be asked, not ${StatementType[type]}`,
        { place: "query" },
      );
    await prepared.run();
  }
}

async function* blocksOf(
  result: DuckDBResult,
  sql: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Value[][]> {
  try {
    for (;;) {
      const chunk = signal?.aborted ? undefined : await result.fetchChunk();
      if (signal?.aborted) throw stopped();
      if (!chunk || chunk.rowCount === 0) return;
      yield chunk.getRows().map((row) => row.map(plain));
    }
  } catch (error) {
    throw signal?.aborted ? stopped() : explainError(error, sql);
  }
}

/** DuckDB's value as plain data. */
function plain(value: DuckDBValue): Value {
  if (value === null || typeof value !== "object") return value as Value;
  if ("items" in value) return value.items.map(plain);
  if ("toDouble" in value) return value.toDouble();
  if ("entries" in value)
    return Object.fromEntries(
      Array.isArray(value.entries)
        ? value.entries.map(({ key, value: item }) => [String(plain(key)), plain(item)])
        : Object.entries(value.entries).map(([key, item]) => [key, plain(item as DuckDBValue)]),
    );
  return String(value);
}
