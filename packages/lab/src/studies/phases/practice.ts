/** Phases of training: a learner practises a task for some updates, or until it is good enough. */
import { type EpisodicTask, type Key, type NamedArrays, split } from "../../core/index.ts";
import { updater } from "../../training/index.ts";
import { type LearnerDescription, type OpenLearner, openLearner } from "./learner.ts";
import type { Pace } from "./pace.ts";
import { meanReward, playedBy } from "./scores.ts";

export interface Practice {
  readonly updates: number;
  readonly key: Key;
  /** Called after each update: see `pacer`. */
  readonly pace: Pace;
}

/** Trains on instances of the task's training part. */
export async function practise<I, S>(
  open: OpenLearner,
  task: EpisodicTask<I, S>,
  { updates, key, pace }: Practice,
): Promise<void> {
  const update = updater(task as never, open.learner, open);
  for (let done = 0; done < updates; done++) {
    await update(split(key, done));
    await pace();
  }
}

export interface PracticeUntil extends Practice {
  /** Updates between two looks at the score; the first look is before any. */
  readonly every: number;
  readonly score: () => Promise<number>;
  /** The score that is enough. */
  readonly enough: number;
}

/** How a score rose with updates. */
export interface Progress {
  /** Updates at the first look at which the score was enough; all updates where it never was. */
  readonly updates: number;
  readonly reached: boolean;
  /** The score at each look. */
  readonly scores: readonly number[];
}

/** Trains until the score is enough or all updates are made. */
export async function practiseUntil<I, S>(
  open: OpenLearner,
  task: EpisodicTask<I, S>,
  { updates, key, pace, every, score, enough }: PracticeUntil,
): Promise<Progress> {
  const scores = [await score()];
  let done = 0;
  while (scores.at(-1)! < enough && done < updates) {
    const part = Math.min(every, updates - done);
    await practise(open, task, { updates: part, key: split(key, done), pace });
    done += part;
    scores.push(await score());
  }
  return { updates: done, reached: scores.at(-1)! >= enough, scores };
}

/** How a learner is to come up to a score on some instances. */
export interface Attempt<I> extends Omit<PracticeUntil, "score"> {
  /** Parameters to start with. */
  readonly from: NamedArrays;
  readonly instances: readonly I[];
}

/** A learner of its own that practises until its mean reward on the instances is enough. */
export async function attempt<I, S>(
  description: LearnerDescription,
  task: EpisodicTask<I, S>,
  { instances, from, key, ...practice }: Attempt<I>,
): Promise<Progress> {
  const { updates } = practice;
  const open = await openLearner(description, task, { updates, key: split(key, "learner"), from });
  try {
    return await practiseUntil(open, task, {
      ...{ ...practice, key: split(key, "practice") },
      score: async () =>
        meanReward(await playedBy(open.learner, task.rules, instances, split(key, "episodes"))),
    });
  } finally {
    await open.learner.dispose();
  }
}
