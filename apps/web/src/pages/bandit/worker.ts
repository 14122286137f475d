/** Trains learners in a thread of its own and keeps their results, so that figures can be made of all of them. */
import "../../live/engine.ts";
import { WorkError } from "@mesascope/lab/core";
import { type EpisodicOutcome, executeRun, MemoryArchive } from "@mesascope/lab/studies";
import source from "../../../../../studies/001-diversity-keyed-bandit.yaml?raw";
import { serve } from "../../live/job.ts";
import type { Choice, RewardPoint } from "./choices.ts";
import { banditOutcome, banditRun, rewardPoint } from "./experiment.ts";

/** Told while a learner is trained. */
export type BanditEvent =
  | { readonly kind: "update"; readonly update: number; readonly loss: number }
  | { readonly kind: "point"; readonly point: RewardPoint };

export interface BanditAnswer {
  /** Of all learners trained so far with this budget. */
  readonly outcome: EpisodicOutcome;
}

const finished: {
  choice: Choice;
  result: Parameters<typeof banditOutcome>[1][number]["result"];
}[] = [];

/** Milliseconds between two tellings of the loss. */
const pace = 60;

serve<Choice, BanditEvent, BanditAnswer>(async (choice, { signal, tell }) => {
  const run = banditRun(source, choice);
  const archive = new MemoryArchive();
  const kept = archive.open(run);
  let told = Number.NEGATIVE_INFINITY;
  const watched = {
    ...kept,
    metrics(line: { readonly update: number; readonly [name: string]: number }) {
      if (performance.now() - told < pace) return;
      told = performance.now();
      tell({ kind: "update", update: line.update, loss: line["loss"]! });
    },
  };
  await executeRun(run, watched, {
    signal,
    report: () => {},
    checkpoint: (record) => tell({ kind: "point", point: rewardPoint(record) }),
    versions: {},
  });
  signal.throwIfAborted();
  const state = await archive.state(run);
  if (state.status !== "complete") throw new WorkError("training ended without a result");
  finished.push({ choice, result: state.result });
  const alike = finished.filter((one) => one.choice.updates === choice.updates);
  return { outcome: await banditOutcome(source, alike) };
});
