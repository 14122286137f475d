import { describe, expect, it } from "vitest";
import type { Row } from "../types.ts";
import { matched, valueAt } from "./matched.ts";

describe("valueAt", () => {
  // Half-way from 1 to 3 in what is matched is half-way from 10 to 20 in what is measured.
  const points = [
    { by: 1, value: 10 },
    { by: 3, value: 20 },
    { by: 2, value: 90 },
  ];

  it("lies on the line between the checkpoints around the first crossing", () => {
    expect(valueAt(points, 2)).toBe(15);
    expect(valueAt(points, 3)).toBe(20);
  });

  it("is the first checkpoint's where the level was passed before, and nothing where it never is", () => {
    expect(valueAt(points, 0.5)).toBe(10);
    expect(valueAt(points, 3.1)).toBeUndefined();
  });
});

describe("matched", () => {
  const row = (run: string, update: number, measure: string, value: number): Row => ({
    ...{ study: "s", run, arm: { learner: run }, seed: 1, unit: "bits" },
    ...{ update, samples: 0, final: update === 20, measure, value },
  });

  it("gives one row a run, at the level, and tells which runs never reached it", () => {
    const rows = [
      row("wide", 10, "p.training", 4),
      row("wide", 10, "p.runTime", 1),
      row("wide", 20, "p.training", 8),
      row("wide", 20, "p.runTime", 3),
      row("narrow", 20, "p.training", 5),
      row("narrow", 20, "p.runTime", 2),
    ];
    const given = { measure: "p.runTime", by: "p.training", at: 6 };
    const found = matched.conclude({} as never, rows, given, undefined);
    expect(found.rows).toMatchObject([
      { arm: { learner: "wide" }, measure: "matched.value", value: 2, unit: "bits", final: true },
    ]);
    expect(found.findings).toEqual({ never: ["narrow"] });
  });
});
