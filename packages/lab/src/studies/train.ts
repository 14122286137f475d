/** Executes one training run: trains, measures at every checkpoint, keeps state, writes the result. */
import { engineInfo } from "@mesascope/graph";
import {
  type BaseOptimizer,
  type Key,
  keyOf,
  type LearnedAlgorithm,
  type MeasuredInstances,
  type Measurement,
  type Signature,
  split,
  type Task,
  type TaskSources,
} from "../core/index.ts";
import { drawMeasured, signatures } from "../signatures/index.ts";
import { makeTask, subjectOf } from "../tasks/index.ts";
import { baseOptimizer } from "../training/index.ts";
import { untrained } from "./experiments/trained.ts";
import type {
  CheckpointRecord,
  EngineRecord,
  ExecuteOptions,
  ExecutionOutcome,
  PlannedRun,
  RunArchive,
  RunResult,
  TrainingSpec,
} from "./types.ts";

/** Milliseconds between two snapshots of a run in progress, or this many times what one costs, if that is longer. */
const keepInterval = 5000;
const keepShare = 10;

/**
 * Trains the run's learner from its last snapshot (or from nothing) to its budget.
 * @throws whatever training throws; the executor turns that into a failed run.
 */
export async function executeTraining(
  run: PlannedRun<TrainingSpec>,
  archive: RunArchive,
  options: ExecuteOptions,
): Promise<ExecutionOutcome> {
  const { spec } = run;
  const task = makeTask(spec.task.family, spec.task.parameters, {
    diversity: spec.diversity,
    seed: spec.seed,
  });
  const optimizer = baseOptimizer({ ...spec.learner, budget: spec.budget });
  const resumed = await archive.resume();
  const checkpoints: CheckpointRecord[] = [...(resumed?.checkpoints ?? [])];
  let pending = new Means(resumed?.pending);
  const before = resumed?.seconds ?? 0;
  const begun = performance.now();
  const seconds = () => before + (performance.now() - begun) / 1000;
  let keepAt = performance.now() + keepInterval;
  let told = 0;
  const due = new Set(spec.checkpoints.filter((update) => update > (resumed?.spent.updates ?? 0)));
  const events = optimizer.train(task, spec.seed, {
    signal: options.signal,
    checkpoints: [...due],
    ...(resumed ? { resume: { snapshot: resumed.arrays, spent: resumed.spent } } : {}),
  });
  for await (const event of events) {
    const { updates } = event.spent;
    if (event.type === "update") {
      pending.add(event.metrics);
      archive.metrics({ update: updates, ...event.metrics });
      if (performance.now() - told > 100) {
        told = performance.now();
        options.report(updates);
      }
    } else if (due.delete(updates)) {
      const measurements = await measure(event.learned, task, run);
      const last = updates >= spec.budget.updates;
      if (last && spec.measure.final)
        measurements.push(...(await measureOnce(event.learned, optimizer, task, run)));
      const record = { spent: event.spent, measurements, metrics: pending.means() };
      checkpoints.push(record);
      options.checkpoint?.(record);
      pending = new Means();
      if (last) {
        await complete(run, event.learned, archive, {
          ...{ spent: event.spent, checkpoints, seconds: seconds() },
          versions: options.versions,
        });
        options.report(updates);
        return { status: "complete" };
      }
    }
    const stopped = event.type === "checkpoint" && options.signal.aborted;
    // An update whose measurement is still to come is kept with it.
    if (stopped || (!due.has(updates) && performance.now() > keepAt)) {
      const begunKeeping = performance.now();
      await archive.keep({
        spent: event.spent,
        seconds: seconds(),
        arrays: event.snapshot(),
        checkpoints,
        pending: pending.state(),
      });
      const cost = performance.now() - begunKeeping;
      keepAt = performance.now() + Math.max(keepInterval, keepShare * cost);
    }
    if (stopped) return { status: "stopped", updates };
  }
  throw new Error(`training ended before its budget of ${spec.budget.updates} updates`);
}

