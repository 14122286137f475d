import { describe, expect, test } from "vitest";
import {
  bitsByDiversity,
  bitsByUpdates,
  calibrationFigure,
  type Figure,
  type FigureOptions,
  lightPalette,
  pagePalette,
  planStripFigure,
  rewardByDiversity,
  rewardByStep,
  strategyByDiversity,
  strategyPath,
  verdictPlot,
} from "./index.ts";
import { syntheticCalibration } from "./testing/calibration.ts";
import { testDocument } from "./testing/document.ts";
import { syntheticPlan } from "./testing/plan.ts";
import { syntheticStrategies } from "./testing/strategies.ts";
import { synthetic } from "./testing/synthetic.ts";

const outcome = synthetic();
const strategies = syntheticStrategies();

const figures: readonly [name: string, draw: (options: FigureOptions) => Figure][] = [
  ["bits-by-diversity", (options) => bitsByDiversity(outcome, options)],
  ["reward-by-step", (options) => rewardByStep(outcome, options)],
  ["bits-by-updates", (options) => bitsByUpdates(outcome, options)],
  ["reward-by-diversity", (options) => rewardByDiversity(outcome, options)],
  ["strategy-by-diversity", (options) => strategyByDiversity(strategies, options)],
  ["strategy-path", (options) => strategyPath(strategies, options)],
  ["verdicts", (options) => verdictPlot(outcome, options)],
  ["calibration", (options) => calibrationFigure(syntheticCalibration(), options)],
  ["plan-strip", (options) => planStripFigure(syntheticPlan(), options)],
];

const texts = (svg: Element) =>
  [...svg.querySelectorAll("text")].map((text) => text.textContent ?? "");

describe.each(figures)("%s", (name, draw) => {
  test("looks as it did", async () => {
    const { svg } = draw({ document: testDocument(), palette: lightPalette, titled: true });
    const lines = svg.outerHTML.replaceAll("><", ">\n<");
    await expect(`${lines}\n`).toMatchFileSnapshot(`./testing/snapshots/${name}.svg`);
  });

  test("is the same when drawn again", () => {
    const once = draw({ document: testDocument() }).svg.outerHTML;
    expect(draw({ document: testDocument() }).svg.outerHTML).toBe(once);
  });

  test("has a text alternative that its root names", () => {
    const { svg, title, description } = draw({ document: testDocument(), id: "there" });
    expect(svg.getAttribute("role")).toBe("img");
    expect(svg.getAttribute("aria-labelledby")).toBe("there-title there-description");
    expect(svg.querySelector("#there-title")?.textContent).toBe(title);
    expect(svg.querySelector("#there-description")?.textContent).toBe(description);
    expect(description.length).toBeGreaterThan(100);
  });

  test("carries title and caption only where it is asked to", () => {
    const { svg, title } = draw({ document: testDocument() });
    expect(texts(svg)).not.toContain(title);
    const titled = draw({ document: testDocument(), titled: true });
    expect(texts(titled.svg).join(" ")).toContain(titled.title);
  });

  test("takes its colours from the palette alone", () => {
    const { svg } = draw({ document: testDocument(), palette: pagePalette });
    const colours = [...svg.querySelectorAll("[fill],[stroke]")].flatMap((node) => [
      node.getAttribute("fill"),
      node.getAttribute("stroke"),
    ]);
    const known = new Set<string | null>([
      ...Object.values(pagePalette),
      "none",
      "currentColor",
      null,
    ]);
    expect(colours.filter((colour) => !known.has(colour))).toEqual([]);
  });

  test("holds no number that is not one, and no coordinate finer than a hundredth of a pixel", () => {
    const text = draw({ document: testDocument() }).svg.outerHTML;
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    expect(text).not.toMatch(/(?:d|transform|c?[xy][12]?|width|height)="[^"]*\.\d{3}/);
  });

  test("is as narrow as it is asked to be", () => {
    const { svg } = draw({ document: testDocument(), width: 340 });
    expect(svg.getAttribute("viewBox")).toMatch(/^0 0 340 /);
  });
});

describe("what is missing", () => {
  test("is said in the caption and marked in the figure", () => {
    const { svg, caption } = bitsByDiversity(outcome, { document: testDocument() });
    expect(caption).toContain("MLP with feedback at N = 1,024 (0 of 3 runs, 3 failed).");
    expect(caption).toContain("GRU at N = 16 (2 of 3 runs, 1 failed)");
    const most = synthetic(
      {},
      ({ arm, seed }) => arm.learner === "mlp" || (arm.learner === "gru" && seed === 1),
    );
    expect(bitsByDiversity(most, { document: testDocument() }).caption).toContain(
      "Missing: GRU throughout (2 of 3 runs, 1 failed each); MLP, key only throughout (0 of 3 runs, 3 failed each).",
    );
    // Once for each decomposition: the arm without any run.
    expect(texts(svg).filter((text) => text === "×")).toHaveLength(2);
  });

  test("leaves an empty panel, not none, where a learner has no run", () => {
    const none = synthetic({}, ({ arm }) => arm.learner === "mlp");
    const { svg } = bitsByDiversity(none, { document: testDocument() });
    expect(texts(svg).filter((text) => text === "MLP, key only")).toHaveLength(2);
    expect(texts(svg).filter((text) => text === "no result")).toHaveLength(2);
  });

  test("does not stop a figure from being drawn when nothing has run", () => {
    const nothing = synthetic({}, () => true);
    for (const draw of [
      bitsByDiversity,
      rewardByStep,
      bitsByUpdates,
      rewardByDiversity,
      verdictPlot,
    ]) {
      expect(draw(nothing, { document: testDocument() }).svg.outerHTML).not.toMatch(/NaN|Infinity/);
    }
  });

  test("one seed draws values without intervals", () => {
    const single = synthetic({ seeds: 1 }, () => false);
    for (const draw of [
      bitsByDiversity,
      rewardByStep,
      bitsByUpdates,
      rewardByDiversity,
      verdictPlot,
    ]) {
      expect(draw(single, { document: testDocument() }).svg.outerHTML).not.toMatch(/NaN|Infinity/);
    }
  });
});
