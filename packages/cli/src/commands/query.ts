/** `mesascope query`: SQL over everything that the run folders hold. */
import { InputError } from "@mesascope/lab/core";
import { type Table, tables } from "@mesascope/store/tables";
import { withDataOptions } from "../options.ts";
import { type AnswerFormat, printAnswer } from "../output/answer.ts";
import { onTables, type TableFlags } from "../tabling.ts";
import type { World } from "../world.ts";
import type { AddCommand } from "./command.ts";

type Flags = TableFlags & { readonly csv?: boolean };

const described = ({ name, title, columns }: Table): string => {
  const wide = Math.max(...columns.map((column) => column.name.length));
  const lines = columns.map(
    (column) => `  ${column.name.padEnd(wide)}  ${column.type.padEnd(9)}  ${column.meaning}\n`,
  );
  return `\n${name}: ${title}\n${lines.join("")}`;
};

const help = `
The tables are derived from the run folders and kept beside them as Parquet, in DATA/derived/, which may be
deleted at any time. A query first reads the runs that have changed, and works while runs are being written.
It is one SELECT in DuckDB's SQL (https://duckdb.org/docs/sql/introduction); it cannot change anything, nor read
other files. Tables show six significant digits, --json and --csv all of them.
${tables.map(described).join("")}
Examples:
  $ mesascope query "SELECT status, count(*) AS runs FROM runs GROUP BY status"
  $ mesascope query "SELECT learner, diversity, avg(value) AS bits FROM measurements
                     WHERE measure = 'optimization-power.runTime' AND final GROUP BY ALL ORDER BY ALL"
  $ mesascope query --csv "SELECT update, avg(value) AS loss FROM metrics JOIN runs USING (study, run)
                           WHERE metric = 'loss' AND learner = 'gru' GROUP BY update ORDER BY update"`;

/** Adds the command. */
export const addQueryCommand: AddCommand = (program, world, act) => {
  withDataOptions(
    program.command("query <sql>").description("ask the data folder in SQL: runs, measurements"),
  )
    .option("--csv", "print results as CSV")
    .option("--rebuild", "derive all tables again first")
    .addHelpText("after", help)
    .action(act((sql: string, flags: Flags) => ask(world, sql, flags)));
};

async function ask(world: World, sql: string, flags: Flags): Promise<number> {
  if (flags.json && flags.csv) throw new InputError("--json and --csv exclude each other");
  const format: AnswerFormat = flags.json ? "json" : flags.csv ? "csv" : "table";
  return onTables(world, flags, async (data, options) => {
    const { query } = await import("@mesascope/store/tables");
    const answer = await query(data, sql, options);
    try {
      await printAnswer(world.stdout, answer, format);
    } finally {
      answer.close();
    }
    return 0;
  });
}
