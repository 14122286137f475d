/**
 * The contract of an experiment: work other than training one learner on one task (an exact computation, selection,
 * training in several phases) that is declared, run and judged as a study is.
 */
import type { z } from "zod";
import type { Json } from "../json.ts";
import type { Key } from "../random.ts";
import type { Measurement } from "./signature.ts";

/** What one run of an experiment found. */
export interface ExperimentResult {
  readonly measurements: readonly Measurement[];
  /** Anything that a figure draws beside the measurements, small enough for a JSON file. */
  readonly data?: Json;
}

/** What a run of an experiment is given. */
export interface ExperimentContext {
  readonly key: Key;
  readonly signal: AbortSignal;
  /** Told the units of work done. */
  readonly report: (done: number) => void;
}

/** A pure function from parameters and a seed to measurements. */
export interface Experiment<P = unknown> {
  readonly id: string;
  readonly title: string;
  /** What is computed, in a sentence or two for the report. */
  readonly description: string;
  readonly parameters: z.ZodType<P>;
  /** What a unit of work is, in the plural, e.g. `selections`. */
  readonly unit: string;
  /** Whether a run draws nothing at random: each arm then runs once, and its value is known without error. */
  readonly exact?: boolean;
  /** Whether a run trains networks, so that its numbers belong to an engine. */
  readonly trains?: boolean;
  /** Units of work in one run. */
  work(parameters: P): number;
  /**
   * Runs to its end, and yields to the event loop between units of work.
   * @returns undefined where `signal` was aborted: nothing is kept, and the run starts anew next time.
   */
  run(parameters: P, context: ExperimentContext): Promise<ExperimentResult | undefined>;
}
