/** Parameters of balls and urns, and the forms that studies name. */
import { z } from "zod";

export const urnParameters = z
  .strictObject({
    colours: z.number().int().min(2).max(256).default(6).describe("Number of colours m."),
    draws: z
      .number()
      .int()
      .min(2)
      .max(512)
      .default(16)
      .describe("Balls drawn, with replacement: the steps of a sequence."),
  })
  .describe("Draws from an urn, each to be predicted from those before it.");

export type UrnParameters = z.infer<typeof urnParameters>;

/** `standard`: what studies use. `small`: learnt in seconds. */
export const urnForms = {
  standard: { colours: 6, draws: 16 },
  small: { colours: 3, draws: 8 },
} as const;
