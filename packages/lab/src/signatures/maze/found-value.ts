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
} from "../../core/index.ts";
import { type Confusion, type LogisticModel, macroF1, quantile } from "../../stats/index.ts";
import { bestTick, insidesOf, scoredProbe } from "./best-probe.ts";
import type { Inside } from "./inside.ts";
import { enough, fewest, type Questions } from "./probes.ts";
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
    if (!enough(questions)) continue;
    const choice = bestTick(questions, validation, inside);
    if (!choice) continue;
    const asked = questionsOf(heldOut, chosenHeldOut, end, limit).questions;
    const twins = twin && (await insidesOf(twin, validation, heldOut));
    const probed = { validation, heldOut, insides, twins };
    const scored = scoredProbe(choice, questions, asked, probed, key);
    found.push({ ...choice, ...scored, end, inside, insideHeldOut });
  }
  return found.length > 0
    ? found
    : `fewer than ${fewest} options near and ${fewest} far are not taken`;
}

/** Difference in macro-F1 between a probe and its best baseline. */
export function probeGain({ counts, baselines }: FoundValue): number {
  return macroF1(counts) - Math.max(...Object.values(baselines).map(macroF1));
}
