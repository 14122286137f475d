/** Prose that belongs to a task family: one file a family, looked up by its id. */
import type { StudyOutcome } from "@mesascope/lab/studies";
import { keyedBandit } from "./keyed-bandit.ts";
import type { TaskProse } from "./types.ts";

export type { TaskProse } from "./types.ts";

const families: readonly TaskProse[] = [keyedBandit];

/** Prose of a family, where there is any. */
export function proseOf(outcome: StudyOutcome): TaskProse | undefined {
  return families.find(({ family }) => family === outcome.study.file.task.family);
}