/** Writes the result of a run that has come to its budget. */
async function complete(
  { id, study, arm, seed, spec }: PlannedRun<TrainingSpec>,
  learned: LearnedAlgorithm,
  archive: RunArchive,
  ended: Pick<RunResult, "spent" | "checkpoints" | "seconds" | "versions">,
): Promise<void> {
  const onnx = learned.onnx();
  const engine = onnx ? await engineInfo() : tableEngine;
  const result: RunResult = {
    ...{ id, study, arm, seed, spec, ...ended },
    ...{ size: learned.size, engine, when: new Date().toISOString() },
  };
  await archive.complete(result, learned.parameters(), onnx);
}

/** The instances that a run's learner is measured on. */
export function measuredInstances<I>(
  task: TaskSources<I>,
  { seed, spec }: PlannedRun<TrainingSpec>,
): MeasuredInstances<I> {
  const key = split(keyOf(seed), "measuring");
  return drawMeasured(task, spec.measure.episodes, split(key, "instances"));
}

/** All signatures of the run's study on the learner as it stands, blind. */
async function measure(
  learned: LearnedAlgorithm,
  task: Task,
  run: PlannedRun<TrainingSpec>,
): Promise<Measurement[]> {
  const key = split(keyOf(run.seed), "measuring");
  const instances = measuredInstances(task, run);
  const measure = measurerOf(learned, task, instances, split(key, "episodes"));
  return inTurn(run.spec.measure.signatures, measure);
}

/** What is measured only once, with the learner as it was before its first update as untrained twin. */
async function measureOnce(
  learned: LearnedAlgorithm,
  optimizer: BaseOptimizer,
  task: Task,
  { seed, spec }: PlannedRun<TrainingSpec>,
): Promise<Measurement[]> {
  const { signatures: ids, episodes } = spec.measure.final!;
  const key = split(keyOf(seed), "measuring", "final");
  const instances = drawMeasured(task, episodes, split(key, "instances"));
  const twin = await untrained(optimizer, task, seed);
  try {
    const own = split(key, "episodes");
    return await inTurn(ids, measurerOf(learned, task, instances, own, twin.learned));
  } finally {
    await twin.release();
  }
}

async function inTurn(
  ids: readonly string[],
  measure: (signature: Signature) => Promise<Measurement>,
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const id of ids) measurements.push(await measure(signatures.get(id)));
  return measurements;
}

/** The subjects are made once, so that signatures share what they play. */
function measurerOf(
  learned: LearnedAlgorithm,
  task: Task,
  instances: MeasuredInstances,
  key: Key,
  untrained?: LearnedAlgorithm,
): (signature: Signature) => Promise<Measurement> {
  const lacking = ({ id }: Signature): Promise<Measurement> =>
    Promise.resolve({
      signature: id,
      applicable: false,
      reason: `it does not measure learners of ${task.kind} tasks`,
    });
  if (task.kind === "episodic" && learned.kind === "episodic") {
    const subject = subjectOf(task.rules, learned.policy());
    const twin =
      untrained?.kind === "episodic"
        ? { twin: subjectOf(task.rules, untrained.policy()) }
        : undefined;
    return (signature) =>
      signature.episodic?.(subject, instances, { task, key, ...twin }) ?? lacking(signature);
  }
  if (task.kind === "supervised" && learned.kind === "supervised") {
    const subject = learned.subject();
    const twin = untrained?.kind === "supervised" ? { twin: untrained.subject() } : undefined;
    return (signature) =>
      signature.supervised?.(subject, instances, { task, key, ...twin }) ?? lacking(signature);
  }
  throw new Error(`a ${learned.kind} learner cannot be measured on a ${task.kind} task`);
}

/** What "computed" a learner that has no graph. */
const tableEngine: EngineRecord = { name: "table", version: "1", threads: 1 };

/** Running sums of diagnostics by name. */
class Means {
  #count: number;
  readonly #sums: Record<string, number>;

  constructor(state?: { readonly count: number; readonly sums: Readonly<Record<string, number>> }) {
    this.#count = state?.count ?? 0;
    this.#sums = { ...state?.sums };
  }

  add(metrics: Readonly<Record<string, number>>): void {
    this.#count++;
    for (const [name, value] of Object.entries(metrics))
      this.#sums[name] = (this.#sums[name] ?? 0) + value;
  }

  means(): Record<string, number> {
    return Object.fromEntries(
      Object.entries(this.#sums).map(([name, sum]) => [name, sum / this.#count]),
    );
  }

  state() {
    return { count: this.#count, sums: { ...this.#sums } };
  }
}
