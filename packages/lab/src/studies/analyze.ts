/** From the runs of a study to its verdicts, thresholds and reference lines. */
import {
  contentHash,
  type EpisodicTask,
  keyOf,
  Random,
  type SupervisedTask,
  split,
} from "../core/index.ts";
import { rewardByStep } from "../signatures/index.ts";
import { holmVerdicts, logisticThreshold, mean } from "../stats/index.ts";
import { drawExamples, makeTask, solverSubject } from "../tasks/index.ts";
import { rateBits } from "../theory/index.ts";
import { experiments } from "./experiments/index.ts";
import { analysisOf } from "./forecast.ts";
import { rowsOf } from "./rows.ts";
import type { TrainingFile } from "./schema.ts";
import type {
  Arm,
  Forecast,
  PlannedStudy,
  Reference,
  Row,
  RunEntry,
  StudyOutcome,
  SupervisedReference,
  Threshold,
  TrainingStudy,
  Verdict,
} from "./types.ts";

/** Family-wise error rate of a study's predictions. */
const alpha = 0.05;
const resamples = 2000;
/** Episodes that the reference solver plays for its reward by step. */
const referenceEpisodes = 4096;

/**
 * Everything that is reported of a study; missing and failed runs stay visible in `entries`.
 * @param forecast what was kept before the runs that test it were started, where the study forecasts.
 */
export async function analyzeStudy(
  study: PlannedStudy,
  entries: readonly RunEntry[],
  forecast?: Forecast,
): Promise<StudyOutcome> {
  const measured = rowsOf(entries);
  const concluded = conclude(study, measured, forecast);
  const rows = concluded ? [...measured, ...concluded.rows] : measured;
  const base = {
    entries,
    rows,
    verdicts: verdictsOf(study, rows),
    ...(concluded ? { conclusion: concluded.conclusion } : {}),
  };
  if (study.kind === "experiment") return { kind: "experiment", study, thresholds: [], ...base };
  const { family, parameters } = study.file.task;
  const task = makeTask(family, parameters, { diversity: "fresh", seed: 0 });
  if (task.kind === "supervised") {
    const reference = supervisedReference(task);
    const thresholds = declaredThresholds(study).map((declared) =>
      thresholdOf(study, rows, declared, task.rules.horizon, undefined),
    );
    return { kind: "supervised", study, reference, thresholds, ...base };
  }
  const reference = await referenceOf(task);
  const thresholds = declaredThresholds(study).map((declared) =>
    thresholdOf(study, rows, declared, reference.horizon, reference),
  );
  return { kind: "episodic", study, reference, thresholds, ...base };
}

function conclude(study: PlannedStudy, rows: readonly Row[], forecast: Forecast | undefined) {
  const chosen = analysisOf(study);
  if (!chosen) return undefined;
  const { analysis, parameters } = chosen;
  const found = analysis.conclude(study, rows, parameters, forecast?.content);
  const kept = forecast && { forecast: { when: forecast.when, content: forecast.content } };
  return {
    rows: found.rows,
    conclusion: { id: analysis.id, ...kept, findings: found.findings },
  };
}

const matches = (arm: Arm, wanted: Arm): boolean =>
  Object.entries(wanted).every(([factor, level]) => arm[factor] === level);

/** Final values of a measure in an arm, by seed. */
function samplesOf(rows: readonly Row[], measure: string, arm: Arm): number[] {
  return rows
    .filter(
      (row) =>
        row.final && row.step === undefined && row.measure === measure && matches(row.arm, arm),
    )
    .sort((a, b) => a.seed - b.seed)
    .map((row) => row.value);
}

