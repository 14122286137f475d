/** The contracts of architectures and base optimizers: what is searched over, and how. */
import type { z } from "zod";
import type { Key } from "../random.ts";
import type { BatchPolicy, PredictiveSubject } from "./subject.ts";
import type { EpisodicRules, ExampleBatch, SupervisedLoss, Task, TaskInterface } from "./task.ts";

/** Tensors of a network at `steps` time steps of `batch` episodes. */
export interface NetworkInputs<Tensor> {
  /** `[steps, batch, observationSize]` */
  readonly observations: Tensor;
  /** State at the start, by name, `[batch, ...]`. */
  readonly carry: Readonly<Record<string, Tensor>>;
  /**
   * Called with the state after each tick, counted from 0 at the start, by architectures with inner iterations:
   * the next tick goes on from what it returns. State as it is where this is left out.
   */
  readonly betweenTicks?: (state: Tensor, tick: number) => Tensor;
}

export interface NetworkOutputs<Tensor> {
  /** Unnormalized log probabilities of actions or classes, or predicted values: `[steps, batch, outputs]`. */
  readonly logits: Tensor;
  /** Expected reward to come `[steps, batch]`; supervised learners leave it aside. */
  readonly value: Tensor;
  /** The logits after each tick, the last of them `logits`, for architectures with inner iterations. */
  readonly ticks?: readonly Tensor[];
  /** For architectures that decide when to halt, with `ticks` the answers had they halted by then. */
  readonly halting?: {
    /** Probability of halting after each tick, `[steps * batch, ticks]`; rows sum to one. */
    readonly probabilities: Tensor;
    /** The answer at each tick itself, `[steps, batch, outputs]`. */
    readonly answers: readonly Tensor[];
  };
  /** State at the end, with the names and shapes of the inputs' carry. */
  readonly carry: Readonly<Record<string, Tensor>>;
}

interface ArchitectureBase<P> {
  readonly id: string;
  readonly title: string;
  /** One sentence: which algorithms it can express, and where it is from. */
  readonly description: string;
  readonly parameters: z.ZodType<P>;
}

/** A family of differentiable functions; `Graph` and `Tensor` are those of the graph package. */
export interface NetworkArchitecture<Graph, Tensor, P = unknown> extends ArchitectureBase<P> {
  readonly kind: "network";
  /** The one kind of task that it fits, where it does not fit every kind. */
  readonly only?: Task["kind"];
  /** Sees pictures: needs a task with a `grid`, and takes pictures of every size with the same parameters. */
  readonly sees?: "pictures";
  /** Shapes of the carry for one episode, by name; empty where nothing is kept between steps. */
  carry(io: TaskInterface, parameters: P): Readonly<Record<string, readonly number[]>>;
  /** Hook points that `build` names. */
  hooks(parameters: P): readonly string[];
  /** Inner iterations in training, for architectures that have them; `withTicks` gives the same function with others. */
  ticks?(parameters: P): number;
  withTicks?(parameters: P, ticks: number): P;
  /**
   * Builds the function into `graph`; parameters are named alike at every call, so that a one-step and an
   * unrolled graph share them. `uniform` gives the randomness of the initial values.
   */
  build(
    graph: Graph,
    inputs: NetworkInputs<Tensor>,
    io: TaskInterface,
    parameters: P,
    uniform: () => number,
  ): NetworkOutputs<Tensor>;
}

/** A table from observations to values: nothing is shared between inputs. */
export interface TableArchitecture<P = unknown> extends ArchitectureBase<P> {
  readonly kind: "table";
}

export type Architecture<Graph, Tensor> = NetworkArchitecture<Graph, Tensor> | TableArchitecture;

/** What a base optimizer may spend; the first limit that is met ends training. */
export interface Budget {
  /** Parameter updates. */
  readonly updates: number;
}

/** What was spent. */
export interface Spent {
  readonly updates: number;
  /** Environment steps seen. */
  readonly samples: number;
  /** Floating-point operations, multiply and add counted apart; 0 where none are spent. */
  readonly flops: number;
  /** Candidate algorithms evaluated; 0 where the algorithm keeps one candidate. */
  readonly candidates: number;
}

/** Experience of one update; arrays are `[steps, batch, ...]`. */
export interface RolloutBatch {
  readonly steps: number;
  readonly batch: number;
  /** `[steps, batch, observationSize]` */
  readonly observations: Float32Array;
  readonly actions: Int32Array;
  readonly rewards: Float32Array;
  /** 1 where the step was taken before the episode ended. */
  readonly mask: Float32Array;
  /** What the teacher would have done at each step, where there is one. */
  readonly advice?: Int32Array;
}

/** Named arrays that a snapshot or a learned algorithm consists of. */
export type NamedArrays = Readonly<
  Record<
    string,
    { readonly shape: readonly number[]; readonly data: Float32Array | Int32Array | BigInt64Array }
  >
>;

