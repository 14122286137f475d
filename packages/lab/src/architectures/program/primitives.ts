/** The primitives of the grid language: names, sorts of their arguments, meaning. */

/** Sorts of terms. */
export const Sort = { block: 0, statement: 1, test: 2, value: 3 } as const;

/** Names of the sorts, with their article, by number. */
export const sortNames = ["a block", "a statement", "a test", "a value"] as const;

export interface Primitive {
  readonly name: string;
  readonly sort: number;
  readonly args: readonly number[];
  /** One sentence: what it does. */
  readonly meaning: string;
}

const { block, statement, test, value } = Sort;

/** All primitives; a program's bytes are places in this list. */
export const primitives = [
  { name: "end", sort: block, args: [], meaning: "The block ends." },
  { name: "more", sort: block, args: [statement, block], meaning: "A statement, then the rest." },
  {
    name: "step",
    sort: statement,
    args: [],
    meaning: "Moves one cell ahead; against a wall it stays.",
  },
  { name: "left", sort: statement, args: [], meaning: "Turns left." },
  { name: "right", sort: statement, args: [], meaning: "Turns right." },
  { name: "mark", sort: statement, args: [], meaning: "Adds a mark to this cell." },
  {
    name: "if",
    sort: statement,
    args: [test, block],
    meaning: "Does the block if the test holds.",
  },
  {
    name: "else",
    sort: statement,
    args: [test, block, block],
    meaning:
      "Does the first block if the test holds, else the second; written `if T {A} else {B}`.",
  },
  {
    name: "while",
    sort: statement,
    args: [test, block],
    meaning: "Does the block as long as the test holds.",
  },
  { name: "loop", sort: statement, args: [block], meaning: "Does the block for ever." },
  {
    name: "choose",
    sort: statement,
    args: [block, value],
    meaning:
      "Tries the block from each of the four headings (ahead, right, back, left), takes the value after each and undoes it, then does the block from the heading whose value was least (the first among equals); written `choose {A} by V`.",
  },
  { name: "clear", sort: test, args: [], meaning: "There is no wall ahead." },
  { name: "marked", sort: test, args: [], meaning: "The cell ahead bears a mark." },
  { name: "not", sort: test, args: [test], meaning: "The test does not hold." },
  {
    name: "less",
    sort: test,
    args: [value, value],
    meaning: "The first value is less than the second; written `V < W`.",
  },
  {
    name: "scent",
    sort: value,
    args: [],
    meaning: "Distance to the goal as if there were no walls.",
  },
  { name: "marks", sort: value, args: [], meaning: "Number of marks on this cell." },
  { name: "weight", sort: value, args: [], meaning: "Cost of entering this cell." },
  {
    name: "try",
    sort: value,
    args: [block, value],
    meaning: "Does the block, takes the value, and undoes the block (place, heading, marks, cost).",
  },
  {
    name: "ahead",
    sort: value,
    args: [value],
    meaning: "The value as seen from the cell ahead (from here if there is a wall).",
  },
  { name: "toleft", sort: value, args: [value], meaning: "The same for the cell to the left." },
  { name: "toright", sort: value, args: [value], meaning: "The same for the cell to the right." },
] as const satisfies readonly Primitive[];

export type PrimitiveName = (typeof primitives)[number]["name"];

/** Places of the primitives, by name. */
export const placeOf = Object.fromEntries(primitives.map(({ name }, i) => [name, i])) as Readonly<
  Record<PrimitiveName, number>
>;

/** Names of primitives in a program, for conditions on what it uses. */
export function primitivesOf(program: Uint8Array): Set<string> {
  return new Set(Array.from(program, (place) => primitives[place]!.name));
}
