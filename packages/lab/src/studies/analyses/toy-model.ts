/**
 * The toy model against trained systems. Its cost f and exchange rate are fitted on fresh instances and on a learner
 * without feedback; what it then says of other diversities is written down before they are run. Hubinger et al. 2019
 * (arXiv 1906.01820), section 2.1; how f, r and the scores are defined: docs/guide/measures.md.
 */
import { z } from "zod";
import { type Json, keyOf } from "../../core/index.ts";
import { mean } from "../../stats/index.ts";
import { makeTask } from "../../tasks/index.ts";
import { rateBits } from "../../theory/index.ts";
import { diversitySchema } from "../schema.ts";
import type { PlannedStudy, Row } from "../types.ts";
import { type Cell, fitSeed, type SeedForecast } from "./toy-model-fit.ts";
import type { Analysis } from "./types.ts";

const parameters = z.strictObject({
  learner: z.string().describe("The learner whose run-time bits are predicted."),
  blind: z
    .string()
    .describe("The learner without feedback, from which the exchange rate is taken."),
  anchors: z
    .array(diversitySchema)
    .min(2)
    .describe("Diversities that interpolation may use; the largest is the ladder for f."),
  heldOut: z.array(z.number().int().min(1)).min(1).describe("Diversities that are predicted."),
  ceiling: z
    .number()
    .positive()
    .optional()
    .describe(
      "B: bits of a policy that knows the answer; taken from the task where it is left out.",
    ),
});

type Parameters = z.infer<typeof parameters>;

const runTime = "optimization-power.runTime";
const training = "optimization-power.training";

/** What the forecast holds, seed by seed. */
export interface ToyModelForecast {
  readonly ceiling: number;
  readonly seeds: readonly SeedForecast[];
}

/** One predicted cell with what came of it. */
export interface ScoredCell extends Cell {
  readonly seed: number;
  readonly model: number;
  readonly interpolation: number;
  readonly constant: number;
  readonly measured: number;
}

/** What is kept of the analysis for figures and prose. */
export interface ToyModelFindings {
  readonly ceiling: number;
  readonly cells: readonly ScoredCell[];
  readonly fits: readonly Omit<SeedForecast, "cells">[];
}

/** Bits of a policy that is told the answer. */
function ceilingOf(study: PlannedStudy, given: number | undefined): number {
  if (given !== undefined) return given;
  if (study.kind !== "training") throw new Error("the toy model is fitted to trained learners");
  const { family, parameters: of } = study.file.task;
  const task = makeTask(family, of, { diversity: "fresh", seed: 0 });
  if (task.kind !== "episodic") throw new Error(`the ceiling of ${family} must be given`);
  return rateBits(task.optimum, task.chance(task.heldOut.draw(keyOf(0), 1)[0]!));
}

const stepsOf = (study: PlannedStudy): number => {
  if (study.kind !== "training") return 1;
  const { family, parameters: of } = study.file.task;
  return makeTask(family, of, { diversity: "fresh", seed: 0 }).rules.horizon;
};

const seedsOf = (rows: readonly Row[]) =>
  [...new Set(rows.map(({ seed }) => seed))].sort((a, b) => a - b);

/**
 * Values of a measure along training, by update. Bits below zero count as none: the model has no negative x, and a
 * learner that is confidently wrong on a new instance does not search less than one that guesses.
 */
function curve(
  rows: readonly Row[],
  measure: string,
  learner: string,
  diversity: string | number,
  seed: number,
) {
  return rows
    .filter(
      (row) =>
        row.measure === measure &&
        row.step === undefined &&
        row.seed === seed &&
        row.arm["learner"] === learner &&
        row.arm["diversity"] === diversity,
    )
    .map((row) => ({ ...row, value: Math.max(0, row.value) }))
    .sort((a, b) => a.update - b.update);
}

