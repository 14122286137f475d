/** Figures that a study declares; the outcomes are SYNTHETIC, so every drawn number is known. */
import type { Arm, ExperimentOutcome, FigureSpec, VerdictWord } from "@mesascope/lab/studies";
import { describe, expect, test } from "vitest";
import { declaredFigure, lightPalette } from "./index.ts";
import { testDocument } from "./testing/document.ts";

const spec: FigureSpec = {
  id: "bits-by-episode",
  measures: ["memory.bits"],
  predicted: [],
  across: "episode",
  lines: "carry",
  fixed: {},
  scale: "linear",
  labels: { across: "episode on the same instance", values: "bits per episode" },
  names: { kept: "carry kept" },
  references: [{ at: 0, label: "chance" }],
  title: {
    supported: "A kept carry finds more in the second episode",
    contradicted: "A kept carry finds no more in the second episode",
    undetermined: "Bits by episode, with the carry kept and reset",
  },
};

interface Made {
  readonly arm: Arm;
  readonly seed: number;
  readonly values: Readonly<Record<string, number | readonly number[]>>;
}

function outcomeOf(runs: readonly Made[], verdict?: VerdictWord): ExperimentOutcome {
  return {
    kind: "experiment",
    study: {
      kind: "experiment",
      seeds: 2,
      file: { experiment: { id: "memory" }, predictions: [{ id: "main" }], figures: [spec] },
      runs: runs.map(({ arm, seed }) => ({ arm, seed })),
    },
    entries: [],
    rows: runs.flatMap(({ arm, seed, values }) =>
      Object.entries(values).flatMap(([measure, value]) =>
        typeof value === "number"
          ? [{ arm, seed, measure, value, final: true }]
          : value.map((one, i) => ({ arm, seed, measure, value: one, step: i + 1, final: true })),
      ),
    ),
    verdicts: verdict ? [{ prediction: "main", verdict }] : [],
    thresholds: [],
  } as unknown as ExperimentOutcome;
}

const grid = [
  ["kept", 1, 5],
  ["kept", 2, 8],
  ["reset", 1, 5],
  ["reset", 2, 5.5],
].flatMap(([carry, episode, bits]) =>
  [1, 2].map((seed) => ({
    arm: { carry: carry!, episode: episode! },
    seed,
    values: { "memory.bits": Number(bits) + (seed - 1.5) / 5 },
  })),
);

const options = { document: testDocument(), palette: lightPalette };
const draw = (outcome: ExperimentOutcome, changes: Partial<FigureSpec> = {}) =>
  declaredFigure(outcome, { ...spec, ...changes }, options);

/** Most points that any line of means runs through. */
const longestLine = (svg: SVGSVGElement) =>
  Math.max(
    ...[...svg.querySelectorAll('[aria-label="line"] path')].map(
      (path) => path.getAttribute("d")!.replace("Z", "").split("L").length,
    ),
  );

describe("a declared figure", () => {
  test("is titled by the verdict of its prediction", () => {
    for (const word of ["supported", "contradicted", "undetermined"] as const)
      expect(draw(outcomeOf(grid, word)).title).toBe(spec.title[word]);
    expect(draw(outcomeOf(grid)).title).toBe(spec.title.undetermined);
  });

  test("draws a line a level with its name, every seed, and the reference", () => {
    const { svg, description } = draw(outcomeOf(grid, "supported"));
    const text = svg.outerHTML;
    for (const words of ["carry kept", "reset", "chance", "bits per episode"])
      expect(text).toContain(words);
    expect(description).toContain("carry kept: 1: 5.00");
    expect(description).toContain("2: 8.00");
    expect(description).toContain("reset: 1: 5.00");
  });

  test("sets names side by side, without a line between them", () => {
    const { svg, description } = draw(outcomeOf(grid), { across: "carry", lines: "episode" });
    expect(description).toContain("1: carry kept: 5.00");
    expect(description).toContain("2: carry kept: 8.00");
    expect(description).toContain("reset: 5.50");
    const joined = draw(outcomeOf(grid)).svg;
    expect(longestLine(joined)).toBe(2);
    expect(longestLine(svg)).toBe(1);
  });

  test("sets several measures of a name side by side, too", () => {
    const runs = ["kept", "reset"].flatMap((carry) =>
      [1, 2].map((seed) => ({ arm: { carry }, seed, values: { "a.bits": 1, "b.bits": 1 } })),
    );
    const { svg } = draw(outcomeOf(runs), {
      ...{ measures: ["a.bits", "b.bits"], across: "carry", lines: undefined },
    });
    const places = [...svg.querySelectorAll('[aria-label="dot"] circle')].map((dot) =>
      dot.getAttribute("cx"),
    );
    expect(new Set(places).size).toBe(4);
  });

  test("draws several measures as lines, predictions hollow", () => {
    const runs = [1, 2, 4].flatMap((n) =>
      [1, 2].map((seed) => ({
        arm: { diversity: n },
        seed,
        values: { "share.plastic": n / 5, "share.fixed": 1 - n / 5, "share.model": n / 4 },
      })),
    );
    const { svg, description, caption } = draw(outcomeOf(runs), {
      measures: ["share.plastic", "share.fixed"],
      predicted: ["share.model"],
      across: "diversity",
      lines: undefined,
      names: { "share.plastic": "plastic", "share.fixed": "fixed" },
      range: [0, 1],
    });
    expect(caption).toContain("predicted");
    expect(description).toContain("plastic: 1: 0.20");
    expect(description).toContain("predicted: 1: 0.25");
    expect(svg.outerHTML).toContain("distinct training instances N");
  });

  test("draws series along steps", () => {
    const runs = [1, 2].map((seed) => ({
      arm: { carry: "kept" },
      seed,
      values: { "memory.bits": [0, 1, 2 + seed] },
    }));
    const { description } = draw(outcomeOf(runs), { across: "step", lines: undefined });
    expect(description).toContain("1: 0.00");
    expect(description).toContain("3: 3.50");
  });

  test("draws series between two places", () => {
    const runs = [1, 2].map((seed) => ({
      ...{ arm: { carry: "kept" }, seed },
      values: { "memory.bits": [0, 1, 4, 2, 2 + seed] },
    }));
    const places = [0, 1] as [number, number];
    const { svg, description } = draw(outcomeOf(runs), {
      across: "step",
      lines: undefined,
      places,
    });
    expect(description).toContain("0: 0.00");
    expect(description).toContain("0.25: 1.00");
    expect(description).toContain("1: 3.50");
    expect(svg.outerHTML).toContain(">0.75<");
  });

  test("says so where there is no result", () => {
    const empty = outcomeOf(grid.map((run) => ({ ...run, values: {} })));
    expect(draw(empty).svg.outerHTML).toContain("no result");
  });
});
