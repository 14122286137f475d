/** Looks for the plan in a subject's state before its outputs show it: a probe of cells that the read-out still gets wrong. */
import {
  entryOf,
  type Key,
  type MeasuredInstances,
  type PredictiveSubject,
  type SupervisedTask,
  split,
} from "../../core/index.ts";
import { type Confusion, type LogisticModel, macroF1 } from "../../stats/index.ts";
import { pathExample } from "../../tasks/index.ts";
import { type Inside, insideOf } from "./inside.ts";
import {
  countsOf,
  enough,
  fewest,
  halfOf,
  observationFeatures,
  probe,
  type Questions,
  shuffled,
  stateFeatures,
} from "./probes.ts";
import { type MazeView, markedCells, mazeView, predictionOf } from "./view.ts";

export interface FoundPlan {
  readonly tick: number;
  readonly model: LogisticModel;
  readonly insideHeldOut: Inside;
  /** On cells of held-out mazes that the read-out at the tick gets wrong, by maze. */
  readonly counts: readonly Confusion[];
  readonly baselines: Readonly<Record<string, readonly Confusion[]>>;
  /** Number of such cells. */
  readonly cells: number;
}

interface Context {
  readonly task: SupervisedTask;
  readonly key: Key;
  readonly twin?: PredictiveSubject;
}

const found = new WeakMap<
  PredictiveSubject,
  WeakMap<MeasuredInstances, Promise<FoundPlan | string>>
>();

/** The plan found in a subject, or why it cannot be looked for. */
export function foundPlan(
  subject: PredictiveSubject,
  instances: MeasuredInstances,
  context: Context,
): Promise<FoundPlan | string> {
  const bySet = entryOf(found, subject, () => new WeakMap());
  return entryOf(bySet, instances, () => find(subject, instances, context));
}

/** Cells and whether they are on the way: all of them, or those that outputs get wrong. */
function questionsOf(view: MazeView, wrongIn?: Float32Array): Questions {
  const [maze, cell, labels]: [number[], number[], number[]] = [[], [], []];
  view.mazes.forEach((instance, i) => {
    const { target } = pathExample(instance);
    const marked = wrongIn && markedCells(view, wrongIn, i);
    for (let c = 0; c < view.pixels.length; c++) {
      const label = target[view.pixels[c]!]!;
      if (marked && marked[c] === (label === 1)) continue;
      maze.push(i);
      cell.push(c);
      labels.push(label);
    }
  });
  return { maze, cell, labels };
}

async function find(
  subject: PredictiveSubject,
  instances: MeasuredInstances,
  { task, key, twin }: Context,
): Promise<FoundPlan | string> {
  const validation = mazeView(task, instances.validation)!;
  const heldOut = mazeView(task, instances.heldOut)!;
  const inside = await insideOf(subject, validation);
  const insideHeldOut = await insideOf(subject, heldOut);
  const shown = (await predictionOf(subject, validation)).ticks;
  const shownHeldOut = (await predictionOf(subject, heldOut)).ticks;
  if (!inside || !insideHeldOut || !shown || !shownHeldOut || inside.ticks !== shown.length)
    return "the subject has no outputs and hook points at each tick";
  const mazes = [validation.mazes.length, heldOut.mazes.length] as const;
  const fit = halfOf(questionsOf(validation), mazes[0], 0);
  let best: { tick: number; model: LogisticModel; score: number } | undefined;
  const observed = probe(observationFeatures(fit, validation), fit.labels)!;
  for (let tick = 1; tick <= inside.ticks; tick++) {
    const choose = halfOf(questionsOf(validation, shown[tick - 1]!), mazes[0], 1);
    if (!enough(choose)) continue;
    const model = probe(stateFeatures(fit, validation, inside, tick), fit.labels)!;
    const own = countsOf(model, stateFeatures(choose, validation, inside, tick), choose, mazes[0]);
    const base = countsOf(observed, observationFeatures(choose, validation), choose, mazes[0]);
    const score = macroF1(own) - macroF1(base);
    if (!best || score > best.score) best = { tick, model, score };
  }
  if (!best) return `the read-out gets fewer than ${fewest} cells of each kind wrong at every tick`;
  const { tick, model } = best;
  const asked = questionsOf(heldOut, shownHeldOut[tick - 1]!);
  if (!enough(asked)) return `the read-out gets fewer than ${fewest} cells of each kind wrong`;
  const design = stateFeatures(asked, heldOut, insideHeldOut, tick);
  const dealt = shuffled(fit, split(key, "shuffled labels", 0));
  const meaningless = probe(stateFeatures(fit, validation, inside, tick), dealt.labels)!;
  const askedShuffled = shuffled(asked, split(key, "shuffled labels", 1));
  const baselines: Record<string, readonly Confusion[]> = {
    "observation only": countsOf(observed, observationFeatures(asked, heldOut), asked, mazes[1]),
    "shuffled labels": countsOf(meaningless, design, askedShuffled, mazes[1]),
  };
  const twinInside = twin && (await insideOf(twin, validation));
  const twinHeldOut = twin && (await insideOf(twin, heldOut));
  if (twinInside && twinHeldOut && twinInside.ticks >= tick) {
    const its = probe(stateFeatures(fit, validation, twinInside, tick), fit.labels)!;
    const features = stateFeatures(asked, heldOut, twinHeldOut, tick);
    baselines["untrained twin"] = countsOf(its, features, asked, mazes[1]);
  }
  const counts = countsOf(model, design, asked, mazes[1]);
  return { tick, model, insideHeldOut, counts, baselines, cells: asked.labels.length };
}
