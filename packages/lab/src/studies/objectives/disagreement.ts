/** A walk whose exit is marked by its colour and, in all but a share of episodes, by its place: the corner top right. */
import {
  type EpisodicTask,
  type InstanceSource,
  type Key,
  keyOf,
  Random,
  split,
} from "../../core/index.ts";
import { conflicts, type MarkedMaze, usualPlace } from "../../objectives/index.ts";
import { type Maze, makeTask, mazeWalk, type WalkState } from "../../tasks/index.ts";

export type WalkTask = EpisodicTask<Maze, WalkState>;

export interface DisagreementOptions {
  readonly rows: number;
  readonly cols: number;
  /** `room`: no inner walls; `maze`: a perfect maze. */
  readonly layout: "room" | "maze";
  readonly steps: number;
  /** Share of training episodes in which the exit is elsewhere. */
  readonly share: number;
  readonly seed: number;
}

const layouts = {
  room: { generator: "percolation", share: 1 },
  maze: { generator: "depth-first" },
} as const;

/** Where conflicting training mazes come from; by default any. */
export type Chooser = (drawn: readonly Maze[], random: Random) => Maze;

/** The walk in which marks agree, the walk in which the exit is anywhere, and what is trained on: a mixture. */
export class Disagreement {
  readonly agreeing: WalkTask;
  readonly anywhere: WalkTask;
  readonly training: WalkTask;
  /** Mazes from which conflicting ones are drawn; undefined: all. */
  #pool: readonly Maze[] | undefined;
  readonly #share: number;

  constructor({ rows, cols, layout, steps, share, seed }: DisagreementOptions) {
    const fresh = { diversity: "fresh", seed } as const;
    const maze = { rows, cols, steps, ...layouts[layout] };
    this.agreeing = makeTask(mazeWalk, { ...maze, goal: "corner" }, fresh);
    this.anywhere = makeTask(mazeWalk, { ...maze, goal: "anywhere" }, fresh);
    this.#share = share;
    const { agreeing } = this;
    const training: InstanceSource<Maze> = {
      diversity: "fresh",
      all: undefined,
      draw: (key, count) => this.#draw(key, count),
    };
    this.training = {
      ...agreeing,
      training,
      get reference() {
        return agreeing.reference;
      },
      get solvers() {
        return agreeing.solvers;
      },
    };
  }

  /** From now on, conflicting training mazes are drawn from these; from all again where there are none. */
  choose(pool: readonly Maze[]): void {
    this.#pool = pool.length > 0 ? pool : undefined;
  }

  /** Mazes in which the marks conflict, of the part for training or of the held-out one. */
  conflicting(part: "training" | "heldOut", key: Key, count: number): MarkedMaze[] {
    const found: MarkedMaze[] = [];
    for (let round = 0; found.length < count; round++)
      for (const maze of this.anywhere[part].draw(split(key, round), count)) {
        const marked = { maze, place: usualPlace(maze) };
        if (conflicts(marked) && found.length < count) found.push(marked);
      }
    return found;
  }

  #draw(key: Key, count: number): Maze[] {
    const random = new Random(split(key, "share"));
    const mazes = this.agreeing.training.draw(split(key, "agreeing"), count);
    // Which episodes disagree is drawn first, so that at another share they are a subset or a superset.
    const odd = mazes.map(() => random.uniform() < this.#share);
    const wanted = odd.filter(Boolean).length;
    if (wanted === 0) return mazes;
    const pool = this.#pool;
    const elsewhere = pool
      ? Array.from({ length: wanted }, () => pool[random.integer(pool.length)]!)
      : this.conflicting("training", split(key, "conflicting"), wanted).map(({ maze }) => maze);
    let next = 0;
    return mazes.map((maze, i) => (odd[i] ? elsewhere[next++]! : maze));
  }
}

/** Key of everything that is drawn to measure with. */
export const measuringKey = (seed: number): Key => split(keyOf(seed), "measuring");
