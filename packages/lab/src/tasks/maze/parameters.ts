/** Parameters that say which mazes there are: shared by all forms. */
import { z } from "zod";
import { generatorNames } from "./generators/index.ts";
import { largestSide, smallestSide } from "./grid.ts";
import { largestCost } from "./maze.ts";
import { placements } from "./placement.ts";

const side = z.number().int().min(smallestSide).max(largestSide).default(5);

/** Fields of a zod object; a form spreads them into its own. */
export const mazeFields = {
  rows: side.describe("Rows of cells."),
  cols: side.describe("Columns of cells."),
  generator: z
    .enum(generatorNames)
    .default("depth-first")
    .describe("Which walls are open: three kinds of perfect mazes, and two with loops."),
  share: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe("Percolation: probability that a wall is open before the clusters are joined."),
  room: z
    .number()
    .int()
    .min(1)
    .max(largestSide)
    .default(3)
    .describe("Rooms: largest side of a room, in cells."),
  start: z
    .enum(placements)
    .default("anywhere")
    .describe("Where the start lies; its corner is the bottom left."),
  goal: z
    .enum(placements)
    .default("anywhere")
    .describe("Where the goal lies; its corner is the top right."),
  costs: z
    .number()
    .int()
    .min(1)
    .max(largestCost)
    .default(1)
    .describe("Entering a cell costs a whole number from 1 to this, drawn evenly; 1: unweighted."),
  identity: z
    .enum(["exact", "symmetry"])
    .default("exact")
    .describe("Whether turned and mirrored mazes count as different instances (exact) or as one."),
} as const;

export const mazeParameters = z.strictObject(mazeFields);

export type MazeParameters = z.infer<typeof mazeParameters>;
