/** The live experiment: study 001's smallest profile, one recurrent learner at a time, with N and the budget chosen. */
import {
  analyzeStudy,
  type CheckpointRecord,
  type EpisodicOutcome,
  type PlannedRun,
  type PlannedStudy,
  parseStudy,
  planStudy,
  type RunResult,
  type TrainingSpec,
  type TrainingStudy,
} from "@mesascope/lab/studies";
import type { Choice, RewardPoint } from "./choices.ts";

/** Times that a learner is measured in the course of training, evenly apart. */
const measured = 20;

const learner = "gru";

/** The study with one learner, one diversity and seeds up to the one chosen. */
function planned(source: string, { diversity, updates, seed }: Choice): TrainingStudy {
  const study: PlannedStudy = planStudy(parseStudy(source, "study 001"), {
    ...{ number: "001", source, profile: "start", seeds: seed },
    set: [
      `factors.learner=[${learner}]`,
      `factors.diversity=[${diversity}]`,
      `budget.updates=${updates}`,
    ],
  });
  if (study.kind !== "training") throw new Error("study 001 trains learners");
  return study;
}

/**
 * The run that is trained: task, learner, seed and measures of the study's `start` profile. Only the points at which
 * the learner is measured are closer, and measuring does not touch training.
 * @param source text of the study's YAML file
 */
export function banditRun(source: string, choice: Choice): PlannedRun<TrainingSpec> {
  const run = planned(source, choice).runs.at(-1)!;
  const { updates } = run.spec.budget;
  const points = Array.from({ length: measured }, (_, i) =>
    Math.max(1, Math.round((updates * (i + 1)) / measured)),
  );
  return { ...run, spec: { ...run.spec, checkpoints: [...new Set(points)] } };
}

/** What runs of one budget show together, as a report of the study would. */
export async function banditOutcome(
  source: string,
  finished: readonly { readonly choice: Choice; readonly result: RunResult }[],
): Promise<EpisodicOutcome> {
  const runs = finished.map(({ choice }) => banditRun(source, choice));
  const study = { ...planned(source, finished[0]!.choice), runs };
  const entries = finished.map(({ result }, i) => ({
    run: runs[i]!,
    state: { status: "complete", result } as const,
  }));
  const outcome = await analyzeStudy(study, entries);
  if (outcome.kind !== "episodic") throw new Error("bandits are played");
  // One budget and few seeds settle nothing: verdicts and thresholds are the study's to give.
  return { ...outcome, verdicts: [], thresholds: [] };
}

/** The point of the live curve that a measurement gives. */
export function rewardPoint({ spent, measurements }: CheckpointRecord): RewardPoint {
  const found = measurements.find(({ signature }) => signature === "novel-success");
  if (!found?.applicable) throw new Error("bandits are measured by novel-success");
  return {
    update: spent.updates,
    training: found.parts["training"]!.value,
    novel: found.value,
  };
}