interface LearnedBase {
  /** Trained parameters, by name. */
  parameters(): NamedArrays;
  /** The one-step function as an ONNX file, where there is one. */
  onnx(): Uint8Array | undefined;
  /** Number of stored numbers. */
  readonly size: number;
}

/** The frozen product of training on an episodic task. */
export interface LearnedPolicy<I = unknown, S = unknown> extends LearnedBase {
  readonly kind: "episodic";
  /** A policy that plays as the algorithm does, without further updates. */
  policy(): BatchPolicy<I, S>;
}

/** The frozen product of training on a supervised task. */
export interface LearnedPredictor extends LearnedBase {
  readonly kind: "supervised";
  /** A subject that predicts as the algorithm does, without further updates. */
  subject(): PredictiveSubject;
}

/** The frozen product of training. */
export type LearnedAlgorithm<I = unknown, S = unknown> = LearnedPolicy<I, S> | LearnedPredictor;

/** Diagnostics by name, and floating-point operations spent. */
export interface UpdateReport {
  readonly metrics: Readonly<Record<string, number>>;
  readonly flops: number;
}

interface LearnerBase {
  /** Number of updates made. */
  readonly updates: number;
  /** All state, for an exact resume. */
  snapshot(): NamedArrays;
  restore(snapshot: NamedArrays): void;
  dispose(): Promise<void>;
}

/** A learner that acts, in the course of training: state of the base optimizer for one architecture. */
export interface EpisodicLearner<I = unknown, S = unknown> extends LearnerBase {
  readonly kind: "episodic";
  /** The policy that explores; what it plays is handed to `update`. */
  readonly explorer: BatchPolicy<I, S>;
  update(experience: RolloutBatch): Promise<UpdateReport>;
  /**
   * Plays and updates at once, for learners that have a faster way than step by step: what comes of it is what the
   * explorer and `update` make of these episodes, up to rounding. Undefined where there is no such way by these rules.
   * @param instances those that every candidate plays.
   */
  playAndUpdate?(
    rules: EpisodicRules<I, S>,
    instances: readonly I[],
    key: Key,
  ): Promise<UpdateReport> | undefined;
  /** The algorithm as it stands; valid until the next update. */
  learned(): LearnedPolicy<I, S>;
}

/** A learner that predicts, in the course of training. */
export interface SupervisedLearner extends LearnerBase {
  readonly kind: "supervised";
  update(examples: ExampleBatch): Promise<UpdateReport>;
  /** The algorithm as it stands; valid until the next update. */
  learned(): LearnedPredictor;
}

export type Learner<I = unknown, S = unknown> = EpisodicLearner<I, S> | SupervisedLearner;

/** An update rule with its biases; with an architecture and a budget it makes a base optimizer. */
export interface OptimizerAlgorithm<A = unknown, P = unknown> {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly searches: "network" | "table";
  /** Kind of task that it learns; `any`: episodic ones by playing, supervised ones by their loss. */
  readonly learns: Task["kind"] | "any";
  readonly parameters: z.ZodType<P>;
  /** Episodes or examples that one update sees; with candidates, that each of them sees. */
  batch(parameters: P): number;
  /**
   * Candidates that one update evaluates, for algorithms that keep more than one. All play the same instances: the
   * explorer plays the batch as often as there are candidates, first the first candidate's episodes, then the next one's.
   */
  candidates?(parameters: P): number;
  /** Id of the task's solver whose advice it learns from, or `reference` for the task's reference solver. */
  teacher?(parameters: P): string;
  create(context: {
    readonly architecture: A;
    readonly architectureParameters: unknown;
    readonly parameters: P;
    readonly io: TaskInterface;
    /** The task's loss, for algorithms that learn from targets. */
    readonly loss: SupervisedLoss | undefined;
    readonly budget: Budget;
    readonly key: Key;
  }): Promise<Learner>;
}

/** An event of training, in order of updates; its functions are valid until the next event is asked for. */
export type TrainingEvent<I = unknown, S = unknown> = {
  readonly spent: Spent;
  /** All state, for an exact resume. */
  readonly snapshot: () => NamedArrays;
} & (
  | { readonly type: "update"; readonly metrics: Readonly<Record<string, number>> }
  /** A checkpoint is due, or training stops here. */
  | { readonly type: "checkpoint"; readonly learned: LearnedAlgorithm<I, S> }
);

/** Update rule, architecture, biases and budget together: a pure description that can be run. */
export interface BaseOptimizer {
  readonly description: {
    readonly architecture: string;
    readonly architectureParameters: unknown;
    readonly algorithm: string;
    readonly algorithmParameters: unknown;
    readonly budget: Budget;
  };
  /** Trains; stops between updates when `signal` is aborted (the last event is then a checkpoint). */
  train(
    task: Task,
    seed: number,
    options?: {
      readonly signal?: AbortSignal;
      /** Updates at which a checkpoint is due, ascending. */
      readonly checkpoints?: readonly number[];
      readonly resume?: { readonly snapshot: NamedArrays; readonly spent: Spent };
    },
  ): AsyncIterable<TrainingEvent>;
}
