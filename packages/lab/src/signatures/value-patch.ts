/**
 * Are evaluations used? A cell that lay off the chosen way is made to look as near as the nearest cell looks, along
 * the value probe's direction and at every tick; a subject that compares values then takes the cheapest way to
 * that cell. Beside it, random directions of the same length in the whole state.
 */
import { type Key, type PredictiveSubject, Random, type Signature, split } from "../core/index.ts";
import { mean } from "../stats/index.ts";
import type { Maze } from "../tasks/index.ts";
import {
  before,
  type FoundValue,
  foundValue,
  gain,
  type MazeView,
  markedCells,
  marksCheapestWay,
  mazeView,
  noise,
  notApplicable,
  oddsRange,
  onlyMazes,
  type ProbedState,
  predictionOf,
  probeGain,
  runEdited,
  setOdds,
  share,
} from "./maze/index.ts";

/** For each maze a cell that was not chosen and lies nearer than the end that the probe is about; -1 for none. */
async function targetsOf(
  subject: PredictiveSubject,
  view: MazeView,
  end: FoundValue["end"],
  key: Key,
): Promise<number[]> {
  const random = new Random(key);
  const { outputs } = await predictionOf(subject, view);
  return view.mazes.map((maze, i) => {
    const { start, goal } = maze;
    const marked = markedCells(view, outputs, i);
    const costs = end === "goal" ? view.fromStart[i]! : view.toGoal[i]!;
    const whole = costs[end === "goal" ? goal : start]!;
    const candidates = before(end, maze);
    const fit = [...marked.keys()].filter(
      (cell) =>
        !marked[cell] &&
        cell !== start &&
        cell !== goal &&
        candidates.has(cell) &&
        costs[cell]! < whole,
    );
    return fit.length > 0 ? fit[random.integer(fit.length)]! : -1;
  });
}

/** Sets the probe's log odds at each target to the highest in its maze; gives the lengths of the changes. */
function liftTargets(probed: ProbedState, targets: readonly number[]): Float64Array {
  return Float64Array.from(targets, (target, maze) =>
    target < 0 ? 0 : setOdds(probed, maze, target, oddsRange(probed, maze).high),
  );
}

/** The maze in which the target is the end that the probe is about. */
function mazeTowards(maze: Maze, end: FoundValue["end"], target: number): Maze {
  return end === "goal" ? { ...maze, goal: target } : { ...maze, start: target };
}

/** What became of each maze that has a target: whether the choice follows it, patched and pushed at random. */
async function outcomesOf(
  subject: PredictiveSubject,
  view: MazeView,
  { model, end }: FoundValue,
  inside: FoundValue["inside"],
  key: Key,
): Promise<{ patched: boolean[]; random(): Promise<boolean[]> }> {
  const targets = await targetsOf(subject, view, end, split(key, "targets"));
  const eligible = [...targets.keys()].filter((i) => targets[i]! >= 0);
  const follows = (outputs: Float32Array) =>
    eligible.map((i) =>
      marksCheapestWay(
        markedCells(view, outputs, i),
        mazeTowards(view.mazes[i]!, end, targets[i]!),
      ),
    );
  const lengths: Float64Array[] = [];
  const lifted = await runEdited(subject, view, inside, (state) => {
    lengths.push(liftTargets({ state, view, channels: inside.channels, model }, targets));
  });
  const size = inside.channels * view.height * view.width;
  return {
    patched: follows(lifted),
    async random() {
      const directions = targets.map((_, i) => noise(size, split(key, "random", i)));
      const pushed = await runEdited(subject, view, inside, (state, tick) => {
        directions.forEach((direction, i) => {
          const length = lengths[tick - 1]![i]!;
          for (let j = 0; j < size; j++) state[i * size + j]! += length * direction[j]!;
        });
      });
      return follows(pushed);
    },
  };
}

const fewest = 10;

export const valuePatch: Signature = {
  id: "value-patch",
  question: "Are evaluations of candidates used: does a better one attract the choice?",
  source:
    "Mini et al. 2023 (arXiv 2310.08043); Bush et al. 2025 (arXiv 2504.01871); Taufeeque et al. 2024 (arXiv 2407.15421)",
  unit: "share of mazes in which the choice follows, minus random directions",
  async supervised(subject, instances, context) {
    const chooseOn = mazeView(context.task, instances.validation);
    const view = mazeView(context.task, instances.heldOut);
    if (!view || !chooseOn) return notApplicable("value-patch", onlyMazes);
    const found = await foundValue(subject, instances, context);
    if (typeof found === "string") return notApplicable("value-patch", found);
    const represented = found.filter((value) => probeGain(value) > 0);
    const key = split(context.key, "value-patch");
    let best: { value: FoundValue; score: number } | undefined;
    for (const value of represented) {
      const { patched } = await outcomesOf(subject, chooseOn, value, value.inside, key);
      const score = patched.length > 0 ? mean(patched.map(Number)) : -1;
      if (!best || score > best.score) best = { value, score };
    }
    if (!best)
      return notApplicable(
        "value-patch",
        "no direction represents the value better than a baseline",
      );
    const outcomes = await outcomesOf(subject, view, best.value, best.value.insideHeldOut, key);
    const { patched } = outcomes;
    if (patched.length < fewest)
      return notApplicable(
        "value-patch",
        `fewer than ${fewest} mazes have a cell that was not chosen and lies nearer`,
      );
    const random = await outcomes.random();
    return {
      signature: "value-patch",
      applicable: true,
      ...gain(random, patched),
      unit: "share of mazes",
      n: patched.length,
      baselines: { "random direction": share(random).value, "no patch": 0 },
      parts: {
        patched: { ...share(patched), unit: "share of mazes" },
        fromStart: {
          value: best.value.end === "start" ? 1 : 0,
          unit: "1 when the cost is that from the start",
        },
      },
      series: {},
    };
  },
};
