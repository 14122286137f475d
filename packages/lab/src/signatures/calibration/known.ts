/** A calibration as it was written, read again: what verdicts on subjects that are no controls quote. */
import { z } from "zod";
import { InputError, type Measurement } from "../../core/index.ts";
import { type Profile, profileOf, type Thresholds } from "../profile.ts";
import { batteryVersion } from "./battery.ts";

/** NaN, which JSON writes as null: nobody of a kind was judged. */
const number = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const interval = z.looseObject({ low: number, high: number, level: number });
const rate = z.looseObject({ value: number, n: z.number(), interval });
const area = z.looseObject({
  value: number,
  interval,
  positives: z.number(),
  negatives: z.number(),
});
const rates = z.looseObject({ sensitivity: rate, specificity: rate, area });
const profileRates = rates.extend({ undetermined: z.number() });

const schema = z.looseObject({
  battery: z.number(),
  quick: z.boolean(),
  seed: z.number(),
  mazes: z.number(),
  subjects: z.array(z.looseObject({ optimizer: z.boolean(), family: z.string() })),
  signatures: z.array(
    z.looseObject({
      signature: z.string(),
      criterion: z.string().optional(),
      speaks: z.enum(["above", "below"]),
      applies: z.number(),
      threshold: z.number().optional(),
      all: rates,
      matched: rates,
    }),
  ),
  profile: z.looseObject({ all: profileRates, matched: profileRates, judged: profileRates }),
});

/** Error rates by signature and of the profile, with the threshold of each. */
export type KnownCalibration = z.infer<typeof schema>;

/**
 * @throws InputError for a value that is no calibration, or that was made by signatures whose numbers have changed since.
 */
export function parseCalibration(value: unknown): KnownCalibration {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new InputError(
      "is no calibration: its content is another; run mesascope calibrate again",
    );
  if (parsed.data.battery !== batteryVersion)
    throw new InputError(
      `is a calibration of version ${parsed.data.battery} of the signatures, and these are version ${batteryVersion}; ` +
        "run mesascope calibrate again",
    );
  return parsed.data;
}

export const knownThresholds = ({ signatures }: KnownCalibration): Thresholds =>
  Object.fromEntries(signatures.map(({ signature, threshold }) => [signature, threshold]));

/** The profile that measurements amount to, by calibrated thresholds. */
export const calibratedProfile = (
  measurements: readonly Measurement[],
  known: KnownCalibration,
): Profile => profileOf(measurements, knownThresholds(known));
