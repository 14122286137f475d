/** Forecasts: made from some runs of a study and kept before the runs that test them are started. */
import { contentHash, type Json, parseParameters } from "../core/index.ts";
import { analyses } from "./analyses/index.ts";
import { rowsOf } from "./rows.ts";
import type { Archive, Forecast, PlannedRun, PlannedStudy } from "./types.ts";

/** The study's analysis with its parameters, where it has one. */
export function analysisOf({ file }: PlannedStudy) {
  if (!file.analysis) return undefined;
  const analysis = analyses.get(file.analysis.id);
  const place = `${file.id}: analysis '${analysis.id}'`;
  return { analysis, parameters: parseParameters(analysis, file.analysis.parameters, place) };
}

/** The runs that a forecast rests on; undefined where the study forecasts nothing. */
export function restingRuns(study: PlannedStudy): readonly PlannedRun[] | undefined {
  const chosen = analysisOf(study);
  const forecast = chosen?.analysis.forecast;
  if (!chosen || !forecast) return undefined;
  return study.runs.filter((run: PlannedRun) => forecast.rests(run, chosen.parameters));
}

/** Names a forecast by what it rests on. */
export function forecastName(study: PlannedStudy): string | undefined {
  const runs = restingRuns(study);
  if (!runs) return undefined;
  const hash = contentHash([study.file.analysis as unknown as Json, runs.map(({ id }) => id)]);
  return `forecast-${study.profile}-${hash.slice(0, 10)}`;
}

/**
 * Makes and keeps the study's forecast from the runs that are complete, unless it is kept already.
 * @returns undefined where the study forecasts nothing, or its runs do not allow it.
 */
export async function keepForecast(
  study: PlannedStudy,
  archive: Pick<Archive, "state" | "forecast" | "keepForecast">,
): Promise<Forecast | undefined> {
  const name = forecastName(study);
  const chosen = analysisOf(study);
  if (name === undefined || !chosen) return undefined;
  const kept = await archive.forecast(study.file.id, name);
  if (kept) return kept;
  const entries = await Promise.all(
    restingRuns(study)!.map(async (run) => ({ run, state: await archive.state(run) })),
  );
  const complete = entries.filter(({ state }) => state.status === "complete");
  const content = chosen.analysis.forecast!.make(study, rowsOf(complete), chosen.parameters);
  if (content === undefined) return undefined;
  const forecast = {
    when: new Date().toISOString(),
    from: complete.map(({ run }) => run.id),
    content,
  };
  await archive.keepForecast(study.file.id, name, forecast);
  return forecast;
}
