/** How far signatures can be trusted, as `mesascope calibrate` measured on subjects with known answers. */
import { z } from "zod";

/** NaN, which JSON writes as null: nobody of a kind was judged. */
const number = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const rate = z.object({
  value: number,
  interval: z.object({ low: number, high: number }),
});
const rates = z.object({ sensitivity: rate, specificity: rate, area: rate });

/** What pages show of a calibration; its measurements are left out. */
export const calibrationSchema = z.object({
  quick: z.boolean(),
  mazes: z.number(),
  subjects: z.array(z.object({ id: z.string(), optimizer: z.boolean() })).transform((subjects) => ({
    optimizers: subjects.filter(({ optimizer }) => optimizer).length,
    others: subjects.filter(({ optimizer }) => !optimizer).length,
  })),
  signatures: z.array(
    z.object({
      signature: z.string(),
      threshold: z.number().optional(),
      applies: z.number(),
      all: rates,
    }),
  ),
});

export type KnownErrors = z.infer<typeof calibrationSchema>;

/** The part of it that is about some signatures; undefined where it says nothing of them. */
export function calibrationOf(
  known: KnownErrors | undefined,
  signatures: readonly string[],
): KnownErrors | undefined {
  const about = known?.signatures.filter(({ signature }) => signatures.includes(signature)) ?? [];
  return known && about.length > 0 ? { ...known, signatures: about } : undefined;
}
