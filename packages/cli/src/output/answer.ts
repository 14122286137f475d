/** Answers to queries, printed row by row as they come: as a table, as JSON, or as CSV (RFC 4180, but for its line ends). */
import type { Answer, AnswerColumn, Value } from "@mesascope/store/tables";
import type { Output } from "../world.ts";
import { table } from "./table.ts";

/** Formats of an answer. */
export type AnswerFormat = "table" | "json" | "csv";

/** Rows whose widths are looked at before the first is printed as a table. */
const aligned = 1000;

/** Prints an answer; waits where the reader of the output is slower than the query. */
export async function printAnswer(
  output: Output,
  answer: Answer,
  format: AnswerFormat,
): Promise<void> {
  const texts = { table: tableTexts, json: jsonTexts, csv: csvTexts }[format](answer);
  for await (const text of texts)
    if (output.write(text) === false && output.once)
      await new Promise<void>((resolve) => output.once?.("drain", resolve));
}

async function* tableTexts({ columns, blocks }: Answer): AsyncGenerator<string> {
  const headings = columns.map(({ name, type }) => ({ title: name, number: isNumber(type) }));
  let waiting: string[][] = [];
  let printed = false;
  const text = () => {
    const whole = table(headings, waiting);
    return printed ? whole.slice(whole.indexOf("\n") + 1) : whole;
  };
  for await (const block of blocks()) {
    waiting.push(...block.map((row) => row.map(cellText)));
    if (waiting.length < aligned) continue;
    yield text();
    printed = true;
    waiting = [];
  }
  if (waiting.length > 0 || !printed) yield text();
}

async function* jsonTexts({ columns, blocks }: Answer): AsyncGenerator<string> {
  let before = "[";
  for await (const block of blocks()) {
    const rows = block.map((row) => JSON.stringify(rowObject(columns, row), spelled));
    yield `${before}\n  ${rows.join(",\n  ")}`;
    before = ",";
  }
  yield before === "[" ? "[]\n" : "\n]\n";
}

async function* csvTexts({ columns, blocks }: Answer): AsyncGenerator<string> {
  yield csvLine(columns.map(({ name }) => name));
  for await (const block of blocks()) yield block.map(csvLine).join("");
}

const isNumber = (type: string) =>
  /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*)$/.test(type);

/** Six significant digits, for reading; `-` where there is nothing. */
function cellText(value: Value): string {
  if (value === null) return "-";
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  // A line break would tear the table.
  return plainText(value).replace(/\s*[\r\n]+\s*/g, " ");
}

function plainText(value: Value): string {
  return value !== null && typeof value === "object"
    ? JSON.stringify(value, spelled)
    : String(value);
}

function rowObject(columns: readonly AnswerColumn[], row: readonly Value[]) {
  return Object.fromEntries(
    columns.map(({ name, type }, i) => {
      const value = row[i]!;
      return [name, type === "JSON" && typeof value === "string" ? JSON.parse(value) : value];
    }),
  );
}

/** Whole numbers beyond 2^53, and NaN and the infinities, become strings: JSON numbers cannot carry them. */
function spelled(_: string, value: unknown): unknown {
  if (typeof value === "bigint")
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

const csvLine = (row: readonly Value[]): string => `${row.map(csvField).join(",")}\n`;

/** Nothing for NULL, and quotes around the empty text, so that the two differ. */
function csvField(value: Value): string {
  if (value === null) return "";
  const text = plainText(value);
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
