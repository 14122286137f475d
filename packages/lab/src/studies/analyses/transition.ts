/**
 * Where learners pass from memorizing to generalizing as instances grow in number, at each budget, and which known
 * predictor they are nearest to along the way. Raventos et al. 2023 (arXiv 2306.15063), section 3; Wurgaft et al. 2025
 * (arXiv 2506.17859), sections 3 and 4.
 */
import { z } from "zod";
import {
  contentHash,
  groupBy,
  type Interval,
  type Json,
  keyOf,
  Random,
  split,
} from "../../core/index.ts";
import { type DiversityPoint, logisticThreshold, mean } from "../../stats/index.ts";
import type { PlannedStudy, Row } from "../types.ts";
import type { Analysis } from "./types.ts";

const parameters = z.strictObject({
  measure: z
    .string()
    .default("predictor-distance.alpha")
    .describe(
      "A measure that changes as instances grow in number; alpha is 1 at the memorizer, 0 at the generalizer.",
    ),
  direction: z
    .enum(["falls", "rises"])
    .default("falls")
    .describe("The way in which it passes `at` as instances grow in number."),
  at: z
    .number()
    .default(0.5)
    .describe("Its value at the transition; at 0.5 a learner is as near to one as to the other."),
});

type TransitionParameters = z.infer<typeof parameters>;

/** Where one learner passes from memory to generalization after so many updates. */
export interface TransitionThreshold {
  readonly learner: string;
  readonly update: number;
  /** Distinct training instances N; absent where no N measured lies on the other side. */
  readonly diversity?: number;
  /** 95% over resampled seeds, in N. */
  readonly interval?: Interval;
  /** `below`: past the level (generalizes) at the smallest N; `above`: not yet (memorizes still) at the largest. */
  readonly censored: "none" | "below" | "above";
  readonly censoredShare: number;
}

export type Strategy = "chance" | "memorizer" | "generalizer";

/** Where one learner stands after so many updates; squared distances on new instances, means over seeds. */
export interface StrategyPoint {
  readonly learner: string;
  readonly diversity: number | "fresh";
  readonly update: number;
  readonly nearest: Strategy;
  /** Share of the seeds whose nearest is this one. */
  readonly agreed: number;
  readonly distances: Readonly<Partial<Record<Strategy, number>>>;
}

export interface TransitionFindings {
  readonly measure: string;
  readonly at: number;
  readonly thresholds: readonly TransitionThreshold[];
  readonly path: readonly StrategyPoint[];
}

const resamples = 1000;

const distanceOf: Readonly<Record<Strategy, string>> = {
  chance: "predictor-distance.toChance",
  memorizer: "predictor-distance.toMemorizer",
  generalizer: "predictor-distance.toGeneralizer",
};

const strategies = Object.keys(distanceOf) as readonly Strategy[];

/** Rows by what `name` makes of them, in order of first appearance. */
const grouped = <T>(items: readonly T[], name: (item: T) => string): T[][] => [
  ...groupBy(items, name).values(),
];

const learnerOf = ({ arm }: Row): string => String(arm["learner"]);

/** The measure's values of one learner at one budget, on the axis of thresholds; `fresh` has no place there. */
const pointsOf = (rows: readonly Row[]): DiversityPoint[] =>
  rows.flatMap(({ arm, value, seed }) => {
    const diversity = arm["diversity"];
    return typeof diversity === "number" ? [{ log2N: Math.log2(diversity), value, seed }] : [];
  });

function crossing(
  points: readonly DiversityPoint[],
  { at, direction }: TransitionParameters,
  name: Json,
) {
  const key = split(keyOf(0), "transition", contentHash(name));
  const random = new Random(key);
  return logisticThreshold(points, at, { level: 0.95, random, resamples, direction });
}

