/** Executes one run in this thread: a training run, or a run of an experiment. */
import { engineInfo } from "@mesascope/graph";
import { contentHash, keyOf, split } from "../core/index.ts";
import { experiments } from "./experiments/index.ts";
import { executeTraining } from "./train.ts";
import type {
  EngineRecord,
  ExecuteOptions,
  ExecutionOutcome,
  ExperimentSpec,
  PlannedRun,
  RunArchive,
  RunResult,
  TrainingSpec,
} from "./types.ts";

/**
 * Executes the run to its end, or until it is stopped.
 * @throws whatever the work throws; the executor turns that into a failed run.
 */
export function executeRun(
  run: PlannedRun,
  archive: RunArchive,
  options: ExecuteOptions,
): Promise<ExecutionOutcome> {
  return "experiment" in run.spec
    ? executeExperiment(run as PlannedRun<ExperimentSpec>, archive, options)
    : executeTraining(run as PlannedRun<TrainingSpec>, archive, options);
}

/** What "computed" an experiment in which no graph is involved. */
const labEngine: EngineRecord = { name: "lab", version: "1", threads: 1 };

async function executeExperiment(
  run: PlannedRun<ExperimentSpec>,
  archive: RunArchive,
  { signal, report, versions }: ExecuteOptions,
): Promise<ExecutionOutcome> {
  const { id, study, arm, seed, spec } = run;
  const begun = performance.now();
  let told = 0;
  const experiment = experiments.get(spec.experiment.id);
  const found = await experiment.run(spec.experiment.parameters, {
    key: split(keyOf(seed), "experiment"),
    signal,
    report(done) {
      if (performance.now() - told <= 100) return;
      told = performance.now();
      report(done);
    },
  });
  if (!found) return { status: "stopped", updates: 0 };
  const spent = { updates: spec.work, samples: 0, flops: 0, candidates: 0 };
  const result: RunResult = {
    id,
    study,
    arm,
    seed,
    spec,
    spent,
    checkpoints: [{ spent, measurements: found.measurements, metrics: {} }],
    ...(found.data === undefined ? {} : { data: found.data }),
    size: 0,
    engine: experiment.trains ? await engineInfo() : labEngine,
    versions,
    seconds: (performance.now() - begun) / 1000,
    when: new Date().toISOString(),
  };
  await archive.complete(result, {}, undefined);
  report(spec.work);
  return { status: "complete" };
}

/** What of a result depends on the spec and the engine alone; equal for equal specs, bit for bit. */
export function determinedPart(result: RunResult): string {
  return contentHash({
    spec: result.spec,
    checkpoints: result.checkpoints,
    spent: result.spent,
    size: result.size,
  } as never);
}
