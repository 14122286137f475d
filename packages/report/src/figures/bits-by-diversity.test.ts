import { mean } from "@mesascope/lab/stats";
import { describe, expect, test } from "vitest";
import { bitsByDiversity, decompositions, lightPalette, stack, stackedArms } from "./index.ts";
import { testDocument } from "./testing/document.ts";
import { synthetic } from "./testing/synthetic.ts";

const outcome = synthetic();

/** Heights of the bars in pixels, panel after panel, run-time and tuned in turn. */
function barHeights(): { runTime: number[]; tuned: number[] } {
  const { svg } = bitsByDiversity(outcome, { document: testDocument(), palette: lightPalette });
  const rects = [...svg.querySelectorAll('g[aria-label="rect"] rect')];
  const having = (colour: string) =>
    rects
      .filter(
        (rect) =>
          (rect.getAttribute("fill") ?? rect.parentElement?.getAttribute("fill")) === colour,
      )
      .map((rect) => Number(rect.getAttribute("height")));
  return { runTime: having(lightPalette.runTime), tuned: having(lightPalette.tuned) };
}

describe("bars", () => {
  test("are as high as the means of the rows, on one scale for all panels", () => {
    const heights = barHeights();
    const means = { runTime: [] as number[], tuned: [] as number[] };
    for (const way of decompositions) {
      for (const learner of ["gru", "mlp-feedback", "mlp", "table"]) {
        for (const diversity of [1, 16, 256, 1024, 4096, "fresh"]) {
          for (const part of ["runTime", "tuned"] as const) {
            const values = outcome.rows
              .filter(
                ({ final, measure, arm }) =>
                  final &&
                  measure === way[part] &&
                  arm.learner === learner &&
                  arm.diversity === diversity,
              )
              .map(({ value }) => value);
            if (values.length > 0) means[part].push(mean(values));
          }
        }
      }
    }
    expect(heights.runTime).toHaveLength(means.runTime.length);
    expect(heights.tuned).toHaveLength(means.tuned.length);
    // The table's tuned bits at N = 1 are the largest of all: they set the scale.
    const perBit = heights.tuned[0]! / Math.abs(means.tuned[0]!);
    for (const part of ["runTime", "tuned"] as const) {
      heights[part].forEach((height, index) => {
        expect(height).toBeCloseTo(Math.abs(means[part][index]!) * perBit, 1);
      });
    }
  });

  test("stack: tuned stands on run-time where both have the same sign, else each on zero", () => {
    const summary = (value: number) => ({ mean: value, values: [{ seed: 1, value }] });
    const arm = (runTime: number, tuned: number) =>
      stack({ diversity: 1, runTime: summary(runTime), tuned: summary(tuned) });
    expect(arm(3, 4).tuned).toMatchObject({ from: 3, to: 7 });
    expect(arm(-1, 4)).toMatchObject({ runTime: { from: 0, to: -1 }, tuned: { from: 0, to: 4 } });
    expect(arm(-1, -2).tuned).toMatchObject({ from: -1, to: -3 });
  });

  test("both decompositions of the training bits add up to the same total", () => {
    const [subtraction, ablation] = decompositions.map((way) => stackedArms(outcome, "gru", way));
    subtraction!.forEach((arm, index) => {
      const other = ablation![index]!;
      const total = (one: typeof arm) => one.runTime!.mean + one.tuned!.mean;
      expect(total(arm)).toBeCloseTo(total(other), 10);
    });
  });
});

describe("the threshold", () => {
  const lines = (thresholds = outcome.thresholds) =>
    bitsByDiversity({ ...outcome, thresholds }, { document: testDocument() }).svg.querySelectorAll(
      '[aria-label="rule"] line[x1], g[aria-label="rule"][stroke-dasharray="4 3"] line',
    ).length;

  test("is drawn where the curve crosses, and only there", () => {
    const censored = outcome.thresholds.map(({ diversity: _, interval: __, ...rest }) => ({
      ...rest,
      censored: "above" as const,
    }));
    expect(lines()).toBeGreaterThan(lines(censored));
  });
});
