/** Solvers of the walk: each decides step by step from the state that it is shown. */
import type { Maze } from "../maze.ts";
import {
  bestNeighbour,
  cheapestPath,
  costsTo,
  directionTo,
  fillDeadEnds,
  greedyDirection,
  mazeSolvers,
  neighboursOf,
  rightHand,
  shortestPath,
} from "../solvers/index.ts";
import { explorer } from "./explorer.ts";
import type { WalkParameters } from "./parameters.ts";
import type { WalkSolver } from "./rules.ts";

/** All solvers; those that need the whole maze are oracles where only a part of it is seen. */
export function walkSolvers(parameters: WalkParameters): readonly WalkSolver[] {
  const whole = parameters.view === "full" ? "observations" : "instance";
  const solver = (
    id: string,
    knows: WalkSolver["knows"],
    begin: WalkSolver["begin"],
  ): WalkSolver => ({
    id,
    title: mazeSolvers.get(id).title,
    knows,
    description: mazeSolvers.get(id).description,
    begin,
  });
  return [
    {
      ...solver("random", "observations", () => (_, noise) => Math.floor(noise * 4)),
      description: "Takes each of the four actions with the same probability, walls or not.",
    },
    solver("a-star", whole, follow(cheapestPath)),
    solver("breadth-first", whole, follow(shortestPath)),
    solver("value-iteration", whole, beginValues),
    solver("dead-end-filling", whole, beginFilling),
    solver(
      "greedy",
      whole,
      (maze) =>
        ({ cell }, noise) =>
          greedyDirection(maze, cell, noise),
    ),
    solver("wall-follower", "observations", beginRightHand),
    explorer(parameters),
  ];
}

/** Follows a plan, and makes a new one where it finds itself off the plan. */
function follow(plan: (maze: Maze, from: number) => number[]): WalkSolver["begin"] {
  return (maze) => {
    let path: number[] = [];
    let at = 0;
    return ({ cell }) => {
      if (path[at] !== cell) {
        path = plan(maze, cell);
        at = 0;
      }
      at++;
      return directionTo(maze, cell, path[at]!);
    };
  };
}

function beginValues(maze: Maze): ReturnType<WalkSolver["begin"]> {
  const toGoal = costsTo(maze, maze.goal);
  return ({ cell }) => directionTo(maze, cell, bestNeighbour(maze, toGoal, cell));
}

/** Keeps to cells that are not filled, and among those to the one where it has been least often. */
function beginFilling(maze: Maze): ReturnType<WalkSolver["begin"]> {
  const filled = fillDeadEnds(maze);
  const visits = new Uint16Array(maze.open.length);
  return ({ cell }) => {
    visits[cell]!++;
    const ways = neighboursOf(maze, cell);
    const open = ways.filter((way) => filled[way] === 0);
    const rank = (way: number) => visits[way]!;
    const best = (open.length > 0 ? open : ways).reduce((a, b) => (rank(b) < rank(a) ? b : a));
    return directionTo(maze, cell, best);
  };
}

function beginRightHand(maze: Maze): ReturnType<WalkSolver["begin"]> {
  let heading = 0;
  return ({ cell }) => {
    heading = rightHand(maze.open[cell]!, heading);
    return heading;
  };
}