/** The threshold of all seeds together, and one row for each seed alone: at the end of the range where it is beyond. */
function thresholdOf(study: string, group: readonly Row[], given: TransitionParameters) {
  const first = group[0]!;
  const learner = learnerOf(first);
  const points = pointsOf(group);
  const found = crossing(points, given, [study, learner, first.update]);
  const threshold: TransitionThreshold = {
    learner,
    update: first.update,
    censored: found.censored,
    censoredShare: found.censoredShare,
    ...(found.log2N === undefined ? {} : { diversity: 2 ** found.log2N }),
    ...(found.interval
      ? {
          interval: {
            ...found.interval,
            low: 2 ** found.interval.low,
            high: 2 ** found.interval.high,
          },
        }
      : {}),
  };
  const places = points.map(({ log2N }) => log2N);
  const rows = grouped(group, ({ seed }) => String(seed)).map((own): Row => {
    const { seed, update, samples, final } = own[0]!;
    const alone = crossing(pointsOf(own), given, [study, learner, update, seed]);
    const end = alone.censored === "below" ? Math.min(...places) : Math.max(...places);
    return {
      study,
      run: "",
      arm: { learner },
      seed,
      update,
      samples,
      final,
      measure: "transition.threshold",
      value: alone.log2N ?? end,
      unit: "log2 of N",
    };
  });
  return { threshold, rows };
}

/** Which strategy is nearest by the distances of one seed, or by means over seeds. */
function nearestOf(distances: Readonly<Partial<Record<Strategy, number>>>): Strategy {
  const known = strategies.filter((strategy) => distances[strategy] !== undefined);
  return known.reduce((a, b) => (distances[b]! < distances[a]! ? b : a));
}

function pointOfPath(group: readonly Row[]): StrategyPoint {
  const { arm, update } = group[0]!;
  const measured = (rows: readonly Row[]) =>
    Object.fromEntries(
      strategies.flatMap((strategy) => {
        const values = rows
          .filter(({ measure }) => measure === distanceOf[strategy])
          .map(({ value }) => value);
        return values.length > 0 ? [[strategy, mean(values)]] : [];
      }),
    ) as Partial<Record<Strategy, number>>;
  const distances = measured(group);
  const nearest = nearestOf(distances);
  const seeds = grouped(group, ({ seed }) => String(seed));
  const agreeing = seeds.filter((own) => nearestOf(measured(own)) === nearest);
  return {
    learner: learnerOf(group[0]!),
    diversity: arm["diversity"] as number | "fresh",
    update,
    nearest,
    agreed: agreeing.length / seeds.length,
    distances,
  };
}

/** Thresholds by learner and budget, and the path of every arm, from rows of `predictor-distance`. */
export function transitionOf(
  study: string,
  rows: readonly Row[],
  given: TransitionParameters,
): { rows: Row[]; findings: TransitionFindings } {
  const { measure, at } = given;
  const whole = rows.filter(({ step }) => step === undefined);
  const budgets = grouped(
    whole.filter((row) => row.measure === measure && typeof row.arm["diversity"] === "number"),
    (row) => `${learnerOf(row)} ${row.update}`,
  ).map((group) => thresholdOf(study, group, given));
  const distances = new Set(Object.values(distanceOf));
  const path = grouped(
    whole.filter((row) => distances.has(row.measure)),
    (row) => `${learnerOf(row)} ${row.arm["diversity"]} ${row.update}`,
  ).map(pointOfPath);
  return {
    rows: budgets.flatMap((budget) => budget.rows),
    findings: { measure, at, thresholds: budgets.map(({ threshold }) => threshold), path },
  };
}

export const transition: Analysis<TransitionParameters> = {
  id: "transition",
  description:
    "The number of instances N at which a learner is as near to the generalizing predictor as to the memorizing one, or another measure passes a level, by a logistic curve in log2 N at every checkpoint, with an interval over resampled seeds; and, where predictors are known, which of the blind, the memorizing and the generalizing predictor it is nearest to at every checkpoint. A seed whose curve does not cross counts at the end of the range.",
  parameters,
  conclude(study: PlannedStudy, rows, given) {
    const found = transitionOf(study.file.id, rows, given);
    return { rows: found.rows, findings: found.findings as unknown as Json };
  },
};
