/** What a figure found, in words: computed from the data, and neutral where the data do not bear a finding. */
import type { Diversity } from "@mesascope/lab/core";
import type { EpisodicOutcome, StudyOutcome, Threshold } from "@mesascope/lab/studies";
import {
  checkpoints,
  design,
  type SeedValue,
  type Summary,
  seedValues,
  steps,
  summarize,
  summary,
  type TrainedOutcome,
} from "./data.ts";
import { about, diversityPhrase, list, places, plural } from "./format.ts";
import { learnerName } from "./learners.ts";

const runTime = "optimization-power.runTime";
const tuned = "optimization-power.tuned";

/** Differences `to - from` of the seeds that have both. */
export function paired(from: readonly SeedValue[], to: readonly SeedValue[]): SeedValue[] {
  const before = new Map(from.map(({ seed, value }) => [seed, value]));
  return to.flatMap(({ seed, value }) => {
    const start = before.get(seed);
    return start === undefined ? [] : [{ seed, value: value - start }];
  });
}

/** Whether the interval lies wholly above `bound`; one seed has no interval and shows nothing. */
function above(summary: Summary | undefined, bound: number): boolean {
  return summary?.low !== undefined && summary.low > bound;
}

/** Whether the interval lies wholly below `bound`. */
function below(summary: Summary | undefined, bound: number): boolean {
  return summary?.high !== undefined && summary.high < bound;
}

/** The run-time threshold of the main learner by subtraction, when the study asked for one. */
export function mainThreshold(outcome: TrainedOutcome): Threshold | undefined {
  const { main } = design(outcome);
  return outcome.thresholds.find(({ learner, measure }) => learner === main && measure === runTime);
}

/** Title of the figure of bits against diversity. */
export function bitsFinding(outcome: TrainedOutcome): string {
  const { main, diversities } = design(outcome);
  const neutral = "Tuned and run-time bits by the number of distinct training instances";
  const threshold = mainThreshold(outcome);
  if (threshold === undefined || threshold.points.length === 0) return neutral;
  if (threshold.censored === "above") {
    return "Run-time optimization does not reach its threshold at any diversity measured";
  }
  if (threshold.censored === "below") {
    return "Run-time optimization is past its threshold at every diversity measured";
  }
  const few = diversities[0]!;
  const many = diversities.at(-1)!;
  const pick = (measure: string, diversity: Diversity) => ({ measure, learner: main, diversity });
  const rise = summarize(
    paired(seedValues(outcome, pick(runTime, few)), seedValues(outcome, pick(runTime, many))),
  );
  const fall = summarize(
    paired(seedValues(outcome, pick(tuned, few)), seedValues(outcome, pick(tuned, many))),
  );
  // A crossing in a curve whose ends the seeds do not tell apart is not yet a finding.
  if (!above(rise, 0) || threshold.diversity === undefined) return neutral;
  const place = `Past about ${about(threshold.diversity)} instances`;
  return below(fall, 0)
    ? `${place}, tuning gives way to run-time optimization`
    : `${place}, run-time optimization sets in while tuning stays`;
}

/** Smallest rise of reward from the first to the last step that counts as one. */
const gainMargin = 0.1;

/** Rise of expected reward on new instances from the first to the last step, over seeds. */
export function gainWithinEpisode(
  outcome: EpisodicOutcome,
  learner: string,
  diversity: Diversity,
): Summary | undefined {
  const last = steps(outcome, "adaptation.novel");
  const at = (step: number) =>
    seedValues(outcome, { measure: "adaptation.novel", learner, diversity, step });
  return last === 0 ? undefined : summarize(paired(at(1), at(last)));
}

/** Title of the figure of reward by step. */
export function stepFinding(outcome: EpisodicOutcome, learner: string): string {
  const { diversities } = design(outcome);
  const gains = diversities.map((diversity) => gainWithinEpisode(outcome, learner, diversity));
  const name = learnerName(outcome, learner);
  if (gains.every((gain) => below(gain, gainMargin))) {
    return `${name}: on new instances reward does not rise within the episode at any diversity`;
  }
  const first = firstOfTail(gains.map((gain) => above(gain, gainMargin)));
  if (first === undefined) return `${name}: reward by step of the episode, at each diversity`;
  if (first === 0)
    return `${name}: on new instances reward rises within the episode at every diversity`;
  const start = diversities[first]!;
  return start === "fresh"
    ? `${name}: only with fresh instances does reward on new ones rise within the episode`
    : `${name}: from ${diversityPhrase(start)} on, reward on new instances rises within the episode`;
}

