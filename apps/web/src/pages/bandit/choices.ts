/** What can be chosen, apart from the code that trains, which only the worker loads. */
import type { Diversity } from "@mesascope/lab/core";

/** Numbers of training instances. */
export const diversities: readonly Diversity[] = [
  1,
  4,
  16,
  64,
  256,
  1024,
  2048,
  4096,
  16384,
  "fresh",
];

/** Budgets in updates; the study's own is 1,000. */
export const budgets = [500, 1000, 2000] as const;

export interface Choice {
  readonly diversity: Diversity;
  /** Budget. */
  readonly updates: number;
  readonly seed: number;
}

/** Mean total reward of one episode at a point of training. */
export interface RewardPoint {
  readonly update: number;
  readonly training: number;
  readonly novel: number;
}

/** One trained learner, as a table shows it. */
export interface Trained {
  readonly choice: Choice;
  /** At the end of training. */
  readonly point: RewardPoint;
  /** Loss of the first update, from the initial parameters. */
  readonly firstLoss: number;
  readonly seconds: number;
}
