/** Prose that belongs to a task family or an experiment: one file each, looked up by its id. */
import type { StudyOutcome } from "@mesascope/lab/studies";
import { keyedBandit } from "./keyed-bandit.ts";
import type { TaskProse } from "./types.ts";

export type { TaskProse } from "./types.ts";

const families: readonly TaskProse[] = [keyedBandit];

/** Prose of the study's family or experiment, where there is any. */
export function proseOf({ study }: StudyOutcome): TaskProse | undefined {
  const id = study.kind === "training" ? study.file.task.family : study.file.experiment.id;
  return families.find(({ family }) => family === id);
}
