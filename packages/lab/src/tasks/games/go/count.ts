/**
 * Counting legal boards of Go, those on which every chain has a liberty, point by point with what matters of the border
 * between points that are decided and the rest (Tromp and Farnebäck 2006, "Combinatorics of Go").
 */
import type { Size } from "../game.ts";

/**
 * The last point of each column so far: `#` none yet, `.` empty, `x` or `o` a stone of a chain with a liberty, otherwise
 * a letter for each chain that has none so far, a capital for those of x.
 */
type Border = string;

type Stone = "." | "x" | "o";

/** The chain that is being added to, before it is named. */
const growing = { x: "T", o: "t" } as const;

const needsLiberty = (point: string): boolean => /[A-IT]/i.test(point);
const isOf = (point: string, stone: Stone): boolean =>
  point === stone ||
  (stone === "x" && /[A-IT]/.test(point)) ||
  (stone === "o" && /[a-it]/.test(point));

/** Number of legal boards; takes time that grows fast with the shorter side (7 x 7: seconds). */
export function countLegalBoards({ columns, rows }: Size): bigint {
  const width = Math.min(columns, rows);
  let counts = new Map<Border, bigint>([["#".repeat(width), 1n]]);
  for (let point = 0; point < columns * rows; point++) {
    const next = new Map<Border, bigint>();
    for (const [border, count] of counts)
      for (const stone of [".", "x", "o"] as const) {
        const longer = extend(border, point % width, stone);
        if (longer !== undefined) next.set(longer, (next.get(longer) ?? 0n) + count);
      }
    counts = next;
  }
  let total = 0n;
  for (const [border, count] of counts) if (![...border].some(needsLiberty)) total += count;
  return total;
}

/** The border with one more point below `column`; undefined if a chain is left without a liberty. */
function extend(border: Border, column: number, stone: Stone): Border | undefined {
  const above = border[column]!;
  const left = column > 0 ? border[column - 1]! : "#";
  if (stone === ".") return renamed(put(free(free(border, above), left), column, stone));
  const joined = [above, left].filter((point) => isOf(point, stone));
  const safe = above === "." || left === "." || joined.includes(stone);
  const name = safe ? stone : growing[stone];
  let longer = border;
  for (const point of joined) longer = longer.replaceAll(point, name);
  longer = put(longer, column, name);
  // The chain above is lost if this was its last point on the border and it goes on elsewhere.
  if (needsLiberty(above) && !joined.includes(above) && !longer.includes(above)) return undefined;
  return renamed(longer);
}

const put = (border: Border, column: number, point: string): Border =>
  border.slice(0, column) + point + border.slice(column + 1);

/** Gives the chain of a point a liberty. */
const free = (border: Border, point: string): Border =>
  needsLiberty(point) ? border.replaceAll(point, isOf(point, "x") ? "x" : "o") : border;

/** The border with its chains lettered from the left, so that equal ones are spelled alike. */
function renamed(border: Border): Border {
  const names = new Map<string, string>();
  const next = { x: 65, o: 97 };
  return border.replace(/[A-IT]/gi, (point) => {
    let name = names.get(point);
    if (name === undefined) {
      name = String.fromCharCode(next[isOf(point, "x") ? "x" : "o"]++);
      names.set(point, name);
    }
    return name;
  });
}
