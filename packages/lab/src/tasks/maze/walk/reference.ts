/** What a walker who knows the maze can earn, and the best known walker who sees only its view. */
import { canonicalJson, keyOf, Random, split } from "../../../core/index.ts";
import { playOnce } from "../../play.ts";
import { costOf, type Maze } from "../maze.ts";
import { sampleMaze } from "../sample.ts";
import { costsTo } from "../solvers/index.ts";
import { explorer } from "./explorer.ts";
import { horizonOf, type WalkParameters } from "./parameters.ts";
import { stepFrom, walkRules } from "./rules.ts";

/** The largest total reward that can be had on one maze. */
export function bestReward(parameters: WalkParameters, maze: Maze): number {
  const horizon = horizonOf(parameters);
  const cheapest = costsTo(maze, maze.goal)[maze.start]!;
  // Every step costs at least 1: a way that costs no more than the horizon fits into it, and never arriving
  // costs as much at the least.
  if (cheapest <= horizon) return 1 - parameters.price * cheapest;
  return bestWithin(parameters, maze, horizon);
}

/** The same by dynamic programming over the steps that are left. */
function bestWithin({ price }: WalkParameters, maze: Maze, horizon: number): number {
  let values = new Float64Array(maze.open.length);
  for (let left = 1; left <= horizon; left++) {
    values = values.map((_, cell) => {
      let best = Number.NEGATIVE_INFINITY;
      for (let action = 0; action < 4; action++) {
        const to = stepFrom(maze, cell, action);
        const after = to === maze.goal ? 1 : values[to]!;
        best = Math.max(best, after - price * costOf(maze, to));
      }
      return best;
    });
  }
  return values[maze.start]!;
}

/** A mean over mazes that are drawn with a fixed key, kept for each set of parameters. */
function kept(measure: (parameters: WalkParameters) => number) {
  const known = new Map<string, number>();
  return (parameters: WalkParameters): number => {
    const name = canonicalJson(parameters);
    let value = known.get(name);
    if (value === undefined) {
      value = measure(parameters);
      known.set(name, value);
    }
    return value;
  };
}

/**
 * Mean of `bestReward` over mazes as they are drawn: mazes differ in it, so it is estimated, from 20,000 mazes
 * (fewer of more than 50 cells, 1,000 at the least) with a fixed key.
 */
export const walkOptimum = kept((parameters) => {
  const random = new Random(split(keyOf(0), "maze-walk", "optimum"));
  const cells = parameters.rows * parameters.cols;
  const mazes = Math.round(Math.max(1000, Math.min(20_000, 1e6 / cells)));
  let total = 0;
  for (let i = 0; i < mazes; i++) total += bestReward(parameters, sampleMaze(parameters, random));
  return total / mazes;
});

const explorerReward = kept((parameters) => {
  const random = new Random(split(keyOf(0), "maze-walk", "reference"));
  const rules = walkRules(parameters);
  const solver = explorer(parameters);
  const episodes = Math.round(
    Math.max(100, Math.min(2000, 1e5 / (parameters.rows * parameters.cols))),
  );
  let total = 0;
  for (let i = 0; i < episodes; i++)
    total += playOnce(rules, solver, sampleMaze(parameters, random), random);
  return total / episodes;
});

/**
 * A* where the whole maze is seen: optimal wherever a way fits into the horizon. The explorer where only a part
 * is seen: good, and not known to be the best. Both are means over drawn mazes, so never called exact.
 */
export function walkReference(parameters: WalkParameters) {
  return parameters.view === "full"
    ? { solver: "a-star", expected: walkOptimum(parameters), exact: false }
    : { solver: "explorer", expected: explorerReward(parameters), exact: false };
}
