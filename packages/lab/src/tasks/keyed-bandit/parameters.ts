/** Parameters of the keyed bandit, and the two forms that studies name. */
import { z } from "zod";

const probability = z.number().min(0).max(1);

/** Fields of a zod object that every kind of keyed bandit has; a kind spreads them into its own. */
export const banditFields = {
  arms: z.number().int().min(2).max(64).default(6).describe("Number of arms A: the actions."),
  steps: z.number().int().min(1).max(1024).default(8).describe("Steps T of an episode."),
  keyBits: z
    .number()
    .int()
    .min(1)
    .max(64)
    .default(32)
    .describe("Bits K of the key that names an instance; there are 2^K keys."),
} as const;

export const banditParameters = z
  .strictObject({
    ...banditFields,
    best: probability.default(1).describe("Probability p that the best arm pays a reward of 1."),
    others: probability.default(0).describe("Probability q that any other arm pays."),
  })
  .refine(({ best, others }) => best >= others, {
    path: ["best"],
    error: "the best arm must pay at least as often as the others",
  })
  .describe("A bandit whose best arm is fixed, and named by a random key.");

export type BanditParameters = z.infer<typeof banditParameters>;

/** `noiseless`: one reward tells all. `noisy`: evidence must be gathered over steps. */
export const banditForms = {
  noiseless: { arms: 6, steps: 8, keyBits: 32, best: 1, others: 0 },
  noisy: { arms: 6, steps: 24, keyBits: 32, best: 0.9, others: 0.1 },
} as const;
