/** The contract of a signature: one blind measurement of a subject. */
import type { Key } from "../random.ts";
import type { PredictiveSubject, Subject } from "./subject.ts";
import type { EpisodicTask, SupervisedTask } from "./task.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Stated coverage, e.g. 0.95. */
  readonly level: number;
}

/** One number that a signature found. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
  readonly interval?: Interval;
}

export type Measurement =
  | {
      readonly signature: string;
      readonly applicable: true;
      /** The main value first named in `parts`. */
      readonly value: number;
      readonly unit: string;
      /** Over instances; the interval over seeds is the study's. */
      readonly interval: Interval;
      /** Number of episodes measured. */
      readonly n: number;
      /** What the value must be compared with, by name. */
      readonly baselines: Readonly<Record<string, number>>;
      /** Further quantities, by name. */
      readonly parts: Readonly<Record<string, Quantity>>;
      /** Quantities along a step axis, by name. */
      readonly series: Readonly<Record<string, readonly number[]>>;
    }
  | { readonly signature: string; readonly applicable: false; readonly reason: string };

/** Instances of the three disjoint parts, drawn for measuring. */
export interface MeasuredInstances<I = unknown> {
  readonly training: readonly I[];
  readonly validation: readonly I[];
  readonly heldOut: readonly I[];
}

/** A signature sees no label, no arm and no training code; it measures one kind of subject, or both. */
export interface Signature {
  readonly id: string;
  readonly question: string;
  readonly source: string;
  readonly unit: string;
  /** Measures a subject that acts. */
  episodic?(
    subject: Subject,
    instances: MeasuredInstances,
    context: { readonly task: EpisodicTask; readonly key: Key; readonly twin?: Subject },
  ): Promise<Measurement>;
  /** Measures a subject that predicts. `twin`: untrained, otherwise alike. */
  supervised?(
    subject: PredictiveSubject,
    instances: MeasuredInstances,
    context: {
      readonly task: SupervisedTask;
      readonly key: Key;
      readonly twin?: PredictiveSubject;
    },
  ): Promise<Measurement>;
}
