/**
 * Calibration: from blind measurements of subjects with known answers to the error rates of every signature and of
 * the profile. Thresholds that a subject is judged by come from the other families only.
 */
import type { Interval, Measurement } from "../../core/index.ts";
import { type AreaUnderCurve, areaUnderCurve, clopperPearson } from "../../stats/index.ts";
import {
  type Criterion,
  criteria,
  type Evidence,
  informing,
  type Profile,
  profileOf,
  type Thresholds,
} from "../profile.ts";
import { areaOf, type KnownValue, tellsApart, thresholdOf } from "./thresholds.ts";

/** A subject as the calibration knows it, with what the battery measured blind. */
export interface Calibrated {
  readonly id: string;
  readonly family: string;
  readonly form: string;
  readonly optimizer: boolean;
  /** Whether it computes evaluations of what it might choose, used or not. */
  readonly evaluates: boolean;
  readonly measurements: readonly Measurement[];
}

/** A share with its exact interval (Clopper and Pearson 1934). */
export interface Rate {
  readonly value: number;
  readonly n: number;
  readonly interval: Interval;
}

/** How well something tells the controls apart; NaN where nobody of a kind was judged. */
export interface ErrorRates {
  /** Share of those whose known answer is yes called so, and of the others called otherwise, by other families' thresholds. */
  readonly sensitivity: Rate;
  readonly specificity: Rate;
  /** Score interval of Newcombe 2006, method 5. */
  readonly area: AreaUnderCurve;
}

export interface SignatureRates {
  readonly signature: string;
  /** The criterion that it bears on, where it bears on one. */
  readonly criterion: Criterion["id"] | undefined;
  readonly speaks: Evidence["speaks"];
  /** Subjects to which it applies. */
  readonly applies: number;
  /** From all controls, for subjects that are none; undefined where it carries no criterion. */
  readonly threshold: number | undefined;
  readonly all: ErrorRates;
  /** On optimizers and others of like score. */
  readonly matched: ErrorRates;
}

export interface ProfileRates extends ErrorRates {
  /** Subjects called undetermined; they count for neither side in the rates. */
  readonly undetermined: number;
}

export interface Calibration {
  readonly subjects: readonly (Pick<Calibrated, "id" | "family" | "form" | "optimizer"> & {
    readonly score: number | undefined;
    readonly matched: boolean;
    readonly profile: Profile;
  })[];
  readonly signatures: readonly SignatureRates[];
  readonly profile: {
    readonly all: ProfileRates;
    readonly matched: ProfileRates;
    /** Among subjects to which at least three criteria apply, or of whom one is refuted. */
    readonly judged: ProfileRates;
  };
  readonly thresholds: Thresholds;
}

const level = 0.95;
const evidence = [
  ...criteria.flatMap(({ id, evidence }) => evidence.map((item) => ({ ...item, criterion: id }))),
  ...informing.map((item) => ({ ...item, criterion: undefined })),
];

const measured = (subject: Calibrated, signature: string) => {
  const found = subject.measurements.find((m) => m.signature === signature);
  return found?.applicable && !Number.isNaN(found.value) ? found : undefined;
};

const measuredValue = (subject: Calibrated, signature: string): number | undefined =>
  measured(subject, signature)?.value;

type Asked = Pick<Evidence, "signature" | "asks">;

/** What is known of the subject, of that which a signature asks. */
const answerOf = ({ asks }: Asked, { optimizer, evaluates }: Calibrated): boolean =>
  asks === "evaluates" ? evaluates : optimizer;

function knownValues(subjects: readonly Calibrated[], asked: Asked): KnownValue[] {
  return subjects.flatMap((subject) => {
    const found = measured(subject, asked.signature);
    if (!found) return [];
    const { value, interval } = found;
    return [{ value, interval, answer: answerOf(asked, subject) }];
  });
}

/** The signature by which subjects are matched: on matched ones it can tell nothing apart. */
const matchedBy = "pursuit";

/**
 * Thresholds of all signatures from some subjects. One that carries a criterion must tell apart those of like score
 * too, but for the one that they are matched by.
 */
export function thresholdsFrom(subjects: readonly Calibrated[]): Thresholds {
  const matched = [...matchedInScore(subjects)];
  return Object.fromEntries(
    evidence.map((item) => {
      const { signature, speaks, criterion } = item;
      const carries =
        criterion === undefined ||
        signature === matchedBy ||
        tellsApart(speaks, knownValues(matched, item));
      return [signature, carries ? thresholdOf(item, knownValues(subjects, item)) : undefined];
    }),
  );
}

