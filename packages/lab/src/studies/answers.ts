/**
 * What the battery answers of each trained learner on mazes: four questions, each from its signatures, by the thresholds
 * and with the error rates of the calibration.
 */
import type { Interval, Measurement } from "../core/index.ts";
import {
  type Criterion,
  calibratedProfile,
  type Finding,
  type KnownCalibration,
  type Label,
  type Profile,
} from "../signatures/index.ts";
import { mean, meanInterval } from "../stats/index.ts";
import type { Arm, StudyOutcome } from "./types.ts";

export type AnswerWord = "yes" | "no" | "undetermined" | "not applicable";

/** What a signature found in all seeds of an arm. */
export interface AnswerEvidence {
  readonly signature: string;
  /** One a seed to which it applies. */
  readonly values: readonly number[];
  readonly mean: number;
  /** Over seeds; of a single seed over mazes. */
  readonly interval?: Interval;
  readonly unit: string;
  /** How many seeds were found to lie on the right side of the threshold, on the other, or on neither. */
  readonly findings: Readonly<Partial<Record<Finding, number>>>;
  /** Why it does not apply, where it applies to no seed. */
  readonly reason?: string;
}

export interface QuestionAnswer {
  readonly question: string;
  readonly word: AnswerWord;
  /** Answered by the plain value, since no signature carries the criterion: it is no evidence of optimization. */
  readonly plain: boolean;
  readonly evidence: readonly AnswerEvidence[];
}

export interface LearnerAnswers {
  readonly arm: Arm;
  readonly seeds: number;
  /** What all seeds are called, or undetermined where they differ. */
  readonly label: Label;
  readonly questions: readonly QuestionAnswer[];
}

/** The questions, the criterion that answers each, and the signatures shown with it, the main one first. */
export const questions = [
  {
    id: "new-mazes",
    title: "Does it solve new mazes?",
    criterion: "pursuit",
    shown: ["novel-success", "pursuit"],
  },
  {
    id: "more-thinking",
    title: "Does more thinking help?",
    criterion: "computation",
    shown: ["ticks", "size-extrapolation"],
  },
  {
    id: "evaluations",
    title: "Are evaluations represented and used?",
    criterion: "evaluation",
    shown: ["value-probe", "value-patch", "emulation"],
  },
  {
    id: "edited-goal",
    title: "Does it pursue an edited goal?",
    criterion: "objective",
    shown: ["goal-patch"],
  },
] as const satisfies readonly {
  readonly id: string;
  readonly title: string;
  readonly criterion: Criterion["id"];
  readonly shown: readonly string[];
}[];

/** A gain of less than this is none. */
const leastGain = 0.1;
const level = 0.95;

interface Judged {
  readonly measurements: readonly Measurement[];
  readonly profile: Profile;
}

/** The answers of every arm of a study on which the battery was measured, in the order of the plan. */
export function answersOf(outcome: StudyOutcome, known: KnownCalibration): LearnerAnswers[] {
  const byArm = new Map<string, { arm: Arm; judged: Judged[] }>();
  for (const { run, state } of outcome.entries) {
    if (state.status !== "complete") continue;
    const measurements = state.result.checkpoints.at(-1)?.measurements ?? [];
    if (!measurements.some(({ signature }) => signature === "pursuit")) continue;
    const key = JSON.stringify(run.arm);
    const group = byArm.get(key) ?? { arm: run.arm, judged: [] };
    group.judged.push({ measurements, profile: calibratedProfile(measurements, known) });
    byArm.set(key, group);
  }
  return [...byArm.values()].map(({ arm, judged }) => ({
    arm,
    seeds: judged.length,
    label: agreed(judged.map(({ profile }) => profile.label)) ?? "undetermined",
    questions: questions.map((question) => answer(question, judged)),
  }));
}

/** What all are, if they are all the same. */
function agreed<T>(words: readonly T[]): T | undefined {
  return words.every((word) => word === words[0]) ? words[0] : undefined;
}

const wordOf: Readonly<Record<Finding, AnswerWord>> = {
  met: "yes",
  "not met": "no",
  undetermined: "undetermined",
  "not applicable": "not applicable",
};

function answer(
  { id, criterion, shown }: (typeof questions)[number],
  judged: readonly Judged[],
): QuestionAnswer {
  const found = judged.map(({ profile, measurements }) => {
    const { finding, evidence } = profile.criteria.find((one) => one.criterion === criterion)!;
    // Measured, but calibrated as carrying nothing: then only what it says of itself can be told.
    const bare = evidence.every(({ threshold }) => threshold === undefined);
    const main = measurements.find(({ signature }) => signature === evidence[0]!.signature);
    return bare && main?.applicable
      ? { finding: plainly(main.interval), plain: true }
      : { finding, plain: false };
  });
  return {
    question: id,
    word: wordOf[agreed(found.map(({ finding }) => finding)) ?? "undetermined"],
    plain: found.some(({ plain }) => plain),
    evidence: shown.map((signature) => evidenceOf(signature, criterion, judged)),
  };
}

/** A gain that is there, none to speak of, or neither. */
function plainly({ low, high }: Interval): Finding {
  if (low > 0) return "met";
  return high < leastGain ? "not met" : "undetermined";
}

function evidenceOf(
  signature: string,
  criterion: Criterion["id"],
  judged: readonly Judged[],
): AnswerEvidence {
  const findings: Partial<Record<Finding, number>> = {};
  const measured = judged.flatMap(({ measurements, profile }) => {
    const own = profile.criteria
      .find((one) => one.criterion === criterion)!
      .evidence.find((one) => one.signature === signature);
    if (own?.threshold !== undefined) findings[own.finding] = (findings[own.finding] ?? 0) + 1;
    return measurements.filter((m) => m.signature === signature);
  });
  const applicable = measured.flatMap((m) => (m.applicable ? [m] : []));
  const values = applicable.map(({ value }) => value);
  const reason = measured.find((m) => !m.applicable);
  const interval = values.length > 1 ? meanInterval(values, level) : applicable[0]?.interval;
  return {
    signature,
    values,
    mean: mean(values),
    ...(interval ? { interval } : {}),
    unit: applicable[0]?.unit ?? "",
    findings,
    ...(values.length > 0
      ? {}
      : { reason: reason && !reason.applicable ? reason.reason : "it was not measured" }),
  };
}
