import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Measurement } from "../../core/index.ts";
import { forecastName } from "../forecast.ts";
import {
  analyzeStudy,
  type Executor,
  MemoryArchive,
  type PlannedRun,
  parseStudy,
  planStudy,
  type RunResult,
  runStudy,
  type ToyModelFindings,
  type TrainingSpec,
} from "../index.ts";
import { fitSeed } from "./toy-model-fit.ts";

const name = "004-toy-model-keyed-bandit.yaml";
const source = readFileSync(new URL(`../../../../../studies/${name}`, import.meta.url), "utf8");
const study = planStudy(parseStudy(source, name), {
  number: "004",
  source,
  profile: "start",
  set: ["factors.diversity=[16,256,4096,fresh]", "budget.updates=800", "checkpoints=5"],
});

/** A world in which the model holds exactly: f(x) = 100 x updates, and r = 2 bits an update. */
const rate = 2;
const runTimeAt = (update: number) => update / 100;

describe("fitting", () => {
  const updates = [100, 200, 400, 800];
  const fitted = fitSeed({
    seed: 1,
    ceiling: 20,
    anchors: [
      { diversity: 1, points: updates.map((update) => ({ update, value: 0, instances: 1 })) },
      {
        diversity: "fresh",
        points: updates.map((update) => ({
          ...{ update, value: runTimeAt(update), instances: 64 * update },
        })),
      },
    ],
    tuned: updates.map((update) => ({ update, diversity: 256, value: (rate * update) / 256 })),
    diversities: [16, 256, 4096],
  })!;

  it("reads the exchange rate from unsaturated points and the cost from rising ones", () => {
    expect(fitted.rate).toBeCloseTo(rate, 12);
    expect(fitted.cost.map(({ bits, updates: at }) => [bits, at])).toEqual([
      [0, 0],
      [1, 100],
      [2, 200],
      [4, 400],
      [8, 800],
    ]);
    // f(4) / f(7.2).
    expect(fitted.shape).toBeCloseTo(400 / 720, 12);
  });

  it("predicts by the closed form of a linear cost: nothing below N = r f(x) / x, everything affordable above", () => {
    const at = (update: number, diversity: number) =>
      fitted.cells.find((cell) => cell.update === update && cell.diversity === diversity)!;
    // A bit costs 100 updates, that is 200 tuned bits: it pays from N = 200 on.
    expect(at(400, 16).model).toBeCloseTo(0, 9);
    expect(at(400, 4096).model).toBeCloseTo(4, 6);
    expect(at(400, 256).model).toBeCloseTo(4, 6);
    expect(at(800, 4096).model).toBeCloseTo(8, 6);
    // r U / N = 100 bits would be tuned at N = 16: the ceiling is met however many x are as good.
    expect(at(800, 16)).toMatchObject({ model: 0, regime: "saturated" });
  });

  it("interpolates in log2 N between the anchors of the same budget", () => {
    const cell = fitted.cells.find((c) => c.update === 400 && c.diversity === 256)!;
    // From 0 at N = 1 to 4 at the 25,600 instances met by then.
    expect(cell.interpolation).toBeCloseTo((4 * 8) / Math.log2(25_600), 12);
    expect(cell.constant).toBe(2);
  });

  it("says nothing where nothing rose or everything is saturated", () => {
    const anchors = [
      { diversity: 1, points: [{ update: 1, value: 0, instances: 1 }] },
      { diversity: "fresh" as const, points: [{ update: 1, value: 0, instances: 9 }] },
    ];
    const input = { seed: 1, ceiling: 20, anchors, diversities: [4] };
    expect(fitSeed({ ...input, tuned: [{ update: 1, diversity: 4, value: 5 }] })).toBeUndefined();
    const rising = [
      anchors[0]!,
      { ...anchors[1]!, points: [{ update: 1, value: 3, instances: 9 }] },
    ];
    const saturated = [{ update: 1, diversity: 4, value: 19 }];
    expect(fitSeed({ ...input, anchors: rising, tuned: saturated })).toBeUndefined();
  });
});

