/** Truth tables as people write them. */
import { allOnes, InputError, type TruthTable } from "../../core/index.ts";

/**
 * A truth table of so many inputs from hexadecimal digits (0x6996), or from binary ones (0b0110). The last digit holds
 * the rows in which all inputs but the first are 0.
 * @param place where it stands, for messages.
 * @throws InputError for anything else, and for a number of digits that does not fit the inputs.
 */
export function parseTable(text: string, inputs: number, place = "truth table"): TruthTable {
  const rows = 2 ** inputs;
  const match = /^0(?:x(?<hex>[0-9a-f]+)|b(?<binary>[01]+))$/i.exec(text);
  if (!match)
    throw new InputError(
      `'${text}' is no truth table; write hexadecimal digits like 0x6996 or binary ones like 0b0110`,
      { place },
    );
  const { hex, binary } = match.groups!;
  const expected = hex ? Math.max(1, rows / 4) : rows;
  const given = (hex ?? binary)!.length;
  const table = BigInt(text.toLowerCase());
  if (given !== expected)
    throw new InputError(
      `a function of ${plural(inputs, "input")} has ${rows} rows, which is ${plural(expected, hex ? "hexadecimal digit" : "binary digit")}, not ${given}`,
      { place },
    );
  if (table > allOnes(inputs))
    throw new InputError(
      `a function of ${plural(inputs, "input")} has ${rows} rows, so its digit is at most ${allOnes(inputs)}, not ${table}`,
      { place },
    );
  return table;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** A truth table as hexadecimal digits, as `parseTable` reads them. */
export function formatTable(table: TruthTable, inputs: number): string {
  return `0x${table.toString(16).padStart(Math.max(1, 2 ** inputs / 4), "0")}`;
}
