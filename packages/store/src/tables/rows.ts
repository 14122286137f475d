/** From one run folder to its rows in the tables `runs` and `measurements`. */
import { type Measurement, messageOf } from "@mesascope/lab/core";
import type { CheckpointRecord, RunState } from "@mesascope/lab/studies";
import type { Disk } from "../disk.ts";
import { files } from "../files.ts";
import { fromJson } from "../json.ts";
import { type SpecFile, specFileSchema } from "../schemas.ts";
import { readSnapshot, readState } from "../state.ts";
import type { FoundRun } from "./scan.ts";

/** A row by column; columns left out are NULL. */
export type TableRow = Readonly<Record<string, unknown>>;

/** What a run folder holds, as rows. */
export interface RunRows {
  readonly run: TableRow;
  readonly measurements: readonly TableRow[];
}

/** Reads one run folder; whatever is wrong with it becomes its status and message, never an exception. */
export async function readRun(disk: Disk, found: FoundRun): Promise<RunRows> {
  const { study, run } = found;
  const corrupted = (message: string): RunRows => ({
    run: { study, run, status: "corrupted", message },
    measurements: [],
  });
  try {
    const path = `${found.folder}/${files.spec}`;
    const bytes = await disk.read(path);
    if (!bytes) return corrupted(`${path} is missing`);
    const parsed = fromJson(bytes, path, specFileSchema);
    if ("fault" in parsed) return corrupted(parsed.fault);
    const spec = parsed.value;
    if (spec.id !== run || spec.study !== study)
      return corrupted(`${path} describes another run than ${study}/${run}`);
    return rowsOf(spec, await readState(disk, found.folder, spec), await progress(disk, found));
  } catch (error) {
    return corrupted(messageOf(error));
  }
}

/** What a run that is not complete has kept, if that can be read. */
async function progress(disk: Disk, { folder }: FoundRun) {
  const snapshot = await readSnapshot(disk, folder);
  return snapshot && "value" in snapshot ? snapshot.value : undefined;
}

type Progress = Awaited<ReturnType<typeof progress>>;

function rowsOf(spec: SpecFile, state: RunState, kept: Progress): RunRows {
  const done = state.status === "complete" ? state.result : undefined;
  const going = state.status === "partial" ? kept : undefined;
  const spent = done?.spent ?? going?.spent;
  const { task, learner, diversity, budget } = spec.spec;
  const place = {
    study: spec.study,
    run: spec.id,
    learner: spec.arm["learner"]?.toString(),
    diversity: diversity === "fresh" ? undefined : diversity,
    fresh: diversity === "fresh",
    seed: spec.seed,
  };
  const run = {
    ...place,
    status: state.status,
    message: "message" in state ? state.message : undefined,
    arm: spec.arm,
    budget: budget.updates,
    updates: spent?.updates ?? (state.status === "partial" ? state.updates : undefined),
    samples: spent?.samples,
    flops: spent?.flops,
    candidates: spent?.candidates,
    size: done?.size,
    seconds: done?.seconds ?? going?.seconds ?? ("seconds" in state ? state.seconds : undefined),
    task: task.family,
    task_parameters: task.parameters,
    architecture: learner.architecture,
    architecture_parameters: learner.architectureParameters,
    algorithm: learner.algorithm,
    algorithm_parameters: learner.algorithmParameters,
    engine: done?.engine.name,
    engine_version: done?.engine.version,
    threads: done?.engine.threads,
    fallback: done?.engine.fallback,
    versions: done?.versions ?? spec.versions,
    begun: spec.when,
    ended: done?.when ?? ("when" in state ? state.when : undefined),
  };
  const checkpoints = done?.checkpoints ?? going?.checkpoints ?? [];
  const measurements = checkpoints.flatMap((checkpoint, i) => {
    const final = done !== undefined && i === checkpoints.length - 1;
    const { updates: update, samples } = checkpoint.spent;
    return checkpointRows(checkpoint).map((row) => ({ ...place, update, samples, final, ...row }));
  });
  return { run, measurements };
}

function checkpointRows({ measurements, metrics }: CheckpointRecord): TableRow[] {
  const diagnostics = Object.entries(metrics).map(([name, value]) => ({
    ...{ measure: `training.${name}`, kind: "diagnostic", value },
  }));
  return [...measurements.flatMap(measurementRows), ...diagnostics];
}

function measurementRows(measurement: Measurement): TableRow[] {
  const { signature } = measurement;
  if (!measurement.applicable)
    return [{ measure: `${signature}.value`, kind: "value", reason: measurement.reason }];
  const { value, unit, interval, n, parts, series, baselines } = measurement;
  const rows: TableRow[] = [
    { measure: `${signature}.value`, kind: "value", value, unit, ...ends(interval), n },
  ];
  for (const [name, part] of Object.entries(parts))
    rows.push({
      ...{ measure: `${signature}.${name}`, kind: "part", value: part.value, unit: part.unit, n },
      ...(part.interval ? ends(part.interval) : {}),
    });
  for (const [name, values] of Object.entries(series))
    for (const [i, item] of values.entries())
      rows.push({
        ...{ measure: `${signature}.${name}`, kind: "series", step: i + 1, value: item, n },
        unit: "reward",
      });
  for (const [name, baseline] of Object.entries(baselines))
    rows.push({ measure: `${signature}.${name}`, kind: "baseline", value: baseline, unit });
  return rows;
}

const ends = ({ low, high, level }: { low: number; high: number; level: number }) => ({
  low,
  high,
  level,
});