/** Where the unbroken run of `true` that reaches the end begins; undefined when the last is false. */
function firstOfTail(flags: readonly boolean[]): number | undefined {
  let first: number | undefined;
  for (let i = flags.length - 1; i >= 0 && flags[i]; i--) first = i;
  return first;
}

/** Fewest bits that count as having been gained or lost. */
const bitsMargin = 0.5;

/** How run-time bits of one arm went over training. */
export type Course = "never gained" | "kept" | "partly lost" | "lost again" | "unclear";

/**
 * Reads the course from checkpoints. Something was lost when, over seeds, the end lies clearly below the best
 * checkpoint: `lost again` when less than half of the best is left, else `partly lost`.
 */
export function course(outcome: TrainedOutcome, learner: string, diversity: Diversity): Course {
  const curve = checkpoints(outcome, learner).map((update) =>
    seedValues(outcome, { measure: runTime, learner, diversity, update }),
  );
  const means = curve.map((values) => summarize(values)?.mean ?? Number.NEGATIVE_INFINITY);
  const peak = means.indexOf(Math.max(...means));
  const best = summarize(curve[peak] ?? []);
  const final = seedValues(outcome, { measure: runTime, learner, diversity });
  if (best === undefined || final.length < 2) return "unclear";
  const loss = summarize(paired(final, best.values));
  if (above(best, bitsMargin) && above(loss, bitsMargin)) {
    return loss!.mean > best.mean / 2 ? "lost again" : "partly lost";
  }
  if (above(summarize(final), bitsMargin)) return "kept";
  return below(best, bitsMargin) ? "never gained" : "unclear";
}

/** Title of the figure of bits against updates. */
export function updatesFinding(outcome: TrainedOutcome, learner: string): string {
  const { diversities } = design(outcome);
  const name = learnerName(outcome, learner);
  const courses = diversities.map((diversity) => ({
    diversity,
    course: course(outcome, learner, diversity),
  }));
  const having = (wanted: Course) =>
    courses.filter((one) => one.course === wanted).map((one) => one.diversity);
  const lost = having("lost again");
  const partly = having("partly lost");
  const kept = having("kept");
  if (lost.length + partly.length > 0) {
    const losses = [
      ...(lost.length > 0 ? [`lost again at ${places(lost)}`] : []),
      ...(partly.length > 0 ? [`partly lost again at ${places(partly)}`] : []),
    ];
    return `${name}: run-time optimization is gained and ${losses.join(", ")}`;
  }
  if (having("never gained").length === diversities.length) {
    return `${name}: no run-time optimization at any point of training`;
  }
  return kept.length > 0 && having("unclear").length === 0
    ? `${name}: where run-time optimization is gained, at ${places(kept)}, it stays`
    : `${name}: tuned and run-time bits in the course of training`;
}

/** Share of the way from chance to the reference solver that counts as success, and below which there is none. */
const successShare = 0.1;

/** Title of the figure of reward against diversity. */
export function rewardFinding(outcome: EpisodicOutcome): string {
  const { learners, diversities } = design(outcome);
  const { chance, solver } = outcome.reference;
  const bar = chance + successShare * (solver.expected - chance);
  const most = diversities.at(-1)!;
  const rewards = learners.map((learner) => ({
    name: learnerName(outcome, learner),
    summary: summary(outcome, { measure: "novel-success.value", learner, diversity: most }),
  }));
  const succeed = rewards.filter((one) => above(one.summary, bar)).map(({ name }) => name);
  const fail = rewards.filter((one) => below(one.summary, bar)).map(({ name }) => name);
  if (succeed.length + fail.length < learners.length)
    return "Reward on training and on new instances by diversity";
  const place =
    most === "fresh" ? "Trained on fresh instances" : `Trained on ${diversityPhrase(most)}`;
  if (fail.length === 0) return `${place}, every learner does better than chance on new ones`;
  if (succeed.length === 0) return `${place}, no learner does better than chance on new ones`;
  return `${place}, only ${list(succeed)} ${succeed.length === 1 ? "does" : "do"} better than chance on new ones`;
}

/** Title of the plot of verdicts. */
export function verdictFinding(outcome: StudyOutcome): string {
  const { verdicts } = outcome;
  const words = ["supported", "contradicted", "undetermined"] as const;
  const parts = words
    .map((word) => ({ word, n: verdicts.filter(({ verdict }) => verdict === word).length }))
    .filter(({ n }) => n > 0)
    .map(({ word, n }) => `${n} ${word}`);
  if (parts.length === 1 && verdicts.length > 1) {
    return `All ${verdicts.length} predictions are ${parts[0]!.split(" ")[1]}`;
  }
  return `${plural(verdicts.length, "prediction")}: ${list(parts)}`;
}
