/** Measures all controls blind and calibrates: what `mesascope calibrate` runs. */
import { type Key, type MeasuredInstances, type SupervisedTask, split } from "../../core/index.ts";
import { type Maze, makeTask, mazePath } from "../../tasks/index.ts";
import { controlsOf } from "../controls/index.ts";
import { drawMeasured } from "../instances.ts";
import { runBattery } from "./battery.ts";
import { type Calibrated, type Calibration, calibrate } from "./calibrate.ts";

export interface CalibrationSettings {
  readonly key: Key;
  readonly seed: number;
  /** Mazes of each part that a subject is measured on. */
  readonly mazes: number;
  /** Members of each family of controls and form. */
  readonly most: number;
  readonly signal?: AbortSignal;
  /** Told after each subject. */
  readonly progress?: (done: number, total: number, id: string) => void;
}

/** The forms of mazes that controls are measured on: where filling dead ends suffices, and where it fails. */
export const calibrationForms = {
  perfect: { rows: 4, cols: 4, generator: "depth-first" },
  weighted: { rows: 4, cols: 4, generator: "percolation", share: 0.6, costs: 4 },
} as const;

/** Number of mazes that controls with a memory know. */
const diversity = 64;

/** All controls through the battery, one after the other. @throws the signal's reason when it is aborted. */
export async function runCalibration({
  key,
  seed,
  mazes,
  most,
  signal,
  progress,
}: CalibrationSettings): Promise<Calibration & { readonly measured: readonly Calibrated[] }> {
  const work = Object.entries(calibrationForms).flatMap(([form, parameters]) => {
    const task = makeTask(mazePath, parameters, { diversity, seed });
    const instances: MeasuredInstances = drawMeasured(task, mazes, split(key, form, "instances"));
    return controlsOf(task as SupervisedTask<Maze>, form, split(key, "controls"), most).map(
      (control) => ({ control, form, task: task as SupervisedTask, instances }),
    );
  });
  const measured: Calibrated[] = [];
  for (const { control, form, task, instances } of work) {
    const { id, family, optimizer, evaluates } = control;
    const measurements = await runBattery(control.make(), instances, {
      task,
      key: split(key, "battery"),
      ...(signal ? { signal } : {}),
    });
    measured.push({ id, family, form, optimizer, evaluates, measurements });
    progress?.(measured.length, work.length, id);
  }
  return { ...calibrate(measured), measured };
}
