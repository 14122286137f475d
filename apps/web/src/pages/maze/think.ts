/** One tick of a trained network on a maze, with what two known methods have done by then. */
import { keyOf, Random, split } from "@mesascope/lab/core";
import { type PlanStrip, planStrip } from "@mesascope/lab/studies";
import { type Maze, mazeParameters, sampleMaze } from "@mesascope/lab/tasks";
import { type ProbeName, type Push, probeOdds, pushed } from "./probe.ts";
import type { SubjectFile } from "./subjects.ts";
import { pixelsOf, type Thinker, type Thought } from "./thinker.ts";

/** An edit of the state before the next tick. */
export interface Patch {
  readonly pixel: number;
  readonly push: Push;
}

export interface TickQuestion {
  readonly subject: SubjectFile;
  readonly maze: Maze;
  /** Where the network goes on from; left out, it begins anew. */
  readonly state?: Float32Array;
  readonly patches: readonly Patch[];
  /** Answers since the maze last changed, the oldest first. */
  readonly before: readonly Float32Array[];
}

export interface TickAnswer extends Thought {
  /** Log odds by pixel. */
  readonly probes: Readonly<Record<ProbeName, Float64Array>>;
  /** The network, a breadth-first search and the filling of dead ends, as many ticks after the last change. */
  readonly strip: PlanStrip;
}

const title = "The network";

/** What is patched is patched before the tick. */
export async function nextTick(
  { subject, maze, state, patches, before }: TickQuestion,
  network: Thinker,
): Promise<TickAnswer> {
  let held = state;
  patches.forEach(({ pixel, push }, i) => {
    if (!held) return;
    const key = split(keyOf(subject.seed), "patch", pixel, i);
    held = pushed(subject.probes.plan, held, maze, pixel, push, key);
  });
  const thought = held ? await network.next(maze, held) : await network.begin(maze);
  const ticks = [...before, thought.logits];
  return {
    ...thought,
    probes: {
      plan: probeOdds(subject.probes.plan, thought.state),
      near: probeOdds(subject.probes.near, thought.state),
    },
    strip: planStrip(maze, title, { ticks, last: thought.logits }, [ticks.length]),
  };
}

/** The picture before anything was thought. */
export function blankStrip(maze: Maze): PlanStrip {
  const nothing = new Float32Array(pixelsOf(maze)).fill(Number.NEGATIVE_INFINITY);
  return planStrip(maze, title, { ticks: undefined, last: nothing }, [0]);
}

export interface DrawQuestion {
  /** Cells on each side. */
  readonly side: number;
  /** Whether some walls are left out, so that several ways lead to the goal. */
  readonly loops: boolean;
  readonly seed: number;
}

/** A maze to begin with. */
export function drawnMaze({ side, loops, seed }: DrawQuestion): Maze {
  const kind = loops ? { generator: "percolation", share: 0.75 } : { generator: "depth-first" };
  const parameters = mazeParameters.parse({ rows: side, cols: side, ...kind });
  return sampleMaze(parameters, new Random(split(keyOf(seed), "page")));
}
