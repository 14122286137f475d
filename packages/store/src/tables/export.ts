/** Writes tables to files that any other tool can read. */
import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { InputError, messageOf, unknownName, WorkError } from "@mesascope/lab/core";
import { type Table, tables } from "./definitions.ts";
import { interruptOn, literal, openDatabase, registerTables } from "./duckdb.ts";
import { type RefreshOptions, refresh } from "./refresh.ts";

/** Formats that tables can be written in. */
export const exportFormats = ["parquet", "csv"] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** A file that was written. */
export interface ExportedFile {
  readonly table: string;
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

/** @throws InputError naming `place` and the nearest format. */
export function exportFormatNamed(name: string, place: string): ExportFormat {
  const found = exportFormats.find((format) => format === name);
  if (!found) throw new InputError(unknownName("format", name, exportFormats), { place });
  return found;
}

/** @throws InputError naming `place` and the nearest table. */
export function tableNamed(name: string, place: string): Table {
  const found = tables.find((table) => table.name === name);
  const known = tables.map((table) => table.name);
  if (!found) throw new InputError(unknownName("table", name, known), { place });
  return found;
}

/**
 * Writes `<table>.<format>` for each table into `out`, in the tables' order, each under its name only when it is whole.
 * @throws WorkError where the folder cannot be written.
 */
export async function exportTables(
  data: string,
  out: string,
  format: ExportFormat,
  chosen: readonly Table[] = tables,
  options: RefreshOptions = {},
): Promise<ExportedFile[]> {
  const { folders } = await refresh(resolve(data), options);
  const database = await openDatabase();
  const leave = interruptOn(database.connection, options.signal);
  const folder = resolve(out);
  const written: ExportedFile[] = [];
  try {
    await mkdir(folder, { recursive: true });
    await registerTables(database, folders);
    for (const table of chosen) {
      if (options.signal?.aborted) throw new Error("it was stopped");
      const path = join(folder, `${table.name}.${format}`);
      const temporary = join(folder, `.${table.name}.${randomBytes(4).toString("hex")}.tmp`);
      const how = format === "csv" ? "FORMAT csv, HEADER" : "FORMAT parquet";
      try {
        const result = await database.connection.run(
          `COPY (SELECT * FROM ${table.name} ORDER BY ${table.order.join(", ")}) TO ${literal(temporary)} (${how})`,
        );
        const rows = result.rowsChanged;
        const { size: bytes } = await stat(temporary);
        await rename(temporary, path);
        written.push({ table: table.name, path, rows, bytes });
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => {});
        throw error;
      }
    }
  } catch (cause) {
    const why = options.signal?.aborted ? "it was stopped" : messageOf(cause).split("\n")[0];
    throw new WorkError(`the export to ${out} was not finished: ${why}`, { cause });
  } finally {
    leave();
    database.close();
  }
  return written;
}
