/** Parameters of the advised keyed bandit, and the forms that studies name. */
import { z } from "zod";

export const advisedBanditParameters = z
  .strictObject({
    arms: z.number().int().min(2).max(30).default(6).describe("Number of arms A: the actions."),
    steps: z.number().int().min(1).max(1024).default(8).describe("Steps T of an episode."),
    keyBits: z
      .number()
      .int()
      .min(1)
      .max(64)
      .default(32)
      .describe("Bits K of the key that names an instance; there are 2^K keys."),
    reliability: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe(
        "Probability that the advice of a step is the searcher's; else it is a random arm.",
      ),
    searcher: z
      .enum(["built-in", "removed"])
      .default("built-in")
      .describe("Whether there is advice; where the searcher is removed, its place shows zeros."),
  })
  .describe("A noiseless keyed bandit with a searcher that advises.");

export type AdvisedBanditParameters = z.infer<typeof advisedBanditParameters>;

export const advisedBanditForms = {
  reliable: { arms: 6, steps: 8, keyBits: 32, reliability: 1 },
  halved: { arms: 6, steps: 8, keyBits: 32, reliability: 0.5 },
  removed: { arms: 6, steps: 8, keyBits: 32, searcher: "removed" },
} as const;
