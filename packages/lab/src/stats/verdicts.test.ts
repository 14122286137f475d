import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, Random } from "../core/index.ts";
import { holmVerdicts, judge, type PredictionSamples, welchInterval } from "./index.ts";

/** Three seeds with the given mean and a standard error of 1, so that everything has a closed form (2 degrees of freedom). */
const seeds = (centre: number) => [centre - Math.sqrt(3), centre, centre + Math.sqrt(3)];
/** t with Pr(|T| >= t) = alpha on 2 degrees of freedom. */
const critical = (alpha: number) => (1 - alpha) * Math.sqrt(2 / (1 - (1 - alpha) ** 2));
const rises = (to: readonly number[], margin = 0): PredictionSamples => ({
  to,
  direction: "rises",
  margin,
});

describe("judge", () => {
  it.each([
    // low, high, rises, falls, none; margin 1
    [1.1, 2, "supported", "contradicted", "contradicted"],
    [-2, -1.1, "contradicted", "supported", "contradicted"],
    [-1, 1, "contradicted", "contradicted", "supported"],
    [0.5, 1.5, "undetermined", "undetermined", "undetermined"],
    [-1.5, 0.5, "undetermined", "undetermined", "undetermined"],
    [1, 2, "undetermined", "undetermined", "undetermined"],
    [-3, 3, "undetermined", "undetermined", "undetermined"],
  ] as const)("%f to %f", (low, high, rising, falling, none) => {
    expect(judge({ low, high }, "rises", 1)).toBe(rising);
    expect(judge({ low, high }, "falls", 1)).toBe(falling);
    expect(judge({ low, high }, "none", 1)).toBe(none);
  });

  it("takes an effect of exactly zero to be no effect, even with a margin of zero", () => {
    expect(judge({ low: 0, high: 0 }, "none", 0)).toBe("supported");
    expect(judge({ low: 0, high: 0 }, "rises", 0)).toBe("contradicted");
  });
});

describe("holmVerdicts", () => {
  it("steps down: 0.01 passes 0.05 / 4, 0.02 fails 0.05 / 3, and 0.03 is not looked at", () => {
    const alphas = [0.03, 0.01, 0.2, 0.02];
    const judged = holmVerdicts(
      alphas.map((alpha) => rises(seeds(critical(alpha)))),
      0.05,
    );
    alphas.forEach((alpha, i) => {
      expect(judged[i]!.decisiveAlpha).toBeCloseTo(alpha, 6);
    });
    expect(judged.map(({ verdict }) => verdict)).toEqual([
      "undetermined",
      "supported",
      "undetermined",
      "undetermined",
    ]);
    expect(judged[1]!.interval.level).toBeCloseTo(1 - 0.05 / 4, 12);
    for (const i of [0, 2, 3]) expect(judged[i]!.interval.level).toBeCloseTo(1 - 0.05 / 3, 12);
    // effect - t(0.0125) * se
    expect(judged[1]!.interval.low).toBeCloseTo(critical(0.01) - critical(0.0125), 5);
  });

  it("concludes exactly where Holm's adjusted p-values are below alpha", () => {
    const p = fc.double({ min: 0.0005, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { minLength: 1, maxLength: 6 }), (alphas) => {
        const sorted = [...alphas].sort((a, b) => a - b);
        let running = 0;
        const adjusted = sorted.map((alpha, k) => {
          running = Math.max(running, (sorted.length - k) * alpha);
          return running;
        });
        fc.pre(adjusted.every((value) => Math.abs(value - 0.05) > 1e-5));
        const judged = holmVerdicts(
          alphas.map((alpha) => rises(seeds(critical(alpha)))),
          0.05,
        );
        judged.forEach(({ verdict }, i) => {
          const conclusive = adjusted[sorted.indexOf(alphas[i]!)]! < 0.05;
          expect(verdict).toBe(conclusive ? "supported" : "undetermined");
        });
      }),
    );
  });

  it("measures the decisive level to the nearer edge of the margin", () => {
    const inside = holmVerdicts(
      [{ to: seeds(0), direction: "none", margin: critical(0.04) }],
      0.05,
    );
    expect(inside[0]!.decisiveAlpha).toBeCloseTo(0.04, 6);
    expect(inside[0]!.verdict).toBe("supported");
    const against = holmVerdicts([rises(seeds(-2 - critical(0.04)), 2)], 0.05);
    expect(against[0]!.decisiveAlpha).toBeCloseTo(0.04, 6);
    expect(against[0]!.verdict).toBe("contradicted");
  });

  it("compares two arms by Welch's interval and adds Cliff's delta", () => {
    const from = [1.28, 1.3, 1.41];
    const to = [5.35, 5.49, 5.46];
    const [only] = holmVerdicts([{ from, to, direction: "rises", margin: 1 }], 0.05);
    expect(only!.interval).toEqual(welchInterval(from, to, 0.95));
    expect(only).toMatchObject({ verdict: "supported", cliffsDelta: 1, seeds: 3 });
  });

  it("is conclusive when nothing varies", () => {
    const zero = [0, 0, 0];
    const judged = holmVerdicts(
      [
        { from: zero, to: zero, direction: "none", margin: 0.1 },
        { to: [0.3, 0.3], direction: "rises", margin: 0.1 },
        { from: zero, to: zero, direction: "rises", margin: 0 },
      ],
      0.05,
    );
    expect(judged.map(({ verdict }) => verdict)).toEqual([
      "supported",
      "supported",
      "contradicted",
    ]);
    expect(judged[0]!.interval).toMatchObject({ low: 0, high: 0 });
  });

  it("gives a reason where data are lacking, and still counts the prediction", () => {
    const judged = holmVerdicts(
      [
        { to: [4], direction: "rises", margin: 1 },
        { from: [], to: [1, 2], direction: "rises", margin: 1 },
        { to: [1, Number.NaN], direction: "rises", margin: 1 },
        rises(seeds(critical(0.02))),
      ],
      0.05,
    );
    expect(judged.map(({ reason }) => reason)).toEqual([
      "only one seed in an arm; an interval needs two",
      "no seed in an arm; an interval needs two",
      "a seed gave a value that is not a finite number",
      undefined,
    ]);
    expect(judged.every(({ verdict }) => verdict === "undetermined")).toBe(true);
    expect(judged[0]!.effect).toBe(4);
    expect(judged[3]!.interval.level).toBeCloseTo(1 - 0.05 / 4, 12);
  });

  it("errs in at most alpha of families whose effects lie on the edge of the margin", () => {
    const random = new Random(keyOf(11));
    let wrong = 0;
    const families = 3000;
    for (let family = 0; family < families; family++) {
      const draw = (centre: number) => Array.from({ length: 3 }, () => centre + random.normal());
      const judged = holmVerdicts([rises(draw(1), 1), rises(draw(1), 1)], 0.05);
      if (judged.some(({ verdict }) => verdict === "supported")) wrong++;
    }
    // "supported" uses one of two tails: at most 0.025 of families, within five standard errors.
    expect(wrong / families).toBeLessThan(0.025 + 5 * Math.sqrt((0.025 * 0.975) / families));
  });

  it("refuses a negative margin", () => {
    expect(() => holmVerdicts([rises([1, 2], -1)], 0.05)).toThrow(RangeError);
  });
});
