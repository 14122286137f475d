/** Networks that an experiment trains and then holds while it measures them. */
import {
  type BaseOptimizer,
  type ExperimentContext,
  type Key,
  type LearnedAlgorithm,
  type NamedArrays,
  Random,
  type Spent,
  type Task,
} from "../../core/index.ts";

/** A learner at the end of its budget; what it learned is valid until it is released. */
export interface Trained {
  readonly learned: LearnedAlgorithm;
  readonly spent: Spent;
  readonly snapshot: NamedArrays;
  release(): Promise<void>;
}

/** A seed for what takes seeds: a whole number drawn by the key. */
export const seedFrom = (key: Key): number => new Random(key).integer(2 ** 31);

interface TrainOptions extends Pick<ExperimentContext, "signal"> {
  readonly seed: number;
  /** Called after every update. */
  readonly report?: () => void;
  /** State to start from, such as that at the end of other training; as drawn by the seed where it is left out. */
  readonly from?: NamedArrays;
  /** Called at each of these numbers of updates with the algorithm as it stands there; the last is the budget. */
  readonly look?: { readonly at: readonly number[]; see(learned: LearnedAlgorithm): Promise<void> };
}

const nothing: Spent = { updates: 0, samples: 0, flops: 0, candidates: 0 };

/**
 * Trains to the end of the budget.
 * @returns undefined where `signal` was aborted.
 */
export async function trained(
  optimizer: BaseOptimizer,
  task: Task,
  { seed, signal, report, look, from }: TrainOptions,
): Promise<Trained | undefined> {
  const { updates } = optimizer.description.budget;
  const checkpoints = [...new Set([...(look?.at ?? []), updates])];
  const resume = from && { resume: { snapshot: from, spent: nothing } };
  const events = optimizer
    .train(task, seed, { signal, checkpoints, ...resume })
    [Symbol.asyncIterator]();
  const release = async () => void (await events.return?.());
  for (;;) {
    const { value: event, done } = await events.next();
    if (done || signal.aborted) {
      await release();
      return undefined;
    }
    if (event.type === "update") report?.();
    else {
      const { learned, spent } = event;
      if (look?.at.includes(spent.updates)) await look.see(learned);
      if (spent.updates === updates) return { learned, spent, snapshot: event.snapshot(), release };
    }
  }
}

/** Before the first update: as the seed draws it, or with the state `from` in the place of that. */
export async function untrained(
  optimizer: BaseOptimizer,
  task: Task,
  seed: number,
  from?: NamedArrays,
): Promise<Omit<Trained, "spent">> {
  // Told to stop before it begins, training ends in a checkpoint of what it would have begun from.
  const resume = from && { resume: { snapshot: from, spent: nothing } };
  const events = optimizer
    .train(task, seed, { signal: AbortSignal.abort(), ...resume })
    [Symbol.asyncIterator]();
  const { value: event } = await events.next();
  if (event?.type !== "checkpoint") throw new Error("training did not stop where it was told to");
  const release = async () => void (await events.return?.());
  return { learned: event.learned, snapshot: event.snapshot(), release };
}
