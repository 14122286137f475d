/** Logistic probes of single cells, with the baselines that make a probe mean something. */
import { type Key, Random } from "../../core/index.ts";
import {
  type Confusion,
  confusions,
  type Design,
  type LogisticModel,
  logisticRegression,
  logOdds,
} from "../../stats/index.ts";
import type { Inside } from "./inside.ts";
import type { MazeView } from "./view.ts";

/** Cells that a probe is asked about: their maze, their number within it, and what is true of each (0 or 1). */
export interface Questions {
  readonly maze: readonly number[];
  readonly cell: readonly number[];
  readonly labels: readonly number[];
}

/** Questions of either answer below which a probe says nothing. */
export const fewest = 20;

/** Whether there are enough questions of either answer. */
export function enough({ labels }: Questions): boolean {
  const ones = labels.reduce((sum, label) => sum + label, 0);
  return Math.min(ones, labels.length - ones) >= fewest;
}

/** Macro-F1 counts of a probe's answers, by maze. */
export const countsOf = (
  model: LogisticModel,
  design: Design,
  { maze, labels }: Questions,
  mazes: number,
): Confusion[] => confusions(logOdds(model, design), labels, maze, mazes);

/** Features of some cells at one tick: what all channels hold there (a 1 x 1 probe). */
export function stateFeatures(
  { maze, cell }: Questions,
  view: MazeView,
  { channels, states }: Inside,
  tick: number,
): Design {
  const area = view.height * view.width;
  const features = new Float64Array(maze.length * channels);
  const state = states[tick - 1]!;
  for (let i = 0; i < maze.length; i++)
    for (let c = 0; c < channels; c++)
      features[i * channels + c] =
        state[(maze[i]! * channels + c) * area + view.pixels[cell[i]!]!]!;
  return { rows: maze.length, columns: channels, features };
}

/**
 * What can be said of a cell without any computation over the maze: the picture in the 3 x 3 pixels around it,
 * and how far the ends lie as the crow flies, by rows, by columns and in all. More than a 1 x 1 probe of the
 * observation sees, on purpose.
 */
export function observationFeatures({ maze, cell }: Questions, view: MazeView): Design {
  const { channels, height, width, examples, pixels, mazes } = view;
  const columns = 9 * channels + 6;
  const features = new Float64Array(maze.length * columns);
  const size = channels * height * width;
  for (let i = 0; i < maze.length; i++) {
    let at = i * columns;
    for (let c = 0; c < channels; c++)
      for (const down of [-1, 0, 1])
        for (const right of [-1, 0, 1])
          features[at++] =
            examples.inputs[
              maze[i]! * size + c * height * width + pixels[cell[i]!]! + down * width + right
            ]!;
    const { cols, start, goal } = mazes[maze[i]!]!;
    for (const end of [start, goal]) {
      const rows = Math.abs(Math.floor(cell[i]! / cols) - Math.floor(end / cols));
      const across = Math.abs((cell[i]! % cols) - (end % cols));
      features[at++] = rows;
      features[at++] = across;
      features[at++] = rows + across;
    }
  }
  return { rows: maze.length, columns, features };
}

/** The probe of some cells' features; undefined where all labels are alike. */
export function probe(design: Design, labels: readonly number[]): LogisticModel | undefined {
  const ones = labels.reduce((sum, label) => sum + label, 0);
  return ones > 0 && ones < labels.length ? logisticRegression(design, labels) : undefined;
}

/** The same questions with their answers dealt out anew. */
export function shuffled(questions: Questions, key: Key): Questions {
  return { ...questions, labels: new Random(key).shuffle([...questions.labels]) };
}

/** Questions about mazes of the first half only, or of the second. */
export function halfOf({ maze, cell, labels }: Questions, mazes: number, half: 0 | 1): Questions {
  const kept = [...maze.keys()].filter((i) => maze[i]! < mazes / 2 === (half === 0));
  return {
    maze: kept.map((i) => maze[i]!),
    cell: kept.map((i) => cell[i]!),
    labels: kept.map((i) => labels[i]!),
  };
}
