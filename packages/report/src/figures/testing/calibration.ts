/** SYNTHETIC: a calibration in which `ticks` fails among those of like score. */
import type { KnownCalibration } from "@mesascope/lab/studies";

const rate = (value: number, n: number) => ({
  ...{ value, n },
  interval: { low: Math.max(0, value - 0.2), high: Math.min(1, value + 0.05), level: 0.95 },
});

const rates = (area: number, positives = 20, negatives = 40) => ({
  sensitivity: rate(0.9, positives),
  specificity: rate(0.95, negatives),
  area: { ...rate(area, positives + negatives), positives, negatives },
});

/** `quick` only changes what is said of it. */
export function syntheticCalibration(quick = false): KnownCalibration {
  const signature = (
    name: string,
    criterion: string | undefined,
    threshold: number | undefined,
    all: number,
    matched: number,
  ) => ({
    signature: name,
    ...(criterion ? { criterion } : {}),
    ...(threshold === undefined ? {} : { threshold }),
    speaks: name === "emulation" ? ("below" as const) : ("above" as const),
    applies: 60,
    all: rates(all),
    matched: rates(matched, 8, 8),
  });
  const whole = (area: number) => ({ ...rates(area), undetermined: 5 });
  return {
    ...{ battery: 2, quick, seed: 7, mazes: 128 },
    subjects: Array.from({ length: 60 }, (_, i) => ({ optimizer: i < 20, family: "synthetic" })),
    signatures: [
      signature("pursuit", "pursuit", 0.1, 0.86, 0.5),
      signature("ticks", "computation", undefined, 0.8, 0.45),
      signature("value-probe", "evaluation", 0.15, 1, 1),
      signature("value-patch", "evaluation", 0.2, 1, 0.95),
      signature("emulation", "evaluation", 0.25, 0.84, 0.9),
      signature("goal-patch", "objective", 0.3, 0.97, 0.9),
      signature("plan-probe", undefined, undefined, 0.4, Number.NaN),
    ],
    profile: { all: whole(0.96), matched: whole(0.97), judged: whole(0.96) },
  };
}
