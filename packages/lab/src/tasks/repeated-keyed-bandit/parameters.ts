/** Parameters of the repeated keyed bandit, and the two forms that studies name. */
import { z } from "zod";
import { banditFields } from "../keyed-bandit/index.ts";

export const repeatedBanditParameters = z
  .strictObject({
    ...banditFields,
    steps: z.number().int().min(1).max(256).default(8).describe("Steps T of one episode."),
    episodes: z
      .number()
      .int()
      .min(1)
      .max(4)
      .default(2)
      .describe("Episodes E that are played on each instance, one after another."),
    noise: z
      .number()
      .min(0)
      .max(0.5)
      .default(0)
      .describe("Probability that the best arm does not pay, and that another arm does."),
  })
  .describe("A keyed bandit on which several episodes are played.");

export type RepeatedBanditParameters = z.infer<typeof repeatedBanditParameters>;

export const repeatedBanditForms = {
  noiseless: { arms: 6, steps: 8, episodes: 2, keyBits: 32, noise: 0 },
  noisy: { arms: 6, steps: 8, episodes: 2, keyBits: 32, noise: 0.1 },
} as const;