function forecast(
  study: PlannedStudy,
  rows: readonly Row[],
  p: Parameters,
): ToyModelForecast | undefined {
  const ceiling = ceilingOf(study, p.ceiling);
  const steps = stepsOf(study);
  const diversities = [...new Set(study.runs.map(({ arm }) => arm["diversity"]!))];
  const finite = diversities.filter((n): n is number => typeof n === "number");
  const seeds = seedsOf(rows).flatMap((seed) => {
    const anchors = p.anchors.map((diversity) => ({
      diversity,
      points: curve(rows, runTime, p.learner, diversity, seed).map(
        ({ update, samples, value }) => ({
          ...{ update, value, instances: diversity === "fresh" ? samples / steps : diversity },
        }),
      ),
    }));
    const tuned = finite.flatMap((diversity) =>
      curve(rows, training, p.blind, diversity, seed).map(({ update, value }) => ({
        update,
        diversity,
        value,
      })),
    );
    const fitted = fitSeed({ seed, ceiling, anchors, tuned, diversities: finite });
    return fitted ? [fitted] : [];
  });
  return seeds.length > 0 ? { ceiling, seeds } : undefined;
}

/** Every held-out cell with its prediction and its measurement. */
export function scoredCells(
  made: ToyModelForecast,
  rows: readonly Row[],
  p: Parameters,
): ScoredCell[] {
  return made.seeds.flatMap(({ seed, cells }) =>
    cells
      .filter(({ diversity }) => p.heldOut.includes(diversity))
      .flatMap((cell) => {
        const found = curve(rows, runTime, p.learner, cell.diversity, seed).find(
          ({ update }) => update === cell.update,
        );
        return found ? [{ ...cell, seed, measured: found.value }] : [];
      }),
  );
}

const rootMeanSquare = (errors: readonly number[]) =>
  Math.sqrt(mean(errors.map((error) => error * error)));

/** The largest distance by which run-time bits fall below what they were with fewer updates, at any diversity. */
function largestFall(rows: readonly Row[], p: Parameters, seed: number): number {
  const falls = p.heldOut.map((diversity) => {
    let best = Number.NEGATIVE_INFINITY;
    let fall = 0;
    for (const { value } of curve(rows, runTime, p.learner, diversity, seed)) {
      best = Math.max(best, value);
      fall = Math.max(fall, best - value);
    }
    return fall;
  });
  return Math.max(...falls);
}

export const toyModel: Analysis<Parameters> = {
  id: "toy-model",
  description:
    "The cost f of run-time bits is read from training on fresh instances, the exchange rate r between updates and tuned bits from a learner without feedback; x* = argmax of min(B, r (U - f(x)) / N + x) is then compared, on diversities it was not fitted to, with log-linear interpolation and with a constant.",
  parameters,
  forecast: {
    rests: ({ arm }, { learner, blind, anchors }) =>
      arm["learner"] === blind ||
      (arm["learner"] === learner && anchors.includes(arm["diversity"] as number)),
    make: (study, rows, p) => forecast(study, rows, p) as unknown as Json | undefined,
  },
  conclude(study, rows, p, kept) {
    const made = kept as unknown as ToyModelForecast | undefined;
    if (!made) return { rows: [], findings: { ceiling: 0, cells: [], fits: [] } };
    const cells = scoredCells(made, rows, p);
    const concluded = made.seeds.flatMap(({ seed, shape, rate }) => {
      const own = cells.filter((cell) => cell.seed === seed);
      if (own.length === 0) return [];
      const error = (of: (cell: ScoredCell) => number) =>
        rootMeanSquare(own.map((cell) => of(cell) - cell.measured));
      const model = error((cell) => cell.model);
      const interpolation = error((cell) => cell.interpolation);
      const constant = error((cell) => cell.constant);
      const place = {
        ...{ study: study.file.id, run: "", seed, arm: { learner: p.learner } },
        ...{ update: 0, samples: 0, final: true },
      };
      const row = (part: string, value: number, unit = "bits"): Row => ({
        ...{ ...place, measure: `toy-model.${part}`, value, unit },
      });
      return [
        row("error", model),
        row("errorInterpolation", interpolation),
        row("errorConstant", constant),
        row("gainOverInterpolation", interpolation - model),
        row("gainOverConstant", constant - model),
        row("largestFall", largestFall(rows, p, seed)),
        row("rate", rate, "bits per update"),
        ...(shape === undefined ? [] : [row("shape", shape, "share")]),
      ];
    });
    const findings = { ceiling: made.ceiling, cells, fits: made.seeds.map(fitOnly) };
    return { rows: concluded, findings: findings as unknown as Json };
  },
};

const fitOnly = ({ cells: _, ...fit }: SeedForecast) => fit;
