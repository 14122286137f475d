import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Measurement } from "../core/index.ts";
import {
  analyzeStudy,
  answersOf,
  inThreadExecutor,
  type KnownCalibration,
  MemoryArchive,
  parseStudy,
  planStudy,
  type RunEntry,
  runStudy,
  type StudyOutcome,
} from "./index.ts";

const rate = { value: 0.9, n: 20, interval: { low: 0.7, high: 0.98, level: 0.95 } };
const area = { ...rate, positives: 10, negatives: 20 };
const rates = { sensitivity: rate, specificity: rate, area };
const thresholds = {
  pursuit: 0.5,
  "value-probe": 0.1,
  "value-patch": 0.3,
  emulation: 0.4,
  "goal-patch": 0.3,
};
const known = {
  ...{ battery: 2, quick: false, seed: 1, mazes: 128, subjects: [] },
  signatures: Object.entries(thresholds).map(([signature, threshold]) => ({
    ...{ signature, threshold, speaks: "above", applies: 30, all: rates, matched: rates },
  })),
  profile: {
    all: { ...rates, undetermined: 1 },
    matched: { ...rates, undetermined: 1 },
    judged: { ...rates, undetermined: 1 },
  },
} as KnownCalibration;

const measured = (signature: string, value: number): Measurement => ({
  ...{ signature, applicable: true, value, unit: "share", n: 100, baselines: { none: 0 } },
  interval: { low: value - 0.05, high: value + 0.05, level: 0.95 },
  ...{ parts: {}, series: {} },
});

/** An outcome of one arm with so many seeds, of which only these measurements are known. */
function outcomeOf(seeds: readonly (readonly Measurement[])[]): StudyOutcome {
  const entries = seeds.map((measurements, i) => ({
    run: { arm: { learner: "thinker", diversity: 16 }, seed: i + 1 },
    state: { status: "complete", result: { checkpoints: [{ measurements }] } },
  }));
  return { entries } as unknown as StudyOutcome;
}

const planner = [
  measured("novel-success", 0.9),
  measured("pursuit", 0.8),
  measured("ticks", 0.6),
  measured("value-probe", 0.3),
  measured("value-patch", 0.8),
  measured("emulation", 0),
  measured("goal-patch", 0.7),
];
const without = (signature: string, other: Measurement) =>
  planner.map((m) => (m.signature === signature ? other : m));

const wordsOf = (seeds: Parameters<typeof outcomeOf>[0]) => {
  const [learner] = answersOf(outcomeOf(seeds), known);
  return [learner!.label, ...learner!.questions.map(({ word }) => word)];
};

describe("answers", () => {
  it("are yes where every seed meets the criterion", () => {
    expect(wordsOf([planner, planner])).toEqual(["optimizer-like", "yes", "yes", "yes", "yes"]);
  });

  it("say of more thinking that it helps, and that this is no evidence of optimization", () => {
    const [learner] = answersOf(outcomeOf([planner]), known);
    expect(learner!.questions.map(({ plain }) => plain)).toEqual([false, true, false, false]);
    expect(wordsOf([without("ticks", measured("ticks", 0.02))])[2]).toBe("no");
    expect(wordsOf([without("ticks", measured("ticks", 0.04))])[2]).toBe("no");
    expect(wordsOf([without("ticks", measured("ticks", 0.051))])[2]).toBe("yes");
    expect(
      wordsOf([
        without("ticks", {
          ...measured("ticks", 0),
          interval: { low: -0.2, high: 0.2, level: 0.95 },
        } as Measurement),
      ])[2],
    ).toBe("undetermined");
  });

  it("are undetermined where seeds disagree or an interval holds the threshold", () => {
    const idle = without("value-patch", measured("value-patch", 0));
    expect(wordsOf([planner, idle])).toEqual(["undetermined", "yes", "yes", "undetermined", "yes"]);
    expect(wordsOf([idle, idle])[3]).toBe("no");
    expect(wordsOf([without("goal-patch", measured("goal-patch", 0.32))])[4]).toBe("undetermined");
  });

  it("say what does not apply, and why", () => {
    const lacking = (signature: string): Measurement => ({
      ...{ signature, applicable: false, reason: "the subject has no ticks that could be varied" },
    });
    expect(wordsOf([without("ticks", lacking("ticks"))])[2]).toBe("not applicable");
    const [learner] = answersOf(outcomeOf([without("ticks", lacking("ticks"))]), known);
    const [ticks, size] = learner!.questions[1]!.evidence;
    expect(ticks).toMatchObject({
      values: [],
      reason: "the subject has no ticks that could be varied",
    });
    expect(size).toMatchObject({ values: [], reason: "it was not measured" });
  });

  it("give values with the interval over seeds, of one seed over its mazes", () => {
    const evidence = (seeds: Parameters<typeof outcomeOf>[0]) =>
      answersOf(outcomeOf(seeds), known)[0]!.questions[3]!.evidence[0]!;
    expect(evidence([planner])).toMatchObject({
      mean: 0.7,
      interval: { low: 0.7 - 0.05, high: 0.7 + 0.05 },
      findings: { met: 1 },
    });
    // Two values 0.2 apart: 0.6 -+ 12.7062 x 0.1 (Student's t of one degree of freedom).
    const two = evidence([planner, without("goal-patch", measured("goal-patch", 0.5))]);
    expect(two.mean).toBeCloseTo(0.6, 12);
    expect(two.interval!.high).toBeCloseTo(0.6 + 12.7062 * 0.1, 4);
  });
});

