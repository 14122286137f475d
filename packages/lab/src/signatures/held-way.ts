/**
 * Does a judge of answers hold the true way while it is shown another? A logistic probe of single cells that the answer
 * shown leaves blank, for whether they lie on the true way: there, what is shown cannot be copied. After Bush et al. 2025
 * (arXiv 2504.01871).
 */
import {
  type Key,
  type MeasuredInstances,
  type Measurement,
  type PredictiveSubject,
  Random,
  type SupervisedTask,
  split,
} from "../core/index.ts";
import { macroF1 } from "../stats/index.ts";
import { type Maze, pathExample } from "../tasks/index.ts";
import { bestTick, insidesOf, scoredProbe } from "./maze/best-probe.ts";
import {
  enough,
  fewest,
  type MazeView,
  mazeView,
  notApplicable,
  onlyMazes,
  probeScore,
  type Questions,
} from "./maze/index.ts";

const id = "held-way";

interface Context {
  readonly task: SupervisedTask;
  readonly key: Key;
  /** Untrained, otherwise alike. */
  readonly twin?: PredictiveSubject;
  /** The answer `[height, width]` of zeros and ones that is shown with a maze. */
  readonly shown: (maze: Maze, index: number) => ArrayLike<number>;
}

/** Mazes as a judge sees them: the answer is the last plane of the picture. */
function judgedView(view: MazeView, shown: Context["shown"]): MazeView {
  const { channels, height, width, examples, mazes } = view;
  const area = height * width;
  const size = channels * area;
  const inputs = new Float32Array(mazes.length * (size + area));
  mazes.forEach((maze, i) => {
    inputs.set(examples.inputs.subarray(i * size, (i + 1) * size), i * (size + area));
    inputs.set(shown(maze, i), i * (size + area) + size);
  });
  return { ...view, channels: channels + 1, examples: { ...examples, inputs } };
}

/** Cells without ends that the answer leaves blank, and whether they are on the true way. */
function questionsOf({ mazes, channels, height, width, examples, pixels }: MazeView): Questions {
  const [maze, cell, labels]: [number[], number[], number[]] = [[], [], []];
  const area = height * width;
  mazes.forEach((instance, i) => {
    const { target } = pathExample(instance);
    const shown = (i * channels + channels - 1) * area;
    for (const [c, pixel] of pixels.entries()) {
      if (c === instance.start || c === instance.goal) continue;
      if (examples.inputs[shown + pixel]! > 0.5) continue;
      maze.push(i);
      cell.push(c);
      labels.push(target[pixel]!);
    }
  });
  return { maze, cell, labels };
}

/**
 * @param judge sees pictures with one plane more than the task's, and holds pictures at ticks.
 * @returns macro-F1 minus the strongest baseline's: the observation with the answer shown, an untrained twin, and labels
 *   that mean nothing.
 */
export async function heldWay(
  judge: PredictiveSubject,
  instances: MeasuredInstances,
  { task, key, twin, shown }: Context,
): Promise<Measurement> {
  const [plainValidation, plainHeldOut] = [
    mazeView(task, instances.validation),
    mazeView(task, instances.heldOut),
  ];
  if (!plainValidation || !plainHeldOut) return notApplicable(id, onlyMazes);
  const validation = judgedView(plainValidation, shown);
  const heldOut = judgedView(plainHeldOut, shown);
  const insides = await insidesOf(judge, validation, heldOut);
  if (!insides)
    return notApplicable(id, "the judge has no hook points that hold pictures at ticks");
  const questions = questionsOf(validation);
  const asked = questionsOf(heldOut);
  const choice = enough(questions) ? bestTick(questions, validation, insides[0]) : undefined;
  if (!choice || !enough(asked))
    return notApplicable(id, `fewer than ${fewest} blank cells on the way and ${fewest} off it`);
  const twins = twin && (await insidesOf(twin, validation, heldOut));
  const probed = { validation, heldOut, insides, twins };
  const { counts, baselines } = scoredProbe(choice, questions, asked, probed, key);
  return {
    signature: id,
    applicable: true,
    ...probeScore(counts, baselines, new Random(split(key, id))),
    parts: {
      probe: { value: macroF1(counts), unit: "macro-F1" },
      tick: { value: choice.tick, unit: "tick" },
      cells: { value: asked.labels.length, unit: "cells that the answer shown leaves blank" },
    },
    series: { probe: choice.byTick },
  };
}
