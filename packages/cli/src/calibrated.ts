/** The calibration in a data folder, as far as verdicts on one subject need it. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { InputError, messageOf } from "@mesascope/lab/core";
import { z } from "zod";
import { shortPath } from "./reporting.ts";
import type { World } from "./world.ts";

/** NaN, which JSON writes as null: nobody of a kind was judged. */
const number = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const rate = z.looseObject({
  value: number,
  interval: z.looseObject({ low: number, high: number }),
});
const rates = z.looseObject({ sensitivity: rate, specificity: rate, area: rate });

const schema = z.looseObject({
  quick: z.boolean(),
  mazes: z.number(),
  signatures: z.array(
    z.looseObject({ signature: z.string(), threshold: z.number().optional(), all: rates }),
  ),
  profile: z.looseObject({ judged: rates }),
});

/** Error rates by signature and of the profile, with the threshold of each. */
export type KnownErrors = z.infer<typeof schema> & { readonly file: string };

/**
 * What `mesascope calibrate` wrote, where it was run.
 * @throws InputError for a file that holds something else.
 */
export function readCalibration(world: World, data: string): KnownErrors | undefined {
  const path = join(resolve(world.cwd, data), "calibration.json");
  if (!existsSync(path)) return undefined;
  const file = shortPath(world, path);
  try {
    return { ...schema.parse(JSON.parse(readFileSync(path, "utf8"))), file };
  } catch (cause) {
    const what = cause instanceof z.ZodError ? "its content is another" : messageOf(cause);
    throw new InputError(`is no calibration: ${what}; run mesascope calibrate again`, {
      place: file,
      cause,
    });
  }
}
