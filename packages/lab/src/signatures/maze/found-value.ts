/**
 * Looks for the value of cells that a subject did not choose: a probe of what lies between a cell and the goal
 * (or the start), at the tick where it is best. Probe and patch of values share what is found.
 */
import {
  entryOf,
  type Key,
  type MeasuredInstances,
  type PredictiveSubject,
  type SupervisedTask,
  split,
} from "../../core/index.ts";
import {
  type Confusion,
  confusions,
  type Design,
  type LogisticModel,
  logOdds,
  macroF1,
  quantile,
} from "../../stats/index.ts";
import { type Inside, insideOf } from "./inside.ts";
import {
  halfOf,
  observationFeatures,
  probe,
  type Questions,
  shuffled,
  stateFeatures,
} from "./probes.ts";
import {
  type End,
  type MazeView,
  markedCells,
  mazeView,
  optionsNotTaken,
  predictionOf,
} from "./view.ts";

export interface FoundValue {
  readonly end: End;
  readonly tick: number;
  readonly model: LogisticModel;
  /** On validation and on held-out mazes. */
  readonly inside: Inside;
  readonly insideHeldOut: Inside;
  /** Macro-F1 of the probe and of its baselines on held-out mazes, by maze. */
  readonly counts: readonly Confusion[];
  readonly baselines: Readonly<Record<string, readonly Confusion[]>>;
  /** Macro-F1 at each tick, on the mazes that the tick is chosen on. */
  readonly byTick: readonly number[];
}

interface Context {
  readonly task: SupervisedTask;
  readonly key: Key;
  readonly twin?: PredictiveSubject;
}

const fewest = 20;
const found = new WeakMap<
  PredictiveSubject,
  WeakMap<MeasuredInstances, Promise<readonly FoundValue[] | string>>
>();

/** The values found in a subject, one an end, or why they cannot be looked for. */
export function foundValue(
  subject: PredictiveSubject,
  instances: MeasuredInstances,
  context: Context,
): Promise<readonly FoundValue[] | string> {
  const bySet = entryOf(found, subject, () => new WeakMap());
  return entryOf(bySet, instances, () => find(subject, instances, context));
}

/** The options that the subject does not take in the end, and whether the cost to `end` is at most `limit`. */
function questionsOf(
  view: MazeView,
  outputs: Float32Array,
  end: End,
  limit: number | undefined,
): { questions: Questions; limit: number } {
  const maze: number[] = [];
  const cell: number[] = [];
  const costs: number[] = [];
  const fields = end === "goal" ? view.toGoal : view.fromStart;
  view.mazes.forEach((own, i) => {
    for (const c of optionsNotTaken(markedCells(view, outputs, i), own, end)) {
      maze.push(i);
      cell.push(c);
      costs.push(fields[i]![c]!);
    }
  });
  // Half a unit off, so that costs equal to the median fall on one side whatever their number.
  const used = limit ?? (costs.length > 0 ? quantile(costs, 0.5) : 0);
  return {
    questions: { maze, cell, labels: costs.map((cost) => (cost <= used ? 1 : 0)) },
    limit: used,
  };
}

interface Choice {
  readonly tick: number;
  readonly model: LogisticModel;
  readonly score: number;
  readonly byTick: readonly number[];
}

function countsOf(
  model: LogisticModel,
  design: Design,
  { maze, labels }: Questions,
  mazes: number,
) {
  return confusions(logOdds(model, design), labels, maze, mazes);
}

/** The tick whose probe, fitted on the first half of the mazes, is best on the second. */
function bestTick(questions: Questions, view: MazeView, inside: Inside): Choice | undefined {
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

async function find(
  subject: PredictiveSubject,
  instances: MeasuredInstances,
  { task, key, twin }: Context,
): Promise<readonly FoundValue[] | string> {
  const validation = mazeView(task, instances.validation)!;
  const heldOut = mazeView(task, instances.heldOut)!;
  const insides = await insidesOf(subject, validation, heldOut);
  if (!insides) return "the subject has no hook points that hold a picture at each tick";
  const [inside, insideHeldOut] = insides;
  const chosen = (await predictionOf(subject, validation)).outputs;
  const chosenHeldOut = (await predictionOf(subject, heldOut)).outputs;
  const found: FoundValue[] = [];
  for (const end of ["goal", "start"] as const) {
    const { questions, limit } = questionsOf(validation, chosen, end, undefined);
    const ones = questions.labels.reduce((sum, label) => sum + label, 0);
    if (Math.min(ones, questions.labels.length - ones) < fewest) continue;
    const choice = bestTick(questions, validation, inside);
    if (!choice) continue;
    const asked = questionsOf(heldOut, chosenHeldOut, end, limit).questions;
    const fit = halfOf(questions, validation.mazes.length, 0);
    const at = { fit, asked, validation, heldOut };
    const twins = twin && (await insidesOf(twin, validation, heldOut));
    const counts = countsOf(
      choice.model,
      stateFeatures(asked, heldOut, insideHeldOut, choice.tick),
      asked,
      heldOut.mazes.length,
    );
    const baselines: Record<string, readonly Confusion[]> = {
      "observation only": observationCounts(at),
      "shuffled labels": shuffledCounts(at, inside, insideHeldOut, choice.tick, key),
    };
    if (twins) baselines["untrained twin"] = twinCounts(questions, at, twins);
    found.push({ ...choice, end, inside, insideHeldOut, counts, baselines });
  }
  return found.length > 0
    ? found
    : `fewer than ${fewest} options near and ${fewest} far are not taken`;
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

async function insidesOf(
  subject: PredictiveSubject,
  validation: MazeView,
  heldOut: MazeView,
): Promise<readonly [Inside, Inside] | undefined> {
  const first = await insideOf(subject, validation);
  const second = await insideOf(subject, heldOut);
  return first && second && first.ticks > 0 ? [first, second] : undefined;
}

/** Difference in macro-F1 between a probe and its best baseline. */
export function probeGain({ counts, baselines }: FoundValue): number {
  return macroF1(counts) - Math.max(...Object.values(baselines).map(macroF1));
}
