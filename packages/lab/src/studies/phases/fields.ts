/** Parameters that experiments on keyed bandits have in common. */
import { z } from "zod";
import type { ExperimentContext } from "../../core/index.ts";
import type { LearnerDescription } from "./learner.ts";

const probability = z.number().min(0).max(1);

export const banditFields = {
  arms: z.number().int().min(2).max(64).default(6).describe("Arms A of a bandit."),
  steps: z.number().int().min(1).max(256).default(8).describe("Steps T of an episode."),
  keyBits: z.number().int().min(4).max(64).default(16).describe("Bits of a bandit's key."),
  best: probability.default(1).describe("Probability that the best arm pays."),
  others: probability.default(0).describe("Probability that any other arm pays."),
};

export const learnerFields = {
  width: z.number().int().min(1).max(1024).default(32).describe("Units of the network."),
  batch: z.number().int().min(1).max(65536).default(64).describe("Episodes an update."),
  learningRate: z.number().positive().default(0.005).describe("Learning rate of Adam."),
  entropyStart: z.number().min(0).default(0.03).describe("Weight of the entropy bonus at first."),
  entropyEnd: z.number().min(0).default(0).describe("Weight of it at the last update."),
};

type LearnerFields = { [name in keyof typeof learnerFields]: number };

/** An actor-critic learner of one of the architectures that need a width only. */
export const actorCritic = (
  architecture: string,
  { width, batch, learningRate, entropyStart, entropyEnd }: LearnerFields,
): LearnerDescription => ({
  ...{ architecture, architectureParameters: { width } },
  ...{ algorithm: "actor-critic" },
  algorithmParameters: { batch, learningRate, entropyStart, entropyEnd },
});

/** A learner that imitates one of the task's solvers; `reference` is the task's reference solver. */
export const imitator = (
  architecture: string,
  { width, batch, learningRate }: Pick<LearnerFields, "width" | "batch" | "learningRate">,
  teacher: string,
): LearnerDescription => ({
  ...{ architecture, architectureParameters: { width } },
  ...{ algorithm: "imitation", algorithmParameters: { batch, learningRate, teacher } },
});

/** A seed for what takes a number: a run's own. */
export const seedOf = ({ key }: Pick<ExperimentContext, "key">): number => key.high >>> 0;
