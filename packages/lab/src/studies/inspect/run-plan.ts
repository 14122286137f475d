/** What a run's learned algorithm does in one of the mazes that it was measured on, from the file that it left. */
import type { OnnxModel } from "@mesascope/graph";
import { InputError, keyOf } from "../../core/index.ts";
import { onnxSubject, ownMapping } from "../../signatures/index.ts";
import { drawExamples, type Maze, makeSupervisedTask, mazePath } from "../../tasks/index.ts";
import { measuredInstances } from "../train.ts";
import type { PlannedRun, TrainingSpec } from "../types.ts";
import { answersTo, type PlanStrip, planStrip } from "./plan-strip.ts";

/** A maze and the plan in it. */
export interface RunPlan {
  readonly maze: Maze;
  readonly strip: PlanStrip;
}

/** @throws InputError for runs that are not on mazes in the path form. */
export function drawnRun(run: PlannedRun): PlannedRun<TrainingSpec> {
  const { id, spec } = run;
  const family = "task" in spec ? spec.task.family : undefined;
  if (family !== mazePath.id)
    throw new InputError(
      `run '${id}' is ${family === undefined ? "an experiment" : `on ${family}`}: only runs on ${mazePath.id} can be drawn`,
    );
  return run as PlannedRun<TrainingSpec>;
}

/**
 * @param model the run's file
 * @param index of a held-out instance, from 0
 * @param ticks after which to draw; the usual ones where left out
 * @throws InputError for an instance that the run was not measured on, and for ticks that it does not have.
 */
export async function planOfRun(
  run: PlannedRun<TrainingSpec>,
  model: OnnxModel,
  index: number,
  ticks?: readonly number[],
): Promise<RunPlan> {
  const { diversity, learner, measure, seed, task: of } = run.spec;
  if (index >= measure.episodes)
    throw new InputError(
      `the run was measured on instances 0 to ${measure.episodes - 1}, not on ${index}`,
      { place: "--instance" },
    );
  const task = makeSupervisedTask(of.family, of.parameters, { diversity, seed });
  const { heldOut } = measuredInstances(task, run);
  const maze = heldOut[index] as Maze;
  const { subject } = await onnxSubject(model, task.rules, ownMapping(model));
  const most = subject.ticks;
  const beyond = ticks?.find((tick) => tick > (most ?? Number.POSITIVE_INFINITY));
  if (beyond !== undefined)
    throw new InputError(`the run's file holds ${most} ticks, not ${beyond}`, { place: "--ticks" });
  const examples = drawExamples(task.rules, [maze], keyOf(0));
  const prediction = await subject.predict(examples);
  return {
    maze,
    strip: planStrip(maze, learner.architecture, answersTo(prediction, maze, 0), ticks),
  };
}
