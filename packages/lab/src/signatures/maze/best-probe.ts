/**
 * A logistic probe of single cells at the tick where it is best, fitted and chosen on validation mazes and scored on
 * held-out ones, with its baselines (Hewitt and Liang 2019, arXiv 1909.03368).
 */
import { type Key, type PredictiveSubject, split } from "../../core/index.ts";
import { type Confusion, type LogisticModel, macroF1 } from "../../stats/index.ts";
import { type Inside, insideOf } from "./inside.ts";
import {
  countsOf,
  halfOf,
  observationFeatures,
  probe,
  type Questions,
  shuffled,
  stateFeatures,
} from "./probes.ts";
import type { MazeView } from "./view.ts";

/** A probe, and the tick at which it is best. */
export interface Choice {
  readonly tick: number;
  readonly model: LogisticModel;
  readonly score: number;
  /** Macro-F1 at each tick, on the mazes that the tick is chosen on. */
  readonly byTick: readonly number[];
}

/** The tick whose probe, fitted on the first half of the mazes, is best on the second. */
export function bestTick(questions: Questions, view: MazeView, inside: Inside): Choice | undefined {
  const mazes = view.mazes.length;
  const [fit, choose] = [halfOf(questions, mazes, 0), halfOf(questions, mazes, 1)];
  let best: Choice | undefined;
  const byTick: number[] = [];
  for (let tick = 1; tick <= inside.ticks; tick++) {
    const model = probe(stateFeatures(fit, view, inside, tick), fit.labels);
    if (!model) return undefined;
    const score = macroF1(
      countsOf(model, stateFeatures(choose, view, inside, tick), choose, mazes),
    );
    byTick.push(score);
    if (!best || score > best.score) best = { tick, model, score, byTick };
  }
  return best;
}

/** Views of validation and of held-out mazes, with what a subject holds inside for each. */
export interface Probed {
  readonly validation: MazeView;
  readonly heldOut: MazeView;
  readonly insides: readonly [validation: Inside, heldOut: Inside];
  /** The same of an untrained twin, where there is one. */
  readonly twins?: readonly [validation: Inside, heldOut: Inside] | undefined;
}

/** Macro-F1 counts, by held-out maze, of a probe chosen on `questions` and of its baselines. */
export function scoredProbe(
  { model, tick }: Choice,
  questions: Questions,
  asked: Questions,
  probed: Probed,
  key: Key,
): {
  readonly counts: readonly Confusion[];
  readonly baselines: Readonly<Record<string, readonly Confusion[]>>;
} {
  const { validation, heldOut, insides, twins } = probed;
  const fit = halfOf(questions, validation.mazes.length, 0);
  const at = { fit, asked, validation, heldOut };
  const mazes = heldOut.mazes.length;
  return {
    counts: countsOf(model, stateFeatures(asked, heldOut, insides[1], tick), asked, mazes),
    baselines: {
      "observation only": observationCounts(at),
      "shuffled labels": shuffledCounts(at, ...insides, tick, key),
      ...(twins ? { "untrained twin": twinCounts(questions, at, twins) } : {}),
    },
  };
}

interface Asked {
  readonly fit: Questions;
  readonly asked: Questions;
  readonly validation: MazeView;
  readonly heldOut: MazeView;
}

function observationCounts({ fit, asked, validation, heldOut }: Asked): Confusion[] {
  const model = probe(observationFeatures(fit, validation), fit.labels)!;
  return countsOf(model, observationFeatures(asked, heldOut), asked, heldOut.mazes.length);
}

/** A control task (Hewitt and Liang 2019): labels mean nothing in fitting and in scoring alike. */
function shuffledCounts(
  { fit, asked, validation, heldOut }: Asked,
  inside: Inside,
  insideHeldOut: Inside,
  tick: number,
  key: Key,
): Confusion[] {
  const dealt = (questions: Questions, part: number) =>
    shuffled(questions, split(key, "shuffled labels", part));
  const model = probe(stateFeatures(fit, validation, inside, tick), dealt(fit, 0).labels)!;
  const design = stateFeatures(asked, heldOut, insideHeldOut, tick);
  return countsOf(model, design, dealt(asked, 1), heldOut.mazes.length);
}

function twinCounts(
  questions: Questions,
  { asked, validation, heldOut }: Asked,
  [inside, insideHeldOut]: readonly [Inside, Inside],
): Confusion[] {
  const { model, tick } = bestTick(questions, validation, inside)!;
  const design = stateFeatures(asked, heldOut, insideHeldOut, tick);
  return countsOf(model, design, asked, heldOut.mazes.length);
}

/** What a subject holds for both views; undefined where it holds no pictures at ticks. */
export async function insidesOf(
  subject: PredictiveSubject,
  validation: MazeView,
  heldOut: MazeView,
): Promise<readonly [Inside, Inside] | undefined> {
  const first = await insideOf(subject, validation);
  const second = await insideOf(subject, heldOut);
  return first && second && first.ticks > 0 ? [first, second] : undefined;
}
