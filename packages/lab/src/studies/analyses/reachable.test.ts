import { describe, expect, it } from "vitest";
import type { Row } from "../types.ts";
import { reachable } from "./reachable.ts";

const given = { measure: "p.runTime", least: 1, at: 0.5, also: ["q.alpha"] };

const row = (bits: number, diversity: number | "fresh", measure: string, value: number): Row => ({
  ...{ study: "s", run: "r", arm: { learner: "l", bits, diversity }, seed: 1, unit: "bits" },
  ...{ update: 20, samples: 0, final: true, measure, value },
});

const conclude = (rows: readonly Row[]) =>
  reachable.conclude({} as never, rows, reachable.parameters.parse(given), undefined);

describe("reachable", () => {
  const wide = [
    row(8, 16, "p.runTime", -0.5),
    row(8, 64, "p.runTime", 0.5),
    row(8, 256, "p.runTime", 1.5),
    row(8, "fresh", "p.runTime", 2),
    row(8, 64, "q.alpha", 0.3),
  ];

  it("divides by what the same learner and seed has with fresh instances", () => {
    const shares = conclude(wide).rows.filter(({ measure }) => measure === "reachable.share");
    // -0.5, 0.5, 1.5 and 2, of 2.
    expect(shares.map(({ arm, value }) => [arm["diversity"], value])).toEqual([
      [16, -0.25],
      [64, 0.25],
      [256, 0.75],
      ["fresh", 1],
    ]);
  });

  it("finds the N at which half of it is passed, without naming a number of instances", () => {
    const found = conclude(wide).rows.filter(({ measure }) => measure === "reachable.threshold");
    // From a quarter at 2^6 to three quarters at 2^8: a half at 2^7.
    expect(found).toMatchObject([{ arm: { learner: "l", bits: 8 }, value: 7, seed: 1 }]);
    expect(found[0]!.arm).not.toHaveProperty("diversity");
  });

  it("tells other measures again as they are", () => {
    const found = conclude(wide).rows.filter(({ measure }) => measure === "reachable.alpha");
    expect(found).toMatchObject([{ arm: { bits: 8, diversity: 64 }, value: 0.3, unit: "bits" }]);
  });

  it("leaves out, and names, a learner that falls short with fresh instances", () => {
    const narrow = [row(1, 64, "p.runTime", 0.4), row(1, "fresh", "p.runTime", 0.9)];
    const { rows, findings } = conclude([...wide, ...narrow]);
    expect(rows.every(({ arm }) => arm["bits"] === 8)).toBe(true);
    expect(findings).toEqual({
      short: [{ arm: { learner: "l", bits: 1 }, seed: 1, fresh: 0.9 }],
    });
  });

  it("concludes nothing of a learner that was not tried with fresh instances, or of one not at its end", () => {
    expect(conclude([row(8, 64, "p.runTime", 1)])).toEqual({ rows: [], findings: { short: [] } });
    expect(conclude(wide.map((one) => ({ ...one, final: false }))).rows).toEqual([]);
  });
});
