import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  analyzeStudy,
  inThreadExecutor,
  MemoryArchive,
  parseStudy,
  planStudy,
  runStudy,
  type TransitionFindings,
} from "./index.ts";

const folder = new URL("../../../../studies/", import.meta.url);

describe.each([
  ["006-diversity-regression.yaml", "task.parameters.examples=4", "negated"],
  ["007-diversity-urns.yaml", "task.parameters.draws=6", "log probability"],
])("a tiny run of %s", (name, smaller, unit) => {
  it("trains, measures and concludes, fresh instances and a missing arm included", async () => {
    const source = readFileSync(new URL(name, folder), "utf8");
    const study = planStudy(parseStudy(source, name), {
      number: name.slice(0, 3),
      source,
      profile: "start",
      seeds: 2,
      set: [
        smaller,
        "factors.diversity=[2,16,fresh]",
        "learners.gru.parameters.width=8",
        "learners.gru.algorithmParameters.batch=16",
        "budget.updates=12",
        "checkpoints=2",
        "measure.episodes=32",
      ],
    });
    const archive = new MemoryArchive();
    const executor = inThreadExecutor(archive);
    const { signal } = new AbortController();
    const summary = await runStudy(study, { archive, executor, sink: () => undefined, signal });
    expect(summary).toMatchObject({ complete: 6, failed: 0 });
    const entries = await Promise.all(
      study.runs.map(async (run) => ({ run, state: await archive.state(run) })),
    );
    const outcome = await analyzeStudy(study, entries);
    if (outcome.kind !== "supervised") throw new Error("the study is not supervised");
    expect(outcome.reference.unit).toContain(unit);
    const score = (id: string) => outcome.reference.predictors.find((p) => p.id === id)!.score;
    expect(score(outcome.reference.best)).toBeGreaterThan(score(outcome.reference.chance));
    const findings = outcome.conclusion!.findings as unknown as TransitionFindings;
    expect(findings.thresholds.map(({ learner, update }) => [learner, update])).toEqual([
      ["gru", 6],
      ["gru", 12],
    ]);
    expect(findings.path).toHaveLength(3 * 2);
    const thresholds = outcome.rows.filter(({ measure }) => measure === "transition.threshold");
    expect(thresholds).toHaveLength(2 * 2);
    const fresh = outcome.rows.filter(({ arm }) => arm["diversity"] === "fresh");
    expect(fresh.some(({ measure }) => measure === "predictor-distance.toGeneralizer")).toBe(true);
    expect(fresh.some(({ measure }) => measure === "predictor-distance.alpha")).toBe(false);
    expect(outcome.rows.every(({ value }) => Number.isFinite(value))).toBe(true);
    expect(outcome.verdicts.map(({ prediction }) => prediction)).toContain("weight-decay");
  }, 60_000);
});
