/** A control written as a program: its planes are read and patched tick by tick, as a network's are. */
import {
  type HookValues,
  InputError,
  type PredictiveSubject,
  type PredictOptions,
  type SupervisedRules,
  unknownName,
} from "../../core/index.ts";
import { type Maze, mazeFromPicture, pixelOfCell } from "../../tasks/index.ts";

/** A number for each cell, by name of the plane. */
export type Planes = Record<string, Float32Array>;

/** What a program knows of one maze, all of it from the picture. */
export interface Shown {
  readonly maze: Maze;
  /** Planes made once and used at every tick; they may have been patched. */
  readonly fixed: Planes;
  /** Number of the example in its batch, for programs with noise of their own. */
  readonly index: number;
}

/** A method that thinks in ticks over planes of cells. */
export interface Program {
  /** Ticks by default; undefined for a method that has none and whose one tick is no choice. */
  readonly ticks: number | undefined;
  /** Names of the planes made once, and of those that change with every tick. */
  readonly fixed: readonly string[];
  readonly state: readonly string[];
  /** Fixed planes of a maze. */
  prepare?(maze: Maze): Planes;
  /** State before the first tick. */
  begin(shown: Shown): Planes;
  /** State after a tick, counted from 1. */
  tick(shown: Shown, state: Planes, tick: number): Planes;
  /** Which cells are marked, given the state. */
  marks(shown: Shown, state: Planes): ArrayLike<number | boolean>;
}

type Grid = NonNullable<SupervisedRules<unknown>["grid"]>;
type Rules = Pick<SupervisedRules<never>, "grid">;

const certain = 10;

/**
 * The subject of a program. Hooks are the fixed planes by name and the state's as `name.<tick>`; each holds
 * `[1, height, width]`, 0 at pixels that are no cells. Where the whole state of a tick is replaced, thinking begins
 * there, and nothing is marked at the ticks before.
 */
export function programSubject({ grid }: Rules, program: Program): PredictiveSubject {
  const ticks = program.ticks ?? 1;
  const hooks = [
    ...program.fixed,
    ...Array.from({ length: ticks }, (_, t) =>
      program.state.map((name) => `${name}.${t + 1}`),
    ).flat(),
  ];
  return {
    hooks,
    ticks: program.ticks,
    async predict({ batch, inputs }, options = {}) {
      if (options.ticks !== undefined && program.ticks === undefined)
        throw new InputError("this subject has no ticks that could be varied");
      for (const name of [...(options.read ?? []), ...Object.keys(options.patch ?? {})])
        if (!hooks.includes(name)) throw new InputError(unknownName("hook point", name, hooks));
      return run(program, grid!, batch, inputs, options, options.ticks ?? ticks);
    },
  };
}

function run(
  program: Program,
  grid: Grid,
  batch: number,
  inputs: Float32Array,
  options: PredictOptions,
  ticks: number,
) {
  const { height, width, channels } = grid;
  const area = height * width;
  const perTick = Array.from({ length: ticks }, () =>
    new Float32Array(batch * area).fill(-certain),
  );
  const read = Object.fromEntries(
    (options.read ?? []).map((name) => [
      name,
      { shape: [1, height, width], data: new Float32Array(batch * area) },
    ]),
  );
  const first = firstTick(program, options, ticks);
  for (let index = 0; index < batch; index++) {
    const maze = mazeFromPicture(
      inputs.subarray(index * channels * area, (index + 1) * channels * area),
      grid,
    );
    const visit = (name: string, plane: Float32Array): Float32Array => {
      const patched = patchOf(options.patch?.[name], plane, maze, index, area);
      const seen = read[name];
      patched.forEach((value, cell) => {
        if (seen) seen.data[index * area + pixelOfCell(maze.cols, cell)] = value;
      });
      return patched;
    };
    const visitAll = (planes: Planes, suffix: string): Planes =>
      Object.fromEntries(
        Object.entries(planes).map(([name, plane]) => [name, visit(name + suffix, plane)]),
      );
    const fixed = visitAll(program.prepare?.(maze) ?? {}, "");
    const shown: Shown = { maze, fixed, index };
    let state = program.begin(shown);
    for (let tick = first; tick <= ticks; tick++) {
      // A state that is replaced whole need not be thought of first.
      const thought = tick === first && first > 1 ? state : program.tick(shown, state, tick);
      state = visitAll(thought, `.${tick}`);
      const marks = program.marks(shown, state);
      mark(perTick[tick - 1]!, index * area, maze, marks);
    }
  }
  return {
    outputs: perTick.at(-1)!,
    ...(program.ticks === undefined ? {} : { ticks: perTick }),
    read,
  };
}

/** The last tick whose whole state is replaced and before which nothing is read: thinking begins there. */
function firstTick({ state }: Program, { patch, read }: PredictOptions, ticks: number): number {
  const at = (tick: number) => state.map((name) => `${name}.${tick}`);
  const reads = new Set(read);
  let first = 1;
  for (let tick = 1; tick <= ticks; tick++) {
    if (patch && at(tick).every((name) => patch[name])) first = tick;
    if (at(tick).some((name) => reads.has(name))) break;
  }
  return first;
}

function patchOf(
  patch: HookValues | undefined,
  plane: Float32Array,
  { cols }: Maze,
  index: number,
  area: number,
): Float32Array {
  if (!patch) return plane;
  return plane.map((_, cell) => patch.data[index * area + pixelOfCell(cols, cell)]!);
}

/** Marks cells, and the passages between marked neighbours. */
function mark(
  outputs: Float32Array,
  from: number,
  { open, cols }: Maze,
  marks: ArrayLike<number | boolean>,
): void {
  for (let cell = 0; cell < open.length; cell++) {
    if (!marks[cell]) continue;
    const pixel = pixelOfCell(cols, cell);
    outputs[from + pixel] = certain;
    if (open[cell]! & 2 && marks[cell + 1]) outputs[from + pixel + 1] = certain;
    if (open[cell]! & 4 && marks[cell + cols]) outputs[from + pixel + 2 * cols + 1] = certain;
  }
}
