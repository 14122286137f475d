/** Parameters of in-context regression, and the forms that studies name. */
import { z } from "zod";

export const regressionParameters = z
  .strictObject({
    dimension: z
      .number()
      .int()
      .min(1)
      .max(64)
      .default(4)
      .describe("Length D of x and of the weights."),
    examples: z
      .number()
      .int()
      .min(2)
      .max(128)
      .default(8)
      .describe("Examples K of a sequence; y is predicted at each of them."),
    noise: z.number().min(1e-6).default(0.25).describe("Variance of the normal noise on y."),
  })
  .describe("Linear regression from examples that are shown one after another.");

export type RegressionParameters = z.infer<typeof regressionParameters>;

/** `small`: learnt in minutes on one core. `raventos`: the size of Raventos et al. 2023, section 3. */
export const regressionForms = {
  small: { dimension: 4, examples: 8, noise: 0.25 },
  raventos: { dimension: 8, examples: 16, noise: 0.25 },
} as const;
