/** From the runs of a study to its verdicts, thresholds and reference lines. */
import { contentHash, keyOf, Random, split } from "../core/index.ts";
import { rewardByStep } from "../signatures/index.ts";
import { holmVerdicts, logisticThreshold } from "../stats/index.ts";
import { makeTask, solverSubject } from "../tasks/index.ts";
import { rateBits } from "../theory/index.ts";
import { rowsOf } from "./rows.ts";
import type { StudyFile } from "./schema.ts";
import type {
  Arm,
  PlannedStudy,
  Reference,
  Row,
  RunEntry,
  StudyOutcome,
  Threshold,
  Verdict,
} from "./types.ts";

/** Family-wise error rate of a study's predictions. */
const alpha = 0.05;
const resamples = 2000;
/** Episodes that the reference solver plays for its reward by step. */
const referenceEpisodes = 4096;

/** Everything that is reported of a study; missing and failed runs stay visible in `entries`. */
export async function analyzeStudy(
  study: PlannedStudy,
  entries: readonly RunEntry[],
): Promise<StudyOutcome> {
  const rows = rowsOf(entries);
  const reference = await referenceOf(study);
  return {
    study,
    entries,
    rows,
    reference,
    verdicts: verdictsOf(study, rows),
    thresholds: study.file.thresholds.map((threshold) =>
      thresholdOf(study, rows, threshold, reference),
    ),
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
  const predictions = study.file.predictions.map((prediction) => ({
    ...prediction,
    samples: {
      from: prediction.from ? samplesOf(rows, prediction.measure, prediction.from) : [],
      to: samplesOf(rows, prediction.measure, prediction.to),
    },
  }));
  const judged = holmVerdicts(
    predictions.map(({ from, samples, direction, margin }) => ({
      ...(from ? { from: samples.from } : {}),
      to: samples.to,
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
      seeds: Math.min(samples.to.length, from ? samples.from.length : samples.to.length),
      samples,
    };
  });
}

function thresholdOf(
  study: PlannedStudy,
  rows: readonly Row[],
  declared: StudyFile["thresholds"][number],
  reference: Reference,
): Threshold {
  const { measure, learner } = declared;
  const level = declared.level * reference.bits.solver;
  const horizon = reference.horizon;
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
    meaning: `${Math.round(declared.level * 100)}% of the bits of the best policy on a new instance (${reference.solver.title})`,
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

/** Chance, optimum and the best policy on a new instance, for the study's task as declared. */
async function referenceOf(study: PlannedStudy): Promise<Reference> {
  const { family, parameters } = study.file.task;
  const task = makeTask(family, parameters, { diversity: "fresh", seed: 0 });
  const key = split(keyOf(0), "reference");
  const instances = task.heldOut.draw(split(key, "instances"), referenceEpisodes);
  const chance = task.chance(instances[0]!);
  const mean = chance.values.reduce((sum, value, i) => sum + value * chance.probabilities[i]!, 0);
  const solver = task.solvers.find(({ id }) => id === task.reference.solver)!;
  const played = await solverSubject(task, solver.id).run(instances, {
    key: split(key, "episodes"),
  });
  return {
    chance: mean,
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
