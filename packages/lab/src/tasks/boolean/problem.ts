/**
 * Small search problems as Boolean functions: the inputs describe an instance, and the outputs name the candidate that
 * a search would choose, which scores every candidate and takes the best.
 */
import { InputError, type TruthTable, unknownName } from "../../core/index.ts";

export interface BooleanProblem {
  readonly id: string;
  readonly title: string;
  /** One sentence: what an instance is and what is chosen. */
  readonly description: string;
  /** Names of the inputs, the first being the lowest bit of a row. */
  readonly inputs: readonly string[];
  /** Names of what may be chosen; of equally good ones the first is taken. */
  readonly candidates: readonly string[];
  /** Names of the bits of a score, the highest first. */
  readonly scoreBits: readonly string[];
  /** Score of a candidate in an instance, found by search; bits as in `scoreBits`. */
  score(bits: readonly number[], candidate: number): readonly number[];
}

/** A problem as tables over all instances. */
export interface TabulatedProblem {
  readonly problem: BooleanProblem;
  /** The outputs: bits of the number of the chosen candidate, the lowest first. */
  readonly outputs: readonly TruthTable[];
  readonly outputNames: readonly string[];
  /** Scores as `[candidate][bit]`. */
  readonly scores: readonly (readonly TruthTable[])[];
  /** Instances in which a candidate is chosen, by candidate. */
  readonly chosen: readonly TruthTable[];
}

/** The candidate of the highest score, the first of equals; `scores` as `[candidate][bit]`. */
export function bestCandidate(scores: readonly (readonly number[])[]): number {
  const values = scores.map((bits) => bits.reduce((value, bit) => 2 * value + bit, 0));
  return values.indexOf(Math.max(...values));
}

/** Bits of the number of a candidate, the lowest first. */
export function outputBits(candidate: number, candidates: number): number[] {
  const bits = Math.max(1, Math.ceil(Math.log2(candidates)));
  return Array.from({ length: bits }, (_, i) => (candidate >> i) & 1);
}

/** Runs the search on every instance. */
export function tabulate(problem: BooleanProblem): TabulatedProblem {
  const { inputs, candidates, scoreBits } = problem;
  const places = outputBits(0, candidates.length).map((_, i) => i);
  const outputs = places.map(() => 0n);
  const scores = candidates.map(() => scoreBits.map(() => 0n));
  const chosen = candidates.map(() => 0n);
  for (let row = 0; row < 2 ** inputs.length; row++) {
    const bits = inputs.map((_, j) => (row >> j) & 1);
    const found = candidates.map((_, candidate) => problem.score(bits, candidate));
    const best = bestCandidate(found);
    const mark = 1n << BigInt(row);
    chosen[best]! |= mark;
    for (const [i, bit] of outputBits(best, candidates.length).entries())
      if (bit) outputs[i]! |= mark;
    for (const [candidate, score] of found.entries())
      for (const [i, bit] of score.entries()) if (bit) scores[candidate]![i]! |= mark;
  }
  const outputNames =
    candidates.length === 2 ? [`choose ${candidates[1]}`] : places.map((i) => `choice, bit ${i}`);
  return { problem, outputs, outputNames, scores, chosen };
}

/**
 * The problem of an id.
 * @throws InputError for an unknown one.
 */
export function problemOf(id: string, problems: readonly BooleanProblem[]): BooleanProblem {
  const found = problems.find((problem) => problem.id === id);
  if (!found)
    throw new InputError(
      unknownName(
        "problem",
        id,
        problems.map((problem) => problem.id),
      ),
    );
  return found;
}
