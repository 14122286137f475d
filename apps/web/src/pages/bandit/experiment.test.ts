/** The live runs against the study that they are runs of. */
import { readFileSync } from "node:fs";
import { executeRun, MemoryArchive, parseStudy, planStudy } from "@mesascope/lab/studies";
import { describe, expect, it } from "vitest";
import { type Choice, diversities } from "./choices.ts";
import { banditOutcome, banditRun, rewardPoint } from "./experiment.ts";

const source = readFileSync(
  new URL("../../../../../studies/001-diversity-keyed-bandit.yaml", import.meta.url),
  "utf8",
);

describe("banditRun", () => {
  it("is a run of the study's smallest profile, but for the points at which it is measured", () => {
    const study = planStudy(parseStudy(source, "001"), { number: "001", source, profile: "start" });
    for (const diversity of [16, 256, 16384] as const)
      for (const seed of [1, 3]) {
        const run = banditRun(source, { diversity, updates: 1000, seed });
        const own = study.runs.find(
          ({ arm, seed: s }) =>
            arm["learner"] === "gru" && arm["diversity"] === diversity && s === seed,
        )!;
        expect(run.id).toBe(own.id);
        expect({ ...run.spec, checkpoints: 0 }).toEqual({ ...own.spec, checkpoints: 0 });
        expect(run.spec.checkpoints).toHaveLength(20);
        expect(run.spec.checkpoints.at(-1)).toBe(1000);
      }
  });

  it.each(diversities)("can be planned for N = %s", (diversity) => {
    expect(banditRun(source, { diversity, updates: 500, seed: 2 }).spec.diversity).toBe(diversity);
  });
});

describe("banditOutcome", () => {
  it("puts finished runs together, each in its arm with its seed", async () => {
    const choices: Choice[] = [
      { diversity: 16, updates: 20, seed: 1 },
      { diversity: "fresh", updates: 20, seed: 1 },
    ];
    const finished = [];
    const points: number[] = [];
    for (const choice of choices) {
      const run = banditRun(source, choice);
      const archive = new MemoryArchive();
      await executeRun(run, archive.open(run), {
        ...{ signal: new AbortController().signal, report: () => {}, versions: {} },
        checkpoint: (record) => points.push(rewardPoint(record).update),
      });
      const state = await archive.state(run);
      if (state.status === "complete") finished.push({ choice, result: state.result });
    }
    const outcome = await banditOutcome(source, finished);
    expect(points).toEqual([...run20(), ...run20()]);
    const arms = outcome.rows.filter(
      ({ final, measure }) => final && measure === "novel-success.value",
    );
    expect(arms.map(({ arm }) => arm["diversity"])).toEqual([16, "fresh"]);
    expect(outcome.reference.chance).toBeCloseTo(8 / 6, 12);
    expect(outcome.reference.solver.expected).toBeCloseTo(5.5, 12);
    expect(outcome.verdicts).toEqual([]);
  });
});

const run20 = () => Array.from({ length: 20 }, (_, i) => i + 1);
