/** Rules of the walk as pure functions. */
import type { EpisodicRules, ObservationField, Solver } from "../../../core/index.ts";
import { costOf, largestCost, type Maze } from "../maze.ts";
import { pixelOfCell, pixelSize } from "../pixels.ts";
import { horizonOf, type WalkParameters } from "./parameters.ts";

/** State within an episode. */
export interface WalkState {
  /** Steps taken. */
  readonly step: number;
  /** Where the walker is. */
  readonly cell: number;
  /** Reward of the last step; 0 at the start. */
  readonly reward: number;
  /** Whether the walker is at the goal. */
  readonly arrived: boolean;
}

export type WalkSolver = Solver<Maze, WalkState>;

/** Planes of an observation `[channels, height, width]`. */
export interface WalkPlanes {
  readonly names: readonly string[];
  readonly height: number;
  readonly width: number;
}

/**
 * Full view: walls, goal, walker and, where cells have costs, costs, each on the pixel grid. Partial view: the
 * same without the walker, who is always in the middle of the window.
 */
export function walkPlanes(parameters: WalkParameters): WalkPlanes {
  const partial = parameters.view === "partial";
  const side = 4 * parameters.radius + 3;
  const { height, width } = partial ? { height: side, width: side } : pixelSize(parameters);
  const names = ["walls", "goal"];
  if (!partial) names.push("walker");
  if (parameters.costs > 1) names.push("costs");
  return { names, height, width };
}

/**
 * Four actions: north, east, south, west; a step into a wall stays where it is. Every step loses the price
 * times the cost of the cell that it ends in; entering the goal gains 1 and ends the episode.
 */
export function walkRules(parameters: WalkParameters): EpisodicRules<Maze, WalkState> {
  const { price, view } = parameters;
  const { names, height, width } = walkPlanes(parameters);
  const size = height * width;
  const horizon = horizonOf(parameters);
  const write = view === "partial" ? writeWindow(parameters.radius) : writeAll;
  return {
    observation: names.map(
      (name, i): ObservationField => ({
        name,
        offset: i * size,
        size,
        role: name === "walker" || view === "partial" ? "state" : "instance",
      }),
    ),
    observationSize: names.length * size,
    grid: { channels: names.length, height, width },
    actions: 4,
    horizon,
    initial: ({ start }) => ({ step: 0, cell: start, reward: 0, arrived: false }),
    transition(maze, state, action) {
      const cell = stepFrom(maze, state.cell, action);
      const arrived = cell === maze.goal;
      const reward = (arrived ? 1 : 0) - price * costOf(maze, cell);
      return { step: state.step + 1, cell, reward, arrived };
    },
    observe: (maze, state, out, offset) => write(maze, state.cell, out, offset),
    reward: (state) => state.reward,
    terminated: (state) => state.arrived || state.step >= horizon,
    // No reward is observed, so that nothing shows; a solver that reads the state must not learn it either.
    conceal: (state) => (state.reward === 0 ? state : { ...state, reward: 0 }),
  };
}

/** The cell in which a step ends. */
export function stepFrom({ open, cols }: Maze, cell: number, action: number): number {
  if (!((open[cell]! >> action) & 1)) return cell;
  if (action === 0) return cell - cols;
  if (action === 1) return cell + 1;
  return action === 2 ? cell + cols : cell - 1;
}

/** Writes the planes of the full view. */
function writeAll(maze: Maze, cell: number, out: Float32Array, offset: number): void {
  const { cols, open, goal, costs } = maze;
  const { height, width } = pixelSize(maze);
  const size = height * width;
  out.fill(1, offset, offset + size);
  out.fill(0, offset + size, offset + (costs ? 4 : 3) * size);
  for (let at = 0; at < open.length; at++) {
    const pixel = offset + pixelOfCell(cols, at);
    out[pixel] = 0;
    if (open[at]! & 2) out[pixel + 1] = 0;
    if (open[at]! & 4) out[pixel + width] = 0;
    if (costs) out[pixel + 3 * size] = costs[at]! / largestCost;
  }
  out[offset + size + pixelOfCell(cols, goal)] = 1;
  out[offset + 2 * size + pixelOfCell(cols, cell)] = 1;
}

/** Writes the planes of a window around the walker; all beyond the maze is wall. */
function writeWindow(radius: number) {
  const side = 4 * radius + 3;
  const size = side * side;
  return (maze: Maze, cell: number, out: Float32Array, offset: number): void => {
    const { rows, cols, open, goal, costs } = maze;
    const row = Math.floor(cell / cols);
    const col = cell % cols;
    out.fill(1, offset, offset + size);
    out.fill(0, offset + size, offset + (costs ? 3 : 2) * size);
    for (let y = Math.max(0, row - radius); y <= Math.min(rows - 1, row + radius); y++)
      for (let x = Math.max(0, col - radius); x <= Math.min(cols - 1, col + radius); x++) {
        const at = y * cols + x;
        const middle = offset + (2 * (y - row + radius) + 1) * side + 2 * (x - col + radius) + 1;
        out[middle] = 0;
        if (open[at]! & 1) out[middle - side] = 0;
        if (open[at]! & 2) out[middle + 1] = 0;
        if (open[at]! & 4) out[middle + side] = 0;
        if (open[at]! & 8) out[middle - 1] = 0;
        if (at === goal) out[middle + size] = 1;
        if (costs) out[middle + 2 * size] = costs[at]! / largestCost;
      }
  };
}
