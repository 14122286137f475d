/** Parameters of keyed regression, and the forms that studies name. */
import { z } from "zod";

export const keyedRegressionParameters = z
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
      .describe("Examples K of a sequence: its steps."),
    noise: z.number().min(1e-6).default(0.25).describe("Variance of the normal noise on y."),
    keyBits: z
      .number()
      .int()
      .min(1)
      .max(64)
      .default(32)
      .describe("Bits of the key that names an instance."),
  })
  .describe("Linear regression in which a random key names the weights.");

export type KeyedRegressionParameters = z.infer<typeof keyedRegressionParameters>;

/** `standard`: what studies use. `small`: a shorter key, learnt by heart sooner. */
export const keyedRegressionForms = {
  standard: { dimension: 4, examples: 8, noise: 0.25, keyBits: 32 },
  small: { dimension: 2, examples: 4, noise: 0.25, keyBits: 16 },
} as const;
