import { describe, expect, it } from "vitest";
import { keyOf, Random } from "../core/index.ts";
import { type Design, logisticRegression, logOdds } from "./index.ts";
import { solvePositive } from "./linear-system.ts";

const design = (rows: readonly (readonly number[])[]): Design => ({
  rows: rows.length,
  columns: rows[0]!.length,
  features: Float64Array.from(rows.flat()),
});
const logit = (p: number) => Math.log(p / (1 - p));

describe("logistic regression", () => {
  it("of one binary feature gives the log odds of the two groups", () => {
    // 3 of 10 and 8 of 10: the saturated model has intercept logit(0.3) and slope logit(0.8) - logit(0.3).
    const rows = Array.from({ length: 20 }, (_, i) => [i < 10 ? 0 : 1]);
    const labels = rows.map((_, i) => Number(i < 10 ? i < 3 : i < 18));
    const { intercept, weights } = logisticRegression(design(rows), labels, { penalty: 1e-9 });
    expect(intercept).toBeCloseTo(logit(0.3), 5);
    expect(weights[0]).toBeCloseTo(logit(0.8) - logit(0.3), 5);
  });

  it.each([0.1, 1, 10])(
    "with penalty %f is where the penalized likelihood has no slope",
    (penalty) => {
      const random = new Random(keyOf(4));
      const rows = Array.from({ length: 60 }, () => [random.normal(), random.normal()]);
      const labels = rows.map(([a, b]) => Number(a! - b! + random.normal() > 0.3));
      const { intercept, weights } = logisticRegression(design(rows), labels, {
        penalty,
        standardize: false,
      });
      const logLikelihood = (b: number, w: readonly number[]) =>
        rows.reduce((sum, row, i) => {
          const z = b + w[0]! * row[0]! + w[1]! * row[1]!;
          return sum + Math.log(1 / (1 + Math.exp(labels[i] ? -z : z)));
        }, 0) -
        (penalty / 2) * (w[0]! ** 2 + w[1]! ** 2);
      const at = [intercept, ...weights];
      for (let j = 0; j < 3; j++) {
        const moved = (by: number) => at.map((value, k) => (k === j ? value + by : value));
        const [up, down] = [moved(1e-4), moved(-1e-4)];
        const slope =
          (logLikelihood(up[0]!, up.slice(1)) - logLikelihood(down[0]!, down.slice(1))) / 2e-4;
        expect(Math.abs(slope)).toBeLessThan(1e-5);
      }
    },
  );

  it("does not depend on the units of features when it standardizes", () => {
    const random = new Random(keyOf(5));
    const rows = Array.from({ length: 50 }, () => [random.normal(), 1000 + random.normal()]);
    const labels = rows.map(([a]) => Number(a! + random.normal() > 0));
    const odds = logOdds(logisticRegression(design(rows), labels), design(rows));
    const inches = design(rows.map(([a, b]) => [2.54 * a!, b! - 7]));
    const again = logOdds(logisticRegression(inches, labels), inches);
    odds.forEach((value, i) => {
      expect(again[i]).toBeCloseTo(value, 6);
    });
  });

  it("separates what can be separated and survives a feature that never varies", () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i, 7]);
    const labels = rows.map(([i]) => Number(i! >= 20));
    const model = logisticRegression(design(rows), labels);
    expect(model.weights[1]).toBe(0);
    logOdds(model, design(rows)).forEach((value, i) => {
      expect(value > 0).toBe(i >= 20);
    });
  });

  it("refuses sizes that do not fit and penalties that are not positive", () => {
    expect(() => logisticRegression(design([[1], [2]]), [1])).toThrow(RangeError);
    expect(() => logisticRegression(design([[1]]), [1], { penalty: 0 })).toThrow(RangeError);
  });
});

describe("a positive definite system", () => {
  it("is solved: checked by multiplication", () => {
    const a = Float64Array.of(4, 2, 0.5, 2, 3, 1, 0.5, 1, 5);
    const x = solvePositive(a, Float64Array.of(1, 2, 3));
    [1, 2, 3].forEach((b, i) => {
      expect(a[3 * i]! * x[0]! + a[3 * i + 1]! * x[1]! + a[3 * i + 2]! * x[2]!).toBeCloseTo(b, 12);
    });
    expect(() => solvePositive(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))).toThrow(
      RangeError,
    );
  });
});
