/** Generators of mazes: which walls are open. */
import type { Choices } from "../choices.ts";
import type { Grid } from "../grid.ts";
import { depthFirstMaze } from "./depth-first.ts";
import { kruskalMaze } from "./kruskal.ts";
import { percolationMaze } from "./percolation.ts";
import { roomsMaze } from "./rooms.ts";
import { wilsonMaze } from "./wilson.ts";

export { type Division, divide, halves, isRoom, type Region } from "./rooms.ts";

export const generatorNames = ["depth-first", "wilson", "kruskal", "percolation", "rooms"] as const;

export type GeneratorName = (typeof generatorNames)[number];

/** What a generator takes; each uses what it needs. */
export interface GeneratorOptions {
  readonly generator: GeneratorName;
  /** Percolation: probability that a wall is open. */
  readonly share: number;
  /** Rooms: largest side of a room, in cells. */
  readonly room: number;
}

/** Open sides of each cell `[cells]`; every cell can be reached from every other. */
export function generateWalls(
  grid: Grid,
  { generator, share, room }: GeneratorOptions,
  choices: Choices,
): Uint8Array {
  switch (generator) {
    case "depth-first":
      return depthFirstMaze(grid, choices);
    case "wilson":
      return wilsonMaze(grid, choices);
    case "kruskal":
      return kruskalMaze(grid, choices);
    case "percolation":
      return percolationMaze(grid, choices, share);
    case "rooms":
      return roomsMaze(grid, choices, room);
  }
}