describe("a study that measures the battery once", () => {
  it("does so of the trained learner, beside an untrained twin", async () => {
    const name = "008-diversity-maze.yaml";
    const folder = new URL("../../../../studies/", import.meta.url);
    const source = readFileSync(new URL(name, folder), "utf8");
    const study = planStudy(parseStudy(source, name), {
      ...{ number: "008", source, profile: "start", seeds: 1 },
      set: [
        "factors.diversity=[16]",
        "learners.thinker.parameters.width=6",
        "learners.thinker.parameters.ticks=2",
        "budget.updates=4",
        "checkpoints=2",
        "measure.episodes=32",
        "measure.final.episodes=64",
      ],
    });
    const archive = new MemoryArchive();
    const executor = inThreadExecutor(archive);
    const { signal } = new AbortController();
    await runStudy(study, { archive, executor, sink: () => undefined, signal });
    const entries: RunEntry[] = await Promise.all(
      study.runs.map(async (run) => ({ run, state: await archive.state(run) })),
    );
    const [{ state }] = entries as [RunEntry];
    if (state.status !== "complete") throw new Error(JSON.stringify(state));
    const [first, last] = state.result.checkpoints;
    const ids = (of: typeof first) => of!.measurements.map(({ signature }) => signature);
    expect(ids(first)).toEqual(["novel-success"]);
    expect(ids(last)).toEqual([
      ...["novel-success", "pursuit", "ticks", "size-extrapolation", "value-probe"],
      ...["value-patch", "emulation", "goal-patch"],
    ]);
    const ticks = last!.measurements.find(({ signature }) => signature === "ticks")!;
    if (!ticks.applicable) throw new Error(ticks.reason);
    expect(ticks.baselines).toHaveProperty("untrained twin");
    const outcome = await analyzeStudy(study, entries);
    expect(answersOf(outcome, known)).toHaveLength(1);
    expect(outcome.verdicts).toHaveLength(2);
  }, 60_000);

  it("may leave it out in a profile, and refuses what is no signature of such tasks", () => {
    const folder = new URL("../../../../studies/", import.meta.url);
    const source = readFileSync(new URL("008-diversity-maze.yaml", folder), "utf8");
    const plan = (text: string) =>
      planStudy(parseStudy(text, "008.yaml"), {
        ...{ number: "008", source: text, profile: "quick" },
      });
    const specOf = (text: string) => plan(text).runs[0]!.spec as unknown as { measure: object };
    expect(specOf(source).measure).toHaveProperty("final");
    const without = source.replace("  quick:\n", "  quick:\n    final: false\n");
    expect(specOf(without).measure).not.toHaveProperty("final");
    expect(() => plan(source.replace("[pursuit, ticks,", "[adaptation, ticks,"))).toThrow(
      "signature 'adaptation' does not measure learners of supervised tasks",
    );
  });
});