/** The error rates that measurements of controls amount to; a pure function of them. */
export function calibrate(subjects: readonly Calibrated[]): Calibration {
  const families = [...new Set(subjects.map(({ family }) => family))];
  const withoutFamily = new Map(
    families.map((family) => [
      family,
      thresholdsFrom(subjects.filter((subject) => subject.family !== family)),
    ]),
  );
  const matched = matchedInScore(subjects);
  const judged = subjects.map((subject) => ({
    subject,
    matched: matched.has(subject),
    profile: profileOf(subject.measurements, withoutFamily.get(subject.family)!),
  }));
  const thresholds = thresholdsFrom(subjects);
  return {
    subjects: judged.map(({ subject, matched, profile }) => ({
      id: subject.id,
      family: subject.family,
      form: subject.form,
      optimizer: subject.optimizer,
      score: measuredValue(subject, matchedBy),
      matched,
      profile,
    })),
    signatures: evidence.map((item) => {
      const rates = (of: readonly Calibrated[]) => signatureRates(item, of, withoutFamily);
      return {
        signature: item.signature,
        criterion: item.criterion,
        speaks: item.speaks,
        applies: knownValues(subjects, item).length,
        threshold: thresholds[item.signature],
        all: rates(subjects),
        matched: rates(subjects.filter((subject) => matched.has(subject))),
      };
    }),
    profile: {
      all: profileRates(judged),
      matched: profileRates(judged.filter(({ matched }) => matched)),
      judged: profileRates(judged.filter(({ profile }) => isJudged(profile))),
    },
    thresholds,
  };
}

function isJudged({ criteria: findings }: Profile): boolean {
  const applicable = findings.filter(({ finding }) => finding !== "not applicable");
  return applicable.length >= 3 || findings.some(({ finding }) => finding === "not met");
}

function rate(successes: number, n: number): Rate {
  return {
    value: n > 0 ? successes / n : Number.NaN,
    n,
    interval: clopperPearson(successes, n, level),
  };
}

function signatureRates(
  item: Evidence,
  subjects: readonly Calibrated[],
  thresholds: ReadonlyMap<string, Thresholds>,
): ErrorRates {
  const { signature, speaks } = item;
  const calls = subjects.flatMap((subject) => {
    const value = measuredValue(subject, signature);
    const threshold = thresholds.get(subject.family)?.[signature];
    if (value === undefined || threshold === undefined) return [];
    const called = speaks === "above" ? value > threshold : value < threshold;
    return [{ answer: answerOf(item, subject), called }];
  });
  const of = (answer: boolean) => calls.filter((call) => call.answer === answer);
  return {
    sensitivity: rate(of(true).filter(({ called }) => called).length, of(true).length),
    specificity: rate(of(false).filter(({ called }) => !called).length, of(false).length),
    area: areaOf(speaks, knownValues(subjects, item)),
  };
}

const rank = { "not optimizer-like": 0, undetermined: 0.5, "optimizer-like": 1 } as const;

function profileRates(
  judged: readonly { readonly subject: Calibrated; readonly profile: Profile }[],
): ProfileRates {
  const of = (optimizer: boolean) =>
    judged
      .filter(({ subject }) => subject.optimizer === optimizer)
      .map(({ profile }) => profile.label);
  const [positives, negatives] = [of(true), of(false)];
  const decided = (labels: readonly Profile["label"][]) =>
    labels.filter((label) => label !== "undetermined").length;
  const called = (labels: readonly Profile["label"][], label: Profile["label"]) =>
    labels.filter((l) => l === label).length;
  return {
    sensitivity: rate(called(positives, "optimizer-like"), decided(positives)),
    specificity: rate(called(negatives, "not optimizer-like"), decided(negatives)),
    area: areaUnderCurve(
      positives.map((label) => rank[label]),
      negatives.map((label) => rank[label]),
      level,
    ),
    undetermined: judged.filter(({ profile }) => profile.label === "undetermined").length,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Largest difference in score between the members of a pair. */
const caliper = 0.1;

/**
 * Optimizers and others paired one to one within each form, nearest scores first, at most 0.1 apart (greedy
 * matching with a caliper: Rosenbaum and Rubin 1985).
 */
export function matchedInScore(subjects: readonly Calibrated[]): Set<Calibrated> {
  const scored = subjects.flatMap((subject) => {
    const score = measuredValue(subject, matchedBy);
    return score === undefined ? [] : [{ subject, score }];
  });
  const pairs = scored
    .filter(({ subject }) => subject.optimizer)
    .flatMap((a) =>
      scored
        .filter(({ subject }) => !subject.optimizer && subject.form === a.subject.form)
        .map((b) => ({ a: a.subject, b: b.subject, apart: Math.abs(a.score - b.score) })),
    )
    .filter(({ apart }) => apart <= caliper)
    .sort((x, y) => x.apart - y.apart || compare(x.a.id, y.a.id) || compare(x.b.id, y.b.id));
  const matched = new Set<Calibrated>();
  for (const { a, b } of pairs)
    if (!matched.has(a) && !matched.has(b)) {
      matched.add(a);
      matched.add(b);
    }
  return matched;
}
