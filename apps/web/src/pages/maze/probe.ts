/** Linear probes of single cells: what a network's state says of each, read and moved along the probe's own direction. */
import { type Key, Random, split } from "@mesascope/lab/core";
import { type LogisticModel, logisticRegression } from "@mesascope/lab/stats";
import { costsTo, type Maze, pathExample, pixelOfCell } from "@mesascope/lab/tasks";
import { pixelsOf, type Thinker } from "./thinker.ts";

/** A probe as it is kept in a file. */
export interface Probe {
  readonly intercept: number;
  /** One a channel. */
  readonly weights: readonly number[];
}

/** What probes are asked of a cell. */
export const probeQuestions = {
  plan: "Is this cell on the way?",
  near: "Is this cell near the goal?",
} as const;

export type ProbeName = keyof typeof probeQuestions;

/** Pixels of all cells. */
export const cellPixels = (maze: Maze): number[] =>
  Array.from(maze.open, (_, cell) => pixelOfCell(maze.cols, cell));

/** True answers, cell by cell: near is in the nearer half of the maze's cells. */
function answers(maze: Maze, name: ProbeName): boolean[] {
  if (name === "plan") {
    const { target } = pathExample(maze);
    return cellPixels(maze).map((pixel) => target[pixel] === 1);
  }
  const costs = [...costsTo(maze, maze.goal)];
  const middle = [...costs].sort((a, b) => a - b)[Math.floor(costs.length / 2)]!;
  return costs.map((cost) => cost < middle);
}

/**
 * Fits a probe on states after so many ticks: a 1 x 1 logistic read-out, as in Bush et al. 2025 (arXiv 2504.01871).
 * @param mazes of one size
 */
export async function fitProbe(
  network: Thinker,
  mazes: readonly Maze[],
  name: ProbeName,
  ticks: number,
): Promise<Probe> {
  const features: number[] = [];
  const labels: number[] = [];
  for (const maze of mazes) {
    let thought = await network.begin(maze);
    for (let tick = 1; tick < ticks; tick++) thought = await network.next(maze, thought.state);
    const truth = answers(maze, name);
    cellPixels(maze).forEach((pixel, cell) => {
      for (let c = 0; c < network.width; c++)
        features.push(thought.state[c * pixelsOf(maze) + pixel]!);
      labels.push(truth[cell] ? 1 : 0);
    });
  }
  const design = {
    rows: labels.length,
    columns: network.width,
    features: Float64Array.from(features),
  };
  const { intercept, weights }: LogisticModel = logisticRegression(design, labels);
  return { intercept, weights: [...weights] };
}

/** Log odds that the probe gives every pixel of a state `[channels, pixels]`. */
export function probeOdds({ intercept, weights }: Probe, state: Float32Array): Float64Array {
  const pixels = state.length / weights.length;
  const odds = new Float64Array(pixels).fill(intercept);
  weights.forEach((weight, c) => {
    for (let pixel = 0; pixel < pixels; pixel++)
      odds[pixel]! += weight * state[c * pixels + pixel]!;
  });
  return odds;
}

/** How a patch changes what the probe reads at some cells: to the maze's greatest odds, to its least, or not at all. */
export type Push = "towards" | "away" | "random";

/**
 * The state with the probe's reading at `pixel` moved along the probe's direction, which changes it as little as can
 * be; `random` moves by as much in a direction that is drawn, for comparison.
 */
export function pushed(
  probe: Probe,
  state: Float32Array,
  maze: Maze,
  pixel: number,
  push: Push,
  key: Key,
): Float32Array {
  const odds = probeOdds(probe, state);
  const range = cellPixels(maze).map((at) => odds[at]!);
  const wanted = push === "away" ? Math.min(...range) : Math.max(...range);
  const norm = Math.hypot(...probe.weights);
  const length = (wanted - odds[pixel]!) / norm;
  const direction =
    push === "random"
      ? randomDirection(probe.weights.length, key)
      : probe.weights.map((w) => w / norm);
  const after = state.slice();
  const pixels = odds.length;
  direction.forEach((part, c) => {
    after[c * pixels + pixel]! += length * part;
  });
  return after;
}

function randomDirection(size: number, key: Key): number[] {
  const random = new Random(split(key, "direction"));
  const drawn = Array.from({ length: size }, () => random.normal());
  const norm = Math.hypot(...drawn);
  return drawn.map((value) => value / norm);
}
