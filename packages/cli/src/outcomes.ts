/** Studies with what the data folder holds of them. */
import type { PlannedStudy, RunEntry, RunState, StudyOutcome } from "@mesascope/lab/studies";
import type { RunStore } from "@mesascope/store";
import type { World } from "./world.ts";

/** Every run of a plan with its state. */
export async function entriesOf(store: RunStore, study: PlannedStudy): Promise<RunEntry[]> {
  const entries: RunEntry[] = [];
  for (const run of study.runs) entries.push({ run, state: await store.state(run) });
  return entries;
}

/** What the data folder says of a study. */
export async function outcomeOf(
  world: World,
  store: RunStore,
  study: PlannedStudy,
): Promise<StudyOutcome> {
  const { analyzeStudy, forecastName } = await world.lab();
  const name = forecastName(study);
  const forecast = name === undefined ? undefined : await store.forecast(study.file.id, name);
  return analyzeStudy(study, await entriesOf(store, study), forecast);
}

/** How many runs are in which state. */
export type StateCounts = Readonly<Record<RunState["status"], number>>;

/** Counts the states of runs. */
export function countStates(entries: readonly RunEntry[]): StateCounts {
  const counts = { complete: 0, failed: 0, partial: 0, absent: 0, corrupted: 0 };
  for (const { state } of entries) counts[state.status]++;
  return counts;
}
