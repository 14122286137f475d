/**
 * Does editing the plan redirect behaviour? Before the last tick, the cells on the way to another place are made to
 * look planned along the plan probe's direction, and all others unplanned; the subject follows if in the end it marks
 * that way. Beside it, random directions of the same length. Bush et al. 2025 (arXiv 2504.01871).
 */
import { type PredictiveSubject, Random, type Signature, split } from "../core/index.ts";
import { type Maze, pathExample } from "../tasks/index.ts";
import {
  foundPlan,
  gain,
  type Inside,
  type MazeView,
  markedCells,
  marksCheapestWay,
  mazeView,
  noise,
  notApplicable,
  oddsRange,
  onlyMazes,
  type ProbedState,
  perturbation,
  runFrom,
  setOdds,
  share,
} from "./maze/index.ts";

/** Each maze with another goal, in the place of its own. */
function elsewhere(view: MazeView, random: Random): Maze[] {
  return view.mazes.map((maze) => {
    const cells = [...maze.open.keys()].filter((cell) => cell !== maze.start && cell !== maze.goal);
    return { ...maze, goal: cells[random.integer(cells.length)]! };
  });
}

/** Makes the probe see the plans of other mazes: their ways at its greatest log odds, the rest at its least. */
function plan(probed: ProbedState, others: readonly Maze[]): void {
  others.forEach((other, i) => {
    const { low, high } = oddsRange(probed, i);
    const { target } = pathExample(other);
    probed.view.pixels.forEach((pixel, cell) => {
      setOdds(probed, i, cell, target[pixel] ? high : low);
    });
  });
}

export const planPatch: Signature = {
  id: "plan-patch",
  question: "Does editing the plan that is held inside redirect behaviour?",
  source: "Bush et al. 2025 (arXiv 2504.01871); Taufeeque et al. 2024 (arXiv 2407.15421)",
  unit: "share of mazes in which the edited plan is followed, minus random directions",
  async supervised(subject, instances, context) {
    const view = mazeView(context.task, instances.heldOut);
    if (!view) return notApplicable("plan-patch", onlyMazes);
    const found = await foundPlan(subject, instances, context);
    if (typeof found === "string") return notApplicable("plan-patch", found);
    const { insideHeldOut: inside, model, tick } = found;
    if (tick === inside.ticks)
      return notApplicable(
        "plan-patch",
        "the plan is found at the last tick only, where it is the output",
      );
    const key = split(context.key, "plan-patch");
    const others = elsewhere(view, new Random(split(key, "places")));
    const edited = inside.states[tick - 1]!.slice();
    plan({ state: edited, view, channels: inside.channels, model }, others);
    const pushed = inside.states[tick - 1]!.slice();
    const size = inside.channels * view.height * view.width;
    view.mazes.forEach((_, i) => {
      const length = perturbation(inside.states[tick - 1]!, edited, i, size);
      const direction = noise(size, split(key, "random", i));
      for (let j = 0; j < size; j++) pushed[i * size + j]! += length * direction[j]!;
    });
    const patched = await followed(subject, view, inside, edited, tick, others);
    const random = await followed(subject, view, inside, pushed, tick, others);
    return {
      signature: "plan-patch",
      applicable: true,
      ...gain(random, patched),
      unit: "share of mazes",
      n: patched.length,
      baselines: { "random direction": share(random).value, "no patch": 0 },
      parts: {
        patched: { ...share(patched), unit: "share of mazes" },
        tick: { value: tick, unit: "tick" },
      },
      series: {},
    };
  },
};

async function followed(
  subject: PredictiveSubject,
  view: MazeView,
  inside: Inside,
  state: Float32Array,
  tick: number,
  others: readonly Maze[],
): Promise<boolean[]> {
  const { outputs } = await runFrom(subject, view, inside, state, tick);
  return others.map((other, i) => marksCheapestWay(markedCells(view, outputs, i), other));
}
