/** Prose that belongs to a task family or an experiment: one file each, looked up by its id. */
import type { StudyOutcome } from "@mesascope/lab/studies";
import type { Html } from "../html.ts";
import { ballsAndUrns } from "./balls-and-urns.ts";
import {
  compressionMaze,
  minimalCircuits,
  reachabilityPrograms,
  shortestProgram,
} from "./exact.ts";
import { inContextRegression, keyedRegression } from "./in-context-regression.ts";
import { keyedBandit } from "./keyed-bandit.ts";
import { mazePath } from "./maze.ts";
import { transitionConclusion } from "./prediction.ts";
import { meteredConclusion, toyModelConclusion } from "./toy-model.ts";
import type { TaskProse } from "./types.ts";

export type { TaskProse } from "./types.ts";

const families: readonly TaskProse[] = [
  keyedBandit,
  inContextRegression,
  keyedRegression,
  ballsAndUrns,
  mazePath,
  minimalCircuits,
  compressionMaze,
  shortestProgram,
  reachabilityPrograms,
];

/** Prose of the study's family or experiment, where there is any. */
export function proseOf({ study }: StudyOutcome): TaskProse | undefined {
  const id = study.kind === "training" ? study.file.task.family : study.file.experiment.id;
  return families.find(({ family }) => family === id);
}

/** What is said of an analysis' conclusion, by the id of the analysis. */
const conclusions: Readonly<Record<string, (outcome: StudyOutcome) => Html | false>> = {
  "toy-model": toyModelConclusion,
  "toy-model-metered": meteredConclusion,
  transition: transitionConclusion,
};

/** Prose on what the study's analysis concluded, where there is any. */
export function conclusionOf(outcome: StudyOutcome): Html | false {
  const { conclusion } = outcome;
  return conclusion ? (conclusions[conclusion.id]?.(outcome) ?? false) : false;
}
