/** A process that asks one query of a data folder and prints the answer as JSON. */
import { query } from "../tables/index.ts";

const [data, sql] = process.argv.slice(2);
const answer = await query(data!, sql!);
const rows = [];
for await (const block of answer.blocks()) rows.push(...block);
answer.close();
process.stdout.write(
  JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? Number(value) : value)),
);
