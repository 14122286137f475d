/** The canonical form of a maze as 32-bit words, and back. */
import { InputError } from "../../core/index.ts";
import { gridOf, opposite } from "./grid.ts";
import { checkedMaze, type Maze } from "./maze.ts";

const weightedFlag = 1 << 16;

/**
 * `[rows | cols << 8 | weighted << 16, start | goal << 16, walls..., costs...]`: for each cell 2 bits, open to
 * the east and open to the south, 16 cells a word; for each cell's cost 4 bits, 8 cells a word.
 */
export function mazeWords({ rows, cols, open, start, goal, costs }: Maze): number[] {
  const words = [rows | (cols << 8) | (costs ? weightedFlag : 0), start | (goal << 16)];
  for (let cell = 0; cell < open.length; ) {
    let word = 0;
    for (let bit = 0; bit < 32 && cell < open.length; bit += 2)
      word |= ((open[cell++]! >> 1) & 3) << bit;
    words.push(word);
  }
  if (costs)
    for (let cell = 0; cell < costs.length; ) {
      let word = 0;
      for (let bit = 0; bit < 32 && cell < costs.length; bit += 4) word |= costs[cell++]! << bit;
      words.push(word);
    }
  return words;
}

/**
 * The maze of which these are the words.
 * @throws InputError in one sentence where they are the words of no maze.
 */
export function mazeFromWords(words: ArrayLike<number>, place = "maze words"): Maze {
  const fail = (message: string): never => {
    throw new InputError(message, { place });
  };
  for (let i = 0; i < words.length; i++)
    if (words[i] !== (words[i]! | 0) && words[i] !== words[i]! >>> 0)
      fail(`word ${i} is ${words[i]}, which is no whole 32-bit number`);
  if (words.length < 2) fail(`${words.length} words given where at least 3 are needed`);
  const [head, ends] = [words[0]!, words[1]!];
  const weighted = (head & weightedFlag) !== 0;
  if (head & ~(0xffff | weightedFlag)) fail("the first word has bits that mean nothing");
  const rows = head & 255;
  const cols = (head >> 8) & 255;
  const grid = gridOf(rows, cols);
  const wallWords = Math.ceil(grid.cells / 16);
  const needed = 2 + wallWords + (weighted ? Math.ceil(grid.cells / 8) : 0);
  if (words.length !== needed)
    fail(`${words.length} words given where a maze of ${rows} x ${cols} cells has ${needed}`);
  const open = wallsFrom(words, grid);
  const maze = { rows, cols, open, start: ends & 0xffff, goal: ends >>> 16 };
  const costs = Uint8Array.from(
    { length: grid.cells },
    (_, cell) => (words[2 + wallWords + (cell >> 3)]! >>> (4 * (cell & 7))) & 15,
  );
  const checked = checkedMaze(weighted ? { ...maze, costs } : maze, place);
  // Bits beyond the last cell would make two forms of one maze.
  if (mazeWords(checked).some((word, i) => word !== (words[i]! | 0)))
    fail("there are bits set beyond the last cell");
  return checked;
}

function wallsFrom(
  words: ArrayLike<number>,
  { cells, offsets }: ReturnType<typeof gridOf>,
): Uint8Array {
  const open = new Uint8Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    const sides = ((words[2 + (cell >> 4)]! >>> (2 * (cell & 15))) & 3) << 1;
    open[cell]! |= sides;
    for (const direction of [1, 2])
      if ((sides >> direction) & 1 && cell + offsets[direction]! < cells)
        open[cell + offsets[direction]!]! |= 1 << opposite(direction);
  }
  return open;
}
