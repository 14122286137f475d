/** Runs as a study's outcome tells of them, where there is no data folder to ask. */
import type { RunEntry } from "@mesascope/lab/studies";
import {
  type CheckpointView,
  type RunBrief,
  type RunView,
  type StudyView,
  unpack,
} from "../../views/index.ts";

/** Every run of the study, in the order of its plan. */
export function runsOf(view: StudyView): RunBrief[] {
  return view.found ? unpack(view.found.outcome).entries.map(briefOf) : [];
}

/** @throws Error in one sentence where the study has no such run. */
export function runOf(view: StudyView, id: string): RunView {
  const outcome = view.found && unpack(view.found.outcome);
  const entry = outcome?.entries.find(({ run }) => run.id === id);
  if (!outcome || !entry) throw new Error(`there is no run '${id}' of study '${view.id}' here`);
  const { state } = entry;
  const rows = outcome.rows.filter(({ run }) => run === id);
  const updates = [...new Set(rows.map(({ update }) => update))].sort((a, b) => a - b);
  const checkpoints = updates.map((update): CheckpointView => {
    const own = rows.filter((row) => row.update === update);
    const series: Record<string, number[]> = {};
    for (const { measure, step, value } of own)
      if (step !== undefined) {
        series[measure] ??= [];
        series[measure][step - 1] = value;
      }
    const measured = own.filter(({ step }) => step === undefined);
    const once = new Map(
      measured.map(({ measure, value, unit }) => [measure, { measure, value, unit }]),
    );
    return { updates: update, samples: own[0]!.samples, measured: [...once.values()], series };
  });
  return {
    ...briefOf(entry),
    ...{ number: view.number, title: view.file.title, spec: entry.run.spec, checkpoints },
    ...("message" in state ? { message: state.message } : {}),
    versions: state.status === "complete" ? state.result.versions : {},
    ...(state.status === "complete" ? { seconds: state.result.seconds } : {}),
    ...{ instances: 0, files: [] },
  };
}

function briefOf({ run, state }: RunEntry): RunBrief {
  const { id, study, arm, seed, spec } = run;
  const updates =
    state.status === "complete"
      ? state.result.spent.updates
      : state.status === "partial"
        ? state.updates
        : 0;
  const budget = "budget" in spec ? spec.budget.updates : spec.work;
  return { id, study, arm, seed, status: state.status, updates, budget };
}
