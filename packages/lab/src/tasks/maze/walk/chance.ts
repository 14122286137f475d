/** Total reward of the uniformly random walker on one maze, exactly, by dynamic programming over its steps. */
import type { DiscreteDistribution } from "../../../core/index.ts";
import { costOf, type Maze } from "../maze.ts";
import { horizonOf, type WalkParameters } from "./parameters.ts";
import { stepFrom } from "./rules.ts";

/** Totals that differ by less are one value, with rewards summed in another order. */
const resolution = 1e-9;

export function walkChance(parameters: WalkParameters, maze: Maze): DiscreteDistribution {
  const { price } = parameters;
  const { arrivals, strays } = randomCosts(maze, horizonOf(parameters));
  const totals: [number, number][] = [];
  for (let cost = 0; cost < arrivals.length; cost++) {
    if (arrivals[cost]! > 0) totals.push([1 - price * cost, arrivals[cost]!]);
    if (strays[cost]! > 0) totals.push([0 - price * cost, strays[cost]!]);
  }
  return merged(totals);
}

/**
 * Probability of each total cost `[horizon x largest cost + 1]` of a random walk that arrives at the goal
 * within the horizon, and of one that does not.
 */
export function randomCosts(
  maze: Maze,
  horizon: number,
): { arrivals: Float64Array; strays: Float64Array } {
  const cells = maze.open.length;
  const most = maze.costs ? Math.max(...maze.costs) : 1;
  // Mass by cell and by what was paid above 1 a step: without costs a single number a cell.
  const width = horizon * (most - 1) + 1;
  let mass = new Float64Array(cells * width);
  let next = new Float64Array(cells * width);
  const arrivals = new Float64Array(horizon * most + 1);
  const strays = new Float64Array(horizon * most + 1);
  mass[maze.start * width] = 1;
  for (let step = 1; step <= horizon; step++) {
    const reached = (step - 1) * (most - 1) + 1;
    next.fill(0);
    for (let cell = 0; cell < cells; cell++)
      for (let action = 0; action < 4; action++) {
        const to = stepFrom(maze, cell, action);
        const into = to * width + costOf(maze, to) - 1;
        const from = cell * width;
        for (let extra = 0; extra < reached; extra++)
          next[into + extra]! += mass[from + extra]! / 4;
      }
    const home = maze.goal * width;
    for (let extra = 0; extra < width; extra++)
      if (next[home + extra]! > 0) {
        arrivals[step + extra]! += next[home + extra]!;
        next[home + extra] = 0;
      }
    [mass, next] = [next, mass];
  }
  for (let cell = 0; cell < cells; cell++)
    for (let extra = 0; extra < width; extra++)
      strays[horizon + extra]! += mass[cell * width + extra]!;
  return { arrivals, strays };
}

/** One value for totals that are equal but for rounding; ascending. */
function merged(totals: [number, number][]): DiscreteDistribution {
  totals.sort(([a], [b]) => a - b);
  const values: number[] = [];
  const probabilities: number[] = [];
  for (const [value, p] of totals)
    if (values.length > 0 && value - values.at(-1)! < resolution)
      probabilities[probabilities.length - 1]! += p;
    else {
      values.push(value);
      probabilities.push(p);
    }
  return { values: Float64Array.from(values), probabilities: Float64Array.from(probabilities) };
}
