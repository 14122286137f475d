/** What `mesascope calibrate` wrote, as far as pages show it. */
import { existsSync, readFileSync } from "node:fs";
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

/** The calibration in a file; undefined where there is no such file or it holds something else. */
export function readCalibration(path: string): z.infer<typeof calibrationSchema> | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return calibrationSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    // A page without error rates says that there are none; that is true of a file that cannot be read.
    return undefined;
  }
}