function verdictsOf(study: PlannedStudy, rows: readonly Row[]): Verdict[] {
  const exact = study.kind === "experiment" && experiments.get(study.file.experiment.id).exact;
  // A value without error is as good as two that agree: its interval is a point.
  const known = (values: number[]) =>
    exact && values.length === 1 ? [...values, ...values] : values;
  const predictions = study.file.predictions.map((prediction) => ({
    ...prediction,
    samples: {
      from: prediction.from ? samplesOf(rows, prediction.measure, prediction.from) : [],
      to: samplesOf(rows, prediction.measure, prediction.to),
    },
  }));
  const judged = holmVerdicts(
    predictions.map(({ from, samples, direction, margin }) => ({
      ...(from ? { from: known(samples.from) } : {}),
      to: known(samples.to),
      direction,
      margin,
    })),
    alpha,
  );
  return predictions.map(({ id, statement, direction, margin, measure, samples, from, to }, i) => {
    const { effect, interval, verdict, reason, cliffsDelta } = judged[i]!;
    const absent = [from, to].filter(
      (arm) => arm && !study.runs.some((run) => matches(run.arm, arm)),
    );
    const why = absent.length ? "the arm is not part of this profile" : reason;
    return {
      prediction: id,
      statement,
      direction,
      verdict,
      ...(why !== undefined ? { reason: why } : {}),
      effect,
      unit: rows.find((row) => row.measure === measure)?.unit ?? "",
      interval,
      margin,
      ...(cliffsDelta !== undefined ? { cliffsDelta } : {}),
      seeds: exact
        ? 1
        : Math.min(samples.to.length, from ? samples.from.length : samples.to.length),
      samples,
    };
  });
}

/** The thresholds that are asked for of learners in the plan: a profile may leave some out. */
const declaredThresholds = ({ file, runs }: TrainingStudy): TrainingFile["thresholds"] =>
  file.thresholds.filter(({ learner }) => runs.some(({ arm }) => arm["learner"] === learner));

function thresholdOf(
  study: TrainingStudy,
  rows: readonly Row[],
  declared: TrainingFile["thresholds"][number],
  horizon: number,
  reference: Reference | undefined,
): Threshold {
  const { measure, learner } = declared;
  const share = declared.level;
  const level = share !== undefined && reference ? share * reference.bits.solver : declared.at!;
  const meaning =
    share !== undefined && reference
      ? `${Math.round(share * 100)}% of the bits of the best policy on a new instance (${reference.solver.title})`
      : (declared.meaning ?? "the level that the study states");
  const points = rows
    .filter((row) => row.final && row.measure === measure && row.arm["learner"] === learner)
    .map((row) => {
      const diversity = row.arm["diversity"];
      const instances = typeof diversity === "number" ? diversity : row.samples / horizon;
      return { log2N: Math.log2(instances), value: row.value, seed: row.seed };
    });
  const key = split(keyOf(0), "threshold", contentHash([study.file.id, measure, learner]));
  const found = logisticThreshold(points, level, {
    level: 0.95,
    random: new Random(key),
    resamples,
  });
  const power = (log2: number) => 2 ** log2;
  return {
    measure,
    learner,
    level,
    meaning,
    censored: found.censored,
    censoredShare: found.censoredShare,
    points,
    ...(found.log2N !== undefined ? { diversity: power(found.log2N) } : {}),
    ...(found.interval
      ? {
          interval: {
            ...found.interval,
            low: power(found.interval.low),
            high: power(found.interval.high),
          },
        }
      : {}),
    ...(found.fit ? { fit: found.fit } : {}),
  };
}

/** Chance, optimum and the best policy on a new instance. */
async function referenceOf(task: EpisodicTask): Promise<Reference> {
  const key = split(keyOf(0), "reference");
  const instances = task.heldOut.draw(split(key, "instances"), referenceEpisodes);
  const chance = task.chance(instances[0]!);
  const chanceMean = chance.values.reduce(
    (sum, value, i) => sum + value * chance.probabilities[i]!,
    0,
  );
  const solver = task.solvers.find(({ id }) => id === task.reference.solver)!;
  const played = await solverSubject(task, solver.id).run(instances, {
    key: split(key, "episodes"),
  });
  return {
    chance: chanceMean,
    optimum: task.optimum,
    solver: {
      id: solver.id,
      title: solver.title,
      expected: task.reference.expected,
      exact: task.reference.exact,
    },
    bits: {
      optimum: rateBits(task.optimum, chance),
      solver: rateBits(task.reference.expected, chance),
    },
    solverBySteps: rewardByStep(played),
    horizon: task.rules.horizon,
  };
}

/** Mean scores of the predictors that need no training instances, on new instances. */
function supervisedReference(task: SupervisedTask): SupervisedReference {
  const key = split(keyOf(0), "reference");
  const instances = task.heldOut.draw(split(key, "instances"), referenceEpisodes);
  const examples = drawExamples(task.rules, instances, split(key, "examples"));
  return {
    unit: task.rules.scoreUnit,
    ...task.references,
    predictors: task.predictors
      .filter(({ knows }) => knows !== "training")
      .map(({ id, title, predict }) => ({
        id,
        title,
        score: mean([...task.rules.score(predict(examples, instances), examples)]),
      })),
  };
}
