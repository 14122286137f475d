/** Tables in plain text. */
import { stripVTControlCharacters } from "node:util";

/** A column: its heading, and whether it holds numbers, which are aligned to the right. */
export interface Column {
  readonly title: string;
  readonly number?: boolean;
}

const widthOf = (text: string) => stripVTControlCharacters(text).length;

/** Lines of a table, the heading first, columns two blanks apart. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const all = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, i) => Math.max(...all.map((row) => widthOf(row[i] ?? ""))));
  const lines = all.map((row) =>
    columns
      .map(({ number }, i) => {
        const text = row[i] ?? "";
        const blanks = " ".repeat(widths[i]! - widthOf(text));
        return number ? blanks + text : text + blanks;
      })
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}
