/** The contract of an analysis: what is concluded from all runs of a study together. */
import type { z } from "zod";
import type { Json } from "../../core/index.ts";
import type { PlannedRun, PlannedStudy, Row } from "../types.ts";

export interface Analysis<P = unknown> {
  readonly id: string;
  /** What is concluded and how, in a sentence or two for the report. */
  readonly description: string;
  readonly parameters: z.ZodType<P>;
  /** Forecasts made from some of the runs before any other run is started. */
  readonly forecast?: {
    /** Whether a run is one of those that the forecast rests on. */
    rests(run: PlannedRun, parameters: P): boolean;
    /** Undefined where the runs that are complete do not allow one. */
    make(study: PlannedStudy, rows: readonly Row[], parameters: P): Json | undefined;
  };
  /** Further rows, which predictions may name, and findings for figures and prose. */
  conclude(
    study: PlannedStudy,
    rows: readonly Row[],
    parameters: P,
    forecast: Json | undefined,
  ): { readonly rows: readonly Row[]; readonly findings: Json };
}
