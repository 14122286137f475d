/** From results to rows: one number of one run at one checkpoint, in long form. */
import type { Measurement } from "../core/index.ts";
import type { Row, RunEntry, RunResult } from "./types.ts";

type Place = Omit<Row, "measure" | "value" | "unit" | "step">;

function rowsOfMeasurement(measurement: Measurement, place: Place): Row[] {
  if (!measurement.applicable) return [];
  const { signature, value, unit, parts, series } = measurement;
  const rows: Row[] = [{ ...place, measure: `${signature}.value`, value, unit }];
  for (const [name, part] of Object.entries(parts))
    rows.push({ ...place, measure: `${signature}.${name}`, value: part.value, unit: part.unit });
  for (const [name, values] of Object.entries(series))
    values.forEach((item, i) => {
      rows.push({
        ...place,
        measure: `${signature}.${name}`,
        step: i + 1,
        value: item,
        unit: "reward",
      });
    });
  return rows;
}

function rowsOfResult(result: RunResult): Row[] {
  return result.checkpoints.flatMap(({ spent, measurements }, i) => {
    const place: Place = {
      study: result.study,
      run: result.id,
      arm: result.arm,
      seed: result.seed,
      update: spent.updates,
      samples: spent.samples,
      final: i === result.checkpoints.length - 1,
    };
    return measurements.flatMap((measurement) => rowsOfMeasurement(measurement, place));
  });
}

/** All rows of the complete runs, in the order of the plan. Arms are the plan's, which may share runs. */
export function rowsOf(entries: readonly RunEntry[]): Row[] {
  return entries.flatMap(({ run, state }) =>
    state.status === "complete"
      ? rowsOfResult({ ...state.result, arm: run.arm, study: run.study })
      : [],
  );
}
