import { describe, expect, it } from "vitest";
import type { Row } from "../types.ts";
import { transitionOf } from "./transition.ts";

const options = { measure: "predictor-distance.alpha", at: 0.5, direction: "falls" } as const;
const levels = [2, 8, 32, 128, 512];

/** alpha of a learner whose transition lies at log2 N = `middle`, for one seed and budget. */
const alpha = (log2N: number, middle: number) => 1 / (1 + Math.exp(2 * (log2N - middle)));

function rowsAt(learner: string, update: number, middle: number, final: boolean): Row[] {
  return [1, 2, 3].flatMap((seed) =>
    levels.flatMap((diversity) => {
      const value = alpha(Math.log2(diversity), middle + 0.2 * (seed - 2));
      const base = {
        study: "s",
        run: `${learner}-${diversity}-${seed}`,
        arm: { learner, diversity },
        seed,
        update,
        samples: update * 10,
        final,
        unit: "",
      };
      return [
        { ...base, measure: "predictor-distance.alpha", value },
        { ...base, measure: "predictor-distance.toMemorizer", value: 4 * (1 - value) ** 2 },
        { ...base, measure: "predictor-distance.toGeneralizer", value: 4 * value ** 2 },
        { ...base, measure: "predictor-distance.toChance", value: 3.9 },
      ];
    }),
  );
}

describe("transition", () => {
  const rows = [
    ...rowsAt("transformer", 100, 3, false),
    ...rowsAt("transformer", 200, 5.5, true),
    ...rowsAt("decayed", 200, 4, true),
  ];
  const { rows: added, findings } = transitionOf("s", rows, options);

  it("finds a planted threshold at every budget, and one for every seed", () => {
    expect(findings.thresholds.map(({ learner, update }) => [learner, update])).toEqual([
      ["transformer", 100],
      ["transformer", 200],
      ["decayed", 200],
    ]);
    for (const [i, middle] of [3, 5.5, 4].entries()) {
      const { diversity, interval, censored } = findings.thresholds[i]!;
      expect(censored).toBe("none");
      expect(Math.log2(diversity!)).toBeCloseTo(middle, 1);
      expect(interval!.low).toBeLessThan(2 ** middle);
      expect(interval!.high).toBeGreaterThan(2 ** middle);
    }
    const last = added.filter(({ final, arm }) => final && arm["learner"] === "decayed");
    expect(last.map(({ measure, seed }) => [measure, seed])).toEqual(
      [1, 2, 3].map((seed) => ["transition.threshold", seed]),
    );
    last.forEach(({ value, seed }) => {
      expect(value).toBeCloseTo(4 + 0.2 * (seed - 2), 1);
    });
  });

  it("names the nearest predictor along the path, and how many seeds agree", () => {
    const at = (update: number, diversity: number) =>
      findings.path.find(
        (point) =>
          point.learner === "transformer" &&
          point.update === update &&
          point.diversity === diversity,
      )!;
    expect(at(100, 2).nearest).toBe("memorizer");
    expect(at(100, 512)).toMatchObject({ nearest: "generalizer", agreed: 1 });
    expect(at(100, 32).nearest).toBe("generalizer");
    expect(at(200, 32).nearest).toBe("memorizer");
  });

  it("finds the same threshold of a measure that rises, where no predictor is known", () => {
    const solved = rows
      .filter(({ measure }) => measure === options.measure)
      .map((row) => ({ ...row, measure: "novel-success.value", value: 1 - row.value }));
    const given = { measure: "novel-success.value", at: 0.5, direction: "rises" } as const;
    const found = transitionOf("s", solved, given);
    expect(found.findings.path).toEqual([]);
    expect(found.rows).toHaveLength(added.length);
    found.rows.forEach(({ value }, i) => {
      expect(value).toBeCloseTo(added[i]!.value, 2);
    });
    // Read as one that falls, it never does.
    const wrong = transitionOf("s", solved, { ...given, direction: "falls" });
    expect(wrong.findings.thresholds.every(({ censored }) => censored !== "none")).toBe(true);
  });

  it("says so where nothing is crossed, and counts a seed at the end of the range", () => {
    const { findings: found, rows: placed } = transitionOf(
      "s",
      rowsAt("memory", 50, 40, true),
      options,
    );
    expect(found.thresholds[0]).toMatchObject({ censored: "above", censoredShare: 1 });
    expect(found.thresholds[0]!.diversity).toBeUndefined();
    expect(placed.map(({ value }) => value)).toEqual([9, 9, 9]);
  });

  it("leaves fresh out of thresholds and keeps it on the path, with no memorizer", () => {
    const fresh = rowsAt("transformer", 200, 3, true)
      .filter(({ arm, measure }) => arm["diversity"] === 512 && !/alpha|Memorizer/.test(measure))
      .map((row) => ({ ...row, arm: { ...row.arm, diversity: "fresh" } }));
    const { findings: found } = transitionOf("s", fresh, options);
    expect(found.thresholds).toEqual([]);
    expect(found.path).toHaveLength(1);
    expect(found.path[0]).toMatchObject({ diversity: "fresh", nearest: "generalizer" });
    expect(Object.keys(found.path[0]!.distances)).toEqual(["chance", "generalizer"]);
  });
});
