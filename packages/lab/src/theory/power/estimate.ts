/** Bits estimated where chance is only known by sampling. */
import type { Interval } from "../../core/index.ts";

/** An estimate of optimization power. */
export interface EstimatedBits {
  /** In bits; a lower bound (an upper one for negative bits) when `censored`. */
  readonly bits: number;
  /** One end is infinite where the sample does not bound it. */
  readonly interval: Interval;
  /** Whether the score lies beyond everything sampled, so that only a bound is known. */
  readonly censored: boolean;
}
