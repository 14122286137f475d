/** The toy model's figures at a cost of x^2 with N = 4 and P = 16: x* = N / 2 = 2, tuned (16 - 4) / 4 = 3. */
import { describe, expect, test } from "vitest";
import type { Figure, FigureOptions } from "./compose.ts";
import { costFigure, type Division, frontierFigure, totalFigure } from "./division.ts";
import { testDocument } from "./testing/document.ts";
import { lightPalette } from "./theme.ts";

const division: Division = {
  ...{ budget: 16, diversity: 4, xStar: 2, tunedBits: 3, regime: "interior", threshold: 2 },
  cost: Array.from({ length: 61 }, (_, i) => ({ x: i / 10, bits: (i / 10) ** 2 })),
  frontier: Array.from({ length: 9 }, (_, i) => ({
    diversity: 2 ** i,
    x: Math.min(4, 2 ** (i - 1)),
  })),
};

const options = (): FigureOptions => ({
  document: testDocument(),
  palette: lightPalette,
  width: 360,
});
const figures: readonly [string, (division: Division, options: FigureOptions) => Figure][] = [
  ["cost", costFigure],
  ["total", totalFigure],
  ["frontier", frontierFigure],
];

describe.each(figures)("the figure of %s", (_, draw) => {
  test.each([
    ["interior", {}],
    ["all tuning", { regime: "all tuning", xStar: 0, tunedBits: 4 }],
    ["capped", { regime: "capped by budget", xStar: 4, tunedBits: 0 }],
    ["saturated", { regime: "saturated", ceiling: 3 }],
    ["endless", { threshold: Number.POSITIVE_INFINITY }],
  ])("has finite coordinates and words, %s", (_regime, more) => {
    const { svg, description } = draw({ ...division, ...more }, options());
    expect(svg.outerHTML).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg.querySelector("desc")?.textContent).toBe(description);
    expect(description.length).toBeGreaterThan(60);
  });
});

describe("what they say", () => {
  test("where the next bit costs N, what an instance gets, and from which N on search pays", () => {
    expect(costFigure(division, options()).title).toBe(
      "At x* = 2.0 the next run-time bit costs just N = 4 bits",
    );
    expect(totalFigure(division, options()).title).toBe(
      "2.0 bits at run time and 3.0 bits tuned: 5.0 bits an instance",
    );
    expect(frontierFigure(division, options()).title).toBe(
      "Below N = 2 nothing is spent at run time; with N = 4, 2.0 bits",
    );
  });

  test("measured points are drawn beside the model, each seed a dot", () => {
    const measured = [{ diversity: 4, values: [1, 2, 3].map((value) => ({ seed: value, value })) }];
    const { svg, caption } = frontierFigure({ ...division, measured }, options());
    expect(caption).toContain("Blue: measured");
    expect(svg.querySelectorAll("circle").length).toBeGreaterThanOrEqual(5);
  });
});
