/** Overlays against runs of study 003 made here, in its smallest profile. */
import { readFileSync } from "node:fs";
import {
  analyzeStudy,
  inThreadExecutor,
  MemoryArchive,
  parseStudy,
  planStudy,
  runStudy,
  type StudyOutcome,
} from "@mesascope/lab/studies";
import { beforeAll, describe, expect, it } from "vitest";
import { divisionOf } from "./division.ts";
import { fittedOverlays, meteredOverlays } from "./overlay.ts";

let outcome: StudyOutcome;
beforeAll(async () => {
  const source = readFileSync(
    new URL("../../../../../studies/003-toy-model-metered.yaml", import.meta.url),
    "utf8",
  );
  const study = planStudy(parseStudy(source, "003"), {
    ...{ number: "003", source, profile: "start", seeds: 2 },
    set: ["factors.budget=[32]", "factors.diversity=[1, 8, 64]"],
  });
  const archive = new MemoryArchive();
  const { signal } = new AbortController();
  await runStudy(study, { archive, executor: inThreadExecutor(archive), sink: () => {}, signal });
  const states = study.runs.map(async (run) => ({ run, state: await archive.state(run) }));
  outcome = await analyzeStudy(study, await Promise.all(states));
});

describe("meteredOverlays", () => {
  it("has each method and budget, its points by N with their seeds", () => {
    const overlays = meteredOverlays(outcome);
    expect(overlays.map(({ title }) => title)).toEqual([
      "Study 003: best of 2^P genomes, P = 32",
      "Study 003: a population under selection, P = 32",
    ]);
    expect(overlays[0]!.measured.map(({ diversity }) => diversity)).toEqual([1, 8, 64]);
    expect(overlays[0]!.measured[0]!.values).toHaveLength(2);
  });

  it("brings the model that the study itself compares with", () => {
    const [best] = meteredOverlays(outcome);
    for (const { diversity, values } of best!.measured) {
      const { xStar, xRange } = divisionOf({
        ...{ budget: best!.budget, diversity, cost: "linear", numbers: [1] },
        overlay: best!,
      });
      const predicted = outcome.rows.find(
        ({ measure, arm }) =>
          measure === "metered.predicted" &&
          arm["method"] === "best-of" &&
          arm["diversity"] === diversity,
      )!;
      expect(xRange?.low ?? xStar).toBeCloseTo(predicted.value, 9);
      // Nothing is fitted, and the best genome is near the model's.
      expect(Math.abs(values[0]!.value - xStar)).toBeLessThan(2.5);
    }
  });
});

describe("fittedOverlays", () => {
  it("is empty for outcomes that conclude nothing on the toy model", () => {
    expect(fittedOverlays(outcome, "004")).toEqual([]);
  });

  it("lays the largest budgets over the cost that was fitted", () => {
    const cell = { diversity: 64, seed: 1, model: 1, measured: 2 };
    const conclusion = {
      id: "toy-model",
      findings: {
        ceiling: 20,
        cells: [100, 200, 400, 800].map((update) => ({ ...cell, update })),
        fits: [
          {
            seed: 1,
            rate: 0.5,
            cost: [
              { bits: 0, updates: 0 },
              { bits: 4, updates: 100 },
            ],
          },
        ],
      },
    };
    const overlays = fittedOverlays({ ...outcome, conclusion } as unknown as StudyOutcome, "004");
    expect(overlays.map(({ budget }) => budget)).toEqual([100, 200, 400]);
    expect(overlays[0]).toMatchObject({
      ...{
        xMax: 4,
        ceiling: 20,
        cost: {
          table: [
            { x: 0, bits: 0 },
            { x: 4, bits: 50 },
          ],
        },
      },
      measured: [{ diversity: 64, values: [{ seed: 1, value: 2 }] }],
    });
  });
});
