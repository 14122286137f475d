/** Distribution functions: the only place that knows jstat, which ships no types. */
// @ts-expect-error: jstat has no declarations; the interface below states the part of it that is used.
import jstat from "jstat";

interface JStat {
  /** Regularized incomplete beta function I_x(a, b). */
  ibeta(x: number, a: number, b: number): number;
  readonly beta: { inv(p: number, a: number, b: number): number };
  readonly studentt: { inv(p: number, degreesOfFreedom: number): number };
  readonly normal: {
    inv(p: number, mean: number, deviation: number): number;
    cdf(x: number, mean: number, deviation: number): number;
  };
}

const { ibeta, beta, studentt, normal } = (jstat as { jStat: JStat }).jStat;

/** Quantile of Student's t; relative error below 1e-7. `p` in (0, 1), `degreesOfFreedom` > 0. */
export function studentQuantile(p: number, degreesOfFreedom: number): number {
  return studentt.inv(p, degreesOfFreedom);
}

/** Pr(|T| >= |t|) of Student's t; relative error below 1e-6, also far out in the tail. */
export function studentTails(t: number, degreesOfFreedom: number): number {
  const ratio = degreesOfFreedom / (degreesOfFreedom + t * t);
  return ratio >= 1 ? 1 : ibeta(ratio, degreesOfFreedom / 2, 0.5);
}

/** Quantile of the beta distribution; relative error below 1e-7. */
export function betaQuantile(p: number, a: number, b: number): number {
  return beta.inv(p, a, b);
}

/** Quantile of the standard normal distribution. */
export function normalQuantile(p: number): number {
  return normal.inv(p, 0, 1);
}

/** Distribution function of the standard normal distribution. */
export function normalCdf(x: number): number {
  return normal.cdf(x, 0, 1);
}
