/** Parameters of the advised keyed bandit, and the forms that studies name. */
import { z } from "zod";
import { banditFields } from "../keyed-bandit/index.ts";

export const advisedBanditParameters = z
  .strictObject({
    ...banditFields,
    // The searcher keeps the arms that it tried in one number.
    arms: z.number().int().min(2).max(30).default(6).describe("Number of arms A: the actions."),
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
