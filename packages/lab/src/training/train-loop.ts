/** The train loop: draw instances, play them, update, until the budget is spent. */
import {
  type BaseOptimizer,
  type Budget,
  type ExampleBatch,
  type Key,
  keyOf,
  type Learner,
  type RolloutBatch,
  type Solver,
  type Spent,
  split,
  type Task,
  type TrainingEvent,
  type UpdateReport,
} from "../core/index.ts";
import { collectRollout, drawExamples } from "../tasks/index.ts";

type TrainOptions = NonNullable<Parameters<BaseOptimizer["train"]>[2]>;

interface LoopParts {
  readonly task: Task;
  readonly seed: number;
  readonly budget: Budget;
  /** Episodes or examples an update; with candidates, for each of them. */
  readonly batch: number;
  /** Candidates that an update evaluates, where there are several. */
  readonly candidates?: number | undefined;
  /** The solver whose advice is learned from, where the algorithm wants one. */
  readonly teacher?: Solver<unknown, unknown> | undefined;
  readonly options: TrainOptions;
  readonly create: (key: Key) => Promise<Learner>;
}

/**
 * Milliseconds between two turns of the event loop: learners that await nothing would otherwise never let a
 * signal, a message or a timer be heard.
 */
const yieldInterval = 50;

/**
 * Randomness of an update depends on the seed and the number of the update alone, so a run that stops and
 * goes on draws what an uninterrupted one would.
 */
export async function* trainLoop(parts: LoopParts): AsyncGenerator<TrainingEvent> {
  const { task, budget, options } = parts;
  const root = split(keyOf(parts.seed), "training");
  const learner = await parts.create(split(root, "learner"));
  try {
    if (options.resume) learner.restore(options.resume.snapshot);
    let spent: Spent = options.resume?.spent ?? { updates: 0, samples: 0, flops: 0, candidates: 0 };
    const due = new Set(options.checkpoints ?? [budget.updates]);
    const snapshot = () => learner.snapshot();
    const checkpoint = (): TrainingEvent => ({
      type: "checkpoint",
      spent,
      learned: learner.learned(),
      snapshot,
    });
    let yielded = performance.now();
    const update = updater(task, learner, parts);
    const played = parts.batch * (task.kind === "episodic" ? (parts.candidates ?? 1) : 1);
    while (spent.updates < budget.updates) {
      if (performance.now() - yielded > yieldInterval) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        yielded = performance.now();
      }
      if (options.signal?.aborted) {
        yield checkpoint();
        return;
      }
      const key = split(root, "update", spent.updates);
      const { metrics, flops } = await update(key);
      spent = {
        updates: spent.updates + 1,
        samples: spent.samples + task.rules.horizon * played,
        flops: spent.flops + flops,
        candidates: spent.candidates + (parts.candidates ?? 0),
      };
      yield { type: "update", spent, metrics, snapshot };
      if (due.has(spent.updates) || spent.updates === budget.updates) yield checkpoint();
    }
  } finally {
    await learner.dispose();
  }
}

/** One update with experience or examples drawn by the key; arrays are written over from update to update. */
export function updater(
  task: Task,
  learner: Learner,
  { batch, candidates, teacher }: Pick<LoopParts, "batch" | "candidates" | "teacher">,
): (key: Key) => Promise<UpdateReport> {
  if (task.kind === "episodic" && learner.kind === "episodic") {
    let rollout: RolloutBatch | undefined;
    return async (key) => {
      const drawn = task.training.draw(split(key, "instances"), batch);
      const atOnce = learner.playAndUpdate?.(task.rules, drawn, split(key, "episodes"));
      if (atOnce) return atOnce;
      const instances = Array.from({ length: candidates ?? 1 }, () => drawn).flat();
      const episodes = split(key, "episodes");
      const { explorer } = learner;
      rollout = await collectRollout(task.rules, instances, explorer, episodes, rollout, teacher);
      return learner.update(rollout);
    };
  }
  if (task.kind === "supervised" && learner.kind === "supervised") {
    let examples: ExampleBatch | undefined;
    return (key) => {
      const instances = task.training.draw(split(key, "instances"), batch);
      examples = drawExamples(task.rules, instances, split(key, "examples"), examples);
      return learner.update(examples);
    };
  }
  throw new Error(`a learner of ${learner.kind} tasks was given ${task.family}`);
}
