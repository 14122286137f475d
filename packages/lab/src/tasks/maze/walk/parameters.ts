/** Parameters of the walk, and the forms that studies name. */
import { z } from "zod";
import { mazeFields } from "../parameters.ts";

/** Most numbers that the exact distribution of chance may have to keep at once, times steps. */
const chanceLimit = 2 ** 28;

export const walkParameters = z
  .strictObject({
    ...mazeFields,
    view: z
      .enum(["full", "partial"])
      .default("full")
      .describe("Whether the whole maze is seen, or a window around the walker."),
    radius: z
      .number()
      .int()
      .min(0)
      .max(16)
      .default(1)
      .describe("Partial view: cells seen in each direction, with their walls; 0: the own cell."),
    steps: z
      .number()
      .int()
      .min(0)
      .max(16384)
      .default(0)
      .describe("Steps of an episode at the most; 0: twice the number of cells."),
    price: z
      .number()
      .min(0)
      .max(1)
      .default(0.01)
      .describe("Reward lost at every step, times the cost of the cell that it ends in."),
  })
  .refine((parameters) => chanceSize(parameters) <= chanceLimit, {
    path: ["costs"],
    error: "chance cannot be computed for so many steps, cells and costs; make one of them smaller",
  })
  .describe("A walk through a maze, step by step.");

export type WalkParameters = z.infer<typeof walkParameters>;

/** Largest number of steps in an episode. */
export function horizonOf({
  steps,
  rows,
  cols,
}: Pick<WalkParameters, "steps" | "rows" | "cols">): number {
  return steps === 0 ? 2 * rows * cols : steps;
}

/** Numbers that the dynamic program behind `chance` updates. */
function chanceSize(parameters: {
  steps: number;
  rows: number;
  cols: number;
  costs: number;
}): number {
  const horizon = horizonOf(parameters);
  const { rows, cols, costs } = parameters;
  return horizon * rows * cols * ((horizon * (costs - 1)) / 2 + 1);
}

/** `walk`: all is seen. `partial`: the maze must be explored. `weighted`: the cheapest way is seldom the shortest. */
export const walkForms = {
  walk: { rows: 5, cols: 5, generator: "depth-first" },
  partial: { rows: 5, cols: 5, generator: "depth-first", view: "partial", radius: 1 },
  weighted: { rows: 5, cols: 5, generator: "percolation", share: 0.8, costs: 9 },
} as const;
