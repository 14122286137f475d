/** `mesascope export`: the tables as files for other tools. */
import { resolve } from "node:path";
import {
  type ExportFormat,
  exportFormatNamed,
  exportFormats,
  exportTables,
  type Table,
  tableNamed,
  tables,
} from "@mesascope/store/tables";
import { Option } from "commander";
import { withDataOptions } from "../options.ts";
import { count } from "../output/format.ts";
import { printJson } from "../output/json.ts";
import { table } from "../output/table.ts";
import { shortPath } from "../short-path.ts";
import { onTables, type TableFlags } from "../tabling.ts";
import type { World } from "../world.ts";
import type { AddCommand } from "./command.ts";

type Flags = TableFlags & {
  readonly format: ExportFormat;
  readonly table: readonly Table[];
  readonly out: string;
};

const help = `
Writes one file a table: ${tables.map(({ name }) => name).join(", ")}. Their columns are those of 'mesascope query --help'.

Examples:
  $ mesascope export --format parquet --out export
  $ mesascope export --format csv --table measurements --table runs --out /tmp/mesascope`;

/** Adds the command. */
export const addExportCommand: AddCommand = (program, world, act) => {
  withDataOptions(program.command("export").description("write the tables to Parquet or CSV files"))
    .addOption(
      new Option("--format <name>", `how to write them: ${exportFormats.join(" or ")}`)
        .argParser((name) => exportFormatNamed(name, "--format"))
        .default("parquet"),
    )
    .addOption(
      new Option("--table <name>", "write this table only; may be repeated")
        .argParser((name, before: readonly Table[]) => [
          ...new Set([...before, tableNamed(name, "--table")]),
        ])
        .default([], "every table"),
    )
    .option("--out <dir>", "folder to write into", "export")
    .option("--rebuild", "derive all tables again first")
    .addHelpText("after", help)
    .action(act((flags: Flags) => write(world, flags)));
};

async function write(world: World, flags: Flags): Promise<number> {
  const chosen = flags.table.length > 0 ? flags.table : tables;
  return onTables(world, flags, async (data, options) => {
    const out = resolve(world.cwd, flags.out);
    const written = await exportTables(data, out, flags.format, chosen, options);
    if (flags.json) printJson(world.stdout, { files: written });
    else
      world.stdout.write(
        table(
          [{ title: "file" }, { title: "rows", number: true }, { title: "bytes", number: true }],
          written.map(({ path, rows, bytes }) => [
            shortPath(world, path),
            count(rows),
            count(bytes),
          ]),
        ),
      );
    return 0;
  });
}