/** What a run of that world measures. */
function resultOf(run: PlannedRun<TrainingSpec>): RunResult {
  const { spec, arm } = run;
  const tuned = (update: number) =>
    spec.diversity === "fresh" ? 0 : Math.min(20.6, (rate * update) / spec.diversity);
  const worth = (update: number) => {
    if (arm["learner"] === "mlp" || spec.diversity === 16) return 0;
    return spec.diversity === 256 || spec.diversity === 4096 || spec.diversity === "fresh"
      ? runTimeAt(update)
      : 0;
  };
  const bits = (value: number) => ({ value, unit: "bits" });
  const measured = (update: number): Measurement => ({
    signature: "optimization-power",
    applicable: true,
    ...bits(worth(update)),
    interval: { low: 0, high: 0, level: 0.95 },
    n: 1,
    baselines: {},
    parts: { runTime: bits(worth(update)), training: bits(tuned(update)) },
    series: {},
  });
  const spentAt = (update: number) => ({
    ...{ updates: update, samples: update * 64 * 8, flops: 0, candidates: 0 },
  });
  return {
    ...run,
    spent: spentAt(spec.budget.updates),
    checkpoints: spec.checkpoints.map((update) => ({
      ...{ spent: spentAt(update), measurements: [measured(update)], metrics: {} },
    })),
    size: 1,
    engine: { name: "formula", version: "1", threads: 1 },
    versions: {},
    seconds: 0,
    when: "2026-01-01T00:00:00.000Z",
  };
}

describe("forecast and test", () => {
  it("is kept before any run that tests it starts, and is exact where the model holds", async () => {
    const archive = new MemoryArchive();
    const held: (string | number)[] = [];
    const executor: Executor = {
      jobs: 2,
      async execute(run) {
        await archive.open(run).complete(resultOf(run as PlannedRun<TrainingSpec>), {}, undefined);
        return { status: "complete" };
      },
      close: () => Promise.resolve(),
    };
    const kept: boolean[] = [];
    const { keepForecast } = archive;
    archive.keepForecast = (...given) => {
      kept.push(true);
      return keepForecast.apply(archive, given);
    };
    await runStudy(study, {
      archive,
      executor,
      signal: new AbortController().signal,
      sink(event) {
        if (event.type !== "started") return;
        const { learner, diversity } = event.run.arm;
        if (learner !== "gru" || diversity === 16 || diversity === "fresh") return;
        held.push(diversity!);
        expect(kept).toHaveLength(1);
      },
    });
    expect(new Set(held)).toEqual(new Set([256, 4096]));
    const entries = await Promise.all(
      study.runs.map(async (run) => ({ run, state: await archive.state(run) })),
    );
    const forecast = await archive.forecast(study.file.id, forecastName(study)!);
    // What it rests on: both learners but for the held-out diversities of the one that is predicted.
    expect(forecast!.from).toHaveLength(3 * (4 + 2));
    const outcome = await analyzeStudy(study, entries, forecast);
    const verdict = (id: string) => outcome.verdicts.find(({ prediction }) => prediction === id)!;
    const error = outcome.rows.filter(({ measure }) => measure === "toy-model.error");
    expect(error.map(({ value }) => value)).toEqual([1, 2, 3].map(() => expect.closeTo(0, 6)));
    expect(verdict("beats-interpolation").verdict).toBe("supported");
    expect(verdict("never-falls")).toMatchObject({ verdict: "supported", effect: 0 });
    const findings = outcome.conclusion!.findings as unknown as ToyModelFindings;
    expect(findings.cells).toHaveLength(3 * 5 * 2);
  });

  it("has no conclusion to show where there is no forecast", async () => {
    const outcome = await analyzeStudy(study, []);
    expect(outcome.conclusion).toMatchObject({ id: "toy-model", findings: { cells: [] } });
    expect(outcome.verdicts.every(({ verdict }) => verdict === "undetermined")).toBe(true);
  });
});
