/** What a probe reaches, beside the strongest of its baselines (Hewitt and Liang 2019, arXiv 1909.03368). */
import type { Interval, Random } from "../../core/index.ts";
import { type Confusion, macroF1, macroF1Difference } from "../../stats/index.ts";
import { level } from "./measurement.ts";

/** The probe's macro-F1 minus that of the strongest baseline; counts are by maze, on held-out mazes. */
export function probeScore(
  counts: readonly Confusion[],
  baselines: Readonly<Record<string, readonly Confusion[]>>,
  random: Random,
): {
  readonly value: number;
  readonly interval: Interval;
  readonly unit: string;
  readonly n: number;
  readonly baselines: Readonly<Record<string, number>>;
} {
  const scores = Object.entries(baselines).map(([name, b]) => [name, macroF1(b)] as const);
  const [strongest] = scores.reduce((a, b) => (b[1] > a[1] ? b : a));
  return {
    ...macroF1Difference(counts, baselines[strongest]!, level, random),
    unit: "macro-F1",
    n: counts.length,
    baselines: Object.fromEntries(scores),
  };
}
