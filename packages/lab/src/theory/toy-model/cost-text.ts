/** Costs as they are written on a command line. */
import { InputError, unknownName } from "../../core/index.ts";
import type { Cost } from "./cost.ts";
import { exponentialCost } from "./costs/exponential.ts";
import { fixedCost } from "./costs/fixed.ts";
import { linearCost } from "./costs/linear.ts";
import { powerCost } from "./costs/power.ts";
import { tableCost } from "./costs/table.ts";

const formulas: Readonly<
  Record<
    string,
    { readonly names: readonly string[]; readonly make: (...values: number[]) => Cost }
  >
> = {
  linear: { names: ["a"], make: (a) => linearCost(a!) },
  power: { names: ["c", "k"], make: (c, k) => powerCost(c!, k!) },
  exponential: { names: ["a", "b"], make: (a, b) => exponentialCost(a!, b!) },
  fixed: { names: ["F", "c"], make: (fixed, c) => fixedCost(fixed!, c!) },
};

/**
 * Reads `linear:a`, `power:c,k`, `exponential:a,b`, `fixed:F,c` or `table:FILE`; `readFile` gives the text of
 * FILE, for `parseCostTable`.
 * @throws InputError in one sentence, with `place`, for anything else.
 */
export function parseCost(text: string, readFile: (path: string) => string, place?: string): Cost {
  return located(place, () => {
    const colon = text.indexOf(":");
    const family = colon < 0 ? text : text.slice(0, colon);
    const rest = colon < 0 ? "" : text.slice(colon + 1);
    if (family === "table") {
      if (rest === "") throw new InputError("the table cost is written table:FILE");
      return parseCostTable(readFile(rest), rest);
    }
    const formula = formulas[family];
    if (!formula)
      throw new InputError(unknownName("cost", family, [...Object.keys(formulas), "table"]));
    const form = `${family}:${formula.names.join(",")}`;
    const values = rest.split(",").map(numberIn);
    if (values.length !== formula.names.length || values.some(Number.isNaN))
      throw new InputError(`the ${family} cost is written ${form} with numbers, not '${text}'`);
    return formula.make(...values);
  });
}

/**
 * Reads a cost table: a line `x,f` for each point (commas, semicolons or white space), blank lines and lines
 * that begin with # left out, with or without a line of column names.
 * @throws InputError in one sentence that names the line.
 */
export function parseCostTable(text: string, place?: string): Cost {
  const points: [number, number][] = [];
  const lines = text.split(/\r?\n/).map((line, i) => ({ words: line.trim(), number: i + 1 }));
  const content = lines.filter(({ words }) => words !== "" && !words.startsWith("#"));
  content.forEach(({ words, number }, i) => {
    const values = words.split(/\s*[,;]\s*|\s+/).map(numberIn);
    if (values.length === 2 && !values.some(Number.isNaN)) points.push([values[0]!, values[1]!]);
    else if (i > 0 || values.some((value) => !Number.isNaN(value)))
      throw new InputError(`a line of a cost table is two numbers, x and f, not '${words}'`, {
        place: place === undefined ? `line ${number}` : `${place}:${number}`,
      });
  });
  return located(place, () => tableCost(points));
}

/** The number that a word is; NaN for an empty one, which `Number` would take for 0. */
const numberIn = (word: string): number => (word.trim() === "" ? Number.NaN : Number(word));

/** Adds the place to an input error that has none. */
function located<T>(place: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError && error.place === undefined && place !== undefined)
      throw new InputError(error.message, { place, cause: error });
    throw error;
  }
}
