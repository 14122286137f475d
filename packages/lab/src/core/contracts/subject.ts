/** The contract of a subject: a frozen learned algorithm or a control, whose label is hidden. */
import type { Key } from "../random.ts";
import type { ExampleBatch } from "./task.ts";

/** How what an episode reveals reaches the subject. */
export type Feedback<I = unknown> =
  | { readonly kind: "given" }
  /** Feedback removed: the observation never shows a reward. */
  | { readonly kind: "removed" }
  /** Feedback computed from another instance's answer; scores still come from the subject's own instance. */
  | { readonly kind: "swapped"; readonly answers: readonly I[] };

export interface EpisodeOptions<I = unknown> {
  readonly key: Key;
  readonly feedback?: Feedback<I>;
  /** Inner iterations a step, for subjects that have them. */
  readonly ticks?: number;
  /** Hook points to read at every step. */
  readonly read?: readonly string[];
  /** Hook points to replace at every step. */
  readonly patch?: Readonly<Record<string, Float32Array>>;
}

/** What happened in a batch of episodes; arrays are `[batch, steps]`, row by row. */
export interface Episodes {
  readonly batch: number;
  readonly steps: number;
  readonly actions: Int32Array;
  /** Rewards of the base objective, even where the feedback shown was another. */
  readonly rewards: Float32Array;
  /** Values of the hook points that were read, one array `[batch, ...]` a step. */
  readonly read: Readonly<Record<string, readonly Float32Array[]>>;
}

export interface Subject<I = unknown> {
  run(instances: readonly I[], options: EpisodeOptions<I>): Promise<Episodes>;
  /** Names that `read` and `patch` take; empty where the subject has no inside to look at. */
  readonly hooks: readonly string[];
  /** Whether `ticks` may be varied. */
  readonly ticks: boolean;
}

/** Values of a hook point, example by example. */
export interface HookValues {
  /** Shape of one example's values. */
  readonly shape: readonly number[];
  /** `[batch, ...shape]` */
  readonly data: Float32Array;
}

export interface PredictOptions {
  /** Inner iterations, for subjects that have them. */
  readonly ticks?: number;
  /** Hook points to read. */
  readonly read?: readonly string[];
  /** Hook points to replace, example by example. */
  readonly patch?: Readonly<Record<string, HookValues>>;
}

/** What a subject puts out for a batch of examples. */
export interface Prediction {
  /** `[steps, batch, outputs]` */
  readonly outputs: Float32Array;
  /** The outputs after each tick, for subjects that have ticks. */
  readonly ticks?: readonly Float32Array[];
  readonly read: Readonly<Record<string, HookValues>>;
}

/** Parameters of a subject, and the same function with others in their place. */
export interface SubjectParameters {
  readonly values: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly data: Float32Array }>
  >;
  with(values: Readonly<Record<string, Float32Array>>): Promise<PredictiveSubject>;
}

/** A subject of a supervised task. */
export interface PredictiveSubject {
  predict(examples: ExampleBatch, options?: PredictOptions): Promise<Prediction>;
  /** Names that `read` and `patch` take; a tick's are `name.tick` with ticks counted from 1. */
  readonly hooks: readonly string[];
  /** The number of ticks by default, where they may be varied. */
  readonly ticks: number | undefined;
  /** Whether examples may hold pictures of another size than in training, with as many outputs as pixels. */
  readonly anySize?: boolean;
  /** The largest number of ticks that may be asked for, where there is one. */
  readonly mostTicks?: number;
  /** Where it has parameters that may be replaced. */
  readonly parameters?: SubjectParameters;
}

/** A batch of decisions to be made: one for each episode. */
export interface DecisionBatch<S = unknown> {
  readonly step: number;
  readonly size: number;
  /** States as observed, one an episode. */
  readonly states: readonly S[];
  /** The observations `[batch, observationSize]`, written on first use. */
  observations(): Float32Array;
}

/** A policy played over a batch of episodes that start together. */
export interface BatchPolicy<I = unknown, S = unknown> {
  readonly hooks: readonly string[];
  /** The number of ticks a step by default, where it may be varied. */
  readonly ticks?: number | undefined;
  /** Starts new episodes on these instances. */
  begin(
    instances: readonly I[],
    options: Pick<EpisodeOptions<I>, "key" | "read" | "patch" | "ticks">,
  ): void;
  /** One action an episode, and the hook points read at this step. */
  decide(
    batch: DecisionBatch<S>,
  ): Promise<{ actions: Int32Array; read?: Readonly<Record<string, Float32Array>> }>;
}
