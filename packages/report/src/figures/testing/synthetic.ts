/**
 * A SYNTHETIC study outcome for tests and for looking at figures: made by formula, measured by nobody. Its shapes
 * follow what is known of keyed bandits, so that drawings meet realistic values.
 */
import { keyOf, Random } from "@mesascope/lab/core";
import { holmVerdicts, logisticThreshold } from "@mesascope/lab/stats";
import type {
  EpisodicOutcome,
  PlannedRun,
  Row,
  RunEntry,
  Threshold,
  TrainingSpec,
  TrainingStudy,
  Verdict,
} from "@mesascope/lab/studies";
import { bySteps, chanceReward, horizon, rateBits } from "./curves.ts";
import { rowsOf } from "./rows.ts";
import { plannedStudy, type StudyShape } from "./study.ts";

const batch = 256;
const solverReward = 5.5;

/** A study in which some runs may have failed; by default one run, and every run of one arm. */
export function synthetic(
  shape: Partial<StudyShape> = {},
  failed: (run: PlannedRun<TrainingSpec>) => boolean = ({ arm, seed }) =>
    (arm.learner === "gru" && arm.diversity === 16 && seed === 2) ||
    (arm.learner === "mlp-feedback" && arm.diversity === 1024),
): EpisodicOutcome {
  const study = plannedStudy({
    form: "noiseless",
    diversities: [1, 16, 256, 1024, 4096, "fresh"],
    learners: ["gru", "mlp-feedback", "mlp", "table"],
    seeds: 3,
    updates: 2000,
    checkpoints: [62, 125, 250, 500, 1000, 2000],
    ...shape,
  });
  const entries = study.runs.map((run) => (failed(run) ? failure(run) : completion(run)));
  const rows = study.runs
    .filter((run) => !failed(run))
    .flatMap((run) => rowsOf(run, batch, horizon));
  return {
    kind: "episodic",
    study,
    entries,
    rows,
    verdicts: verdicts(study, rows),
    thresholds: thresholds(study, rows),
    reference: {
      chance: chanceReward,
      optimum: horizon,
      solver: {
        id: "exhaustive-trial",
        title: "Exhaustive trial",
        expected: solverReward,
        exact: true,
      },
      bits: { optimum: rateBits(horizon), solver: rateBits(solverReward) },
      solverBySteps: bySteps(solverReward, true),
      horizon,
    },
  };
}

const when = "2000-01-01T00:00:00.000Z";

function failure(run: PlannedRun<TrainingSpec>): RunEntry {
  const message = `synthetic failure: the process of seed ${run.seed} ended with signal SIGKILL`;
  return { run, state: { status: "failed", message, when, seconds: 1.5 } };
}

function completion(run: PlannedRun<TrainingSpec>): RunEntry {
  const { updates } = run.spec.budget;
  const spent = { updates, samples: updates * batch * horizon, flops: 1e9, candidates: 0 };
  return {
    run,
    state: {
      status: "complete",
      result: {
        id: run.id,
        study: run.study,
        arm: run.arm,
        seed: run.seed,
        spec: run.spec,
        spent,
        checkpoints: [],
        size: 21_383,
        engine: { name: "onnxruntime-node", version: "1.30.0", threads: 1 },
        versions: { mesascope: "0.1.0", node: "20.19.0" },
        seconds: 12 + run.seed / 4,
        when,
      },
    },
  };
}

const finals = (rows: readonly Row[], measure: string, arm: Row["arm"] | undefined) =>
  rows
    .filter(
      (row) =>
        row.final &&
        row.measure === measure &&
        Object.entries(arm ?? {}).every(([factor, level]) => row.arm[factor] === level),
    )
    .map(({ value }) => value);

function verdicts(study: TrainingStudy, rows: readonly Row[]): Verdict[] {
  const { predictions } = study.file;
  const judged = holmVerdicts(
    predictions.map(({ from, to, measure, direction, margin }) => ({
      ...(from ? { from: finals(rows, measure, from) } : {}),
      to: finals(rows, measure, to),
      direction,
      margin,
    })),
    0.05,
  );
  return predictions.map(({ id, statement, measure }, index) => {
    const { decisiveAlpha: _, ...rest } = judged[index]!;
    return {
      ...rest,
      prediction: id,
      statement,
      unit: measure.startsWith("optimization-power") ? "bits" : "reward",
    };
  });
}

function thresholds(study: TrainingStudy, rows: readonly Row[]): Threshold[] {
  return study.file.thresholds.map(({ measure, learner, level: share = 0 }, index) => {
    const level = share * rateBits(solverReward);
    const points = rows
      .filter((row) => row.final && row.measure === measure && row.arm.learner === learner)
      .map(({ arm, seed, value, samples }) => ({
        log2N: Math.log2(arm.diversity === "fresh" ? samples / horizon : Number(arm.diversity)),
        value,
        seed,
      }));
    const { log2N, interval, censored, censoredShare, fit } = logisticThreshold(points, level, {
      level: 0.95,
      random: new Random(keyOf(index)),
      resamples: 200,
    });
    return {
      measure,
      learner,
      level,
      meaning: `${share * 100}% of the reference solver's bits on a new instance`,
      censored,
      censoredShare,
      points,
      ...(log2N === undefined || censored !== "none" ? {} : { diversity: 2 ** log2N }),
      ...(interval
        ? { interval: { ...interval, low: 2 ** interval.low, high: 2 ** interval.high } }
        : {}),
      ...(fit ? { fit } : {}),
    };
  });
}

/** The grid of the full profile, for looking at. */
export function syntheticFull(form: StudyShape["form"] = "noiseless"): EpisodicOutcome {
  return synthetic({
    form,
    diversities: [1, 4, 16, 64, 256, 1024, 2048, 4096, 16384, "fresh"],
    seeds: 5,
    updates: 2500,
    checkpoints: [78, 156, 312, 625, 1250, 2500],
  });
}
