/** Whether a network's answer stays right when it thinks longer than in training, and when the goal moves meanwhile. */
import type { Random } from "@mesascope/lab/core";
import { type Maze, pathExample } from "@mesascope/lab/tasks";
import type { Thinker, Thought } from "./thinker.ts";

/** Shares of mazes in which the way, and nothing else, is marked. */
export interface Endurance {
  /** After as many ticks as in training. */
  readonly trained: number;
  /** After four times as many. */
  readonly later: number;
  /** Where the goal moves after as many ticks as in training, after four times as many more. */
  readonly moved: number;
}

/** How much longer than in training it thinks. */
const longer = 4;

/** @param random draws the places to which goals move */
export async function endurance(
  network: Thinker,
  mazes: readonly Maze[],
  ticks: number,
  random: Random,
): Promise<Endurance> {
  const right = { trained: 0, later: 0, moved: 0 };
  for (const maze of mazes) {
    const trained = await thinkOn(network, maze, ticks);
    const later = await thinkOn(network, maze, (longer - 1) * ticks, trained);
    const elsewhere = { ...maze, goal: otherCell(maze, random) };
    const moved = await thinkOn(network, elsewhere, longer * ticks, trained);
    if (marksWay(maze, trained)) right.trained++;
    if (marksWay(maze, later)) right.later++;
    if (marksWay(elsewhere, moved)) right.moved++;
  }
  const share = (count: number) => count / mazes.length;
  return { trained: share(right.trained), later: share(right.later), moved: share(right.moved) };
}

async function thinkOn(network: Thinker, maze: Maze, ticks: number, from?: Thought) {
  let thought = from ?? (await network.begin(maze));
  for (let tick = from ? 0 : 1; tick < ticks; tick++)
    thought = await network.next(maze, thought.state);
  return thought;
}

function otherCell({ open, start, goal }: Maze, random: Random): number {
  const cells = [...open.keys()].filter((cell) => cell !== start && cell !== goal);
  return cells[random.integer(cells.length)]!;
}

/** Whether every pixel that can be walked on is marked as it should be. */
function marksWay(maze: Maze, { logits }: Thought): boolean {
  const { target, mask } = pathExample(maze);
  return target.every(
    (marked, pixel) => mask[pixel] === 0 || logits[pixel]! > 0 === (marked === 1),
  );
}
