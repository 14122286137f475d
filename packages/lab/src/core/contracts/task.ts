/** The contract of a task: training distribution and base objective (the paper, section 1.1). */
import type { z } from "zod";
import type { Key, Random } from "../random.ts";

/** A named stretch of the observation vector and what kind of thing it tells the learner. */
export interface ObservationField {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  /**
   * `instance`: names the instance; `action`: what the learner did last; `feedback`: what the episode reveals;
   * `start`: 1 at the first step of an episode, where several are played on one instance, else 0.
   */
  readonly role: "instance" | "action" | "feedback" | "state" | "start";
}

/** What is seen at each step of an episode or of a sequence. */
export interface Observed {
  readonly observation: readonly ObservationField[];
  /** Floats in one observation. */
  readonly observationSize: number;
  /** Largest number of steps in an episode; the number of steps in an example. */
  readonly horizon: number;
  /** Where an observation is a picture: its planes, of which it holds `[channels, height, width]`. */
  readonly grid?: PictureSize;
}

export interface PictureSize {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** What an architecture must know of a task to fit its inputs and outputs. */
export interface TaskInterface extends Observed {
  /** Numbers put out at each step: one for each action or class, or the predicted values themselves. */
  readonly outputs: number;
}

/** The rules of an episodic family as pure functions: planners and probes call them directly. */
export interface EpisodicRules<I, S> extends Observed {
  /** Number of discrete actions. */
  readonly actions: number;
  initial(instance: I): S;
  /** The state after `action`; `noise` is uniform on [0, 1) and the only source of chance. */
  transition(instance: I, state: S, action: number, noise: number): S;
  /** Writes `observationSize` floats at `offset`. */
  observe(instance: I, state: S, out: Float32Array, offset: number): void;
  /** Reward received on entering `state`. */
  reward(state: S): number;
  terminated(state: S): boolean;
  /** The state as shown to a subject from whom feedback is withheld. */
  conceal(state: S): S;
  /**
   * Where episodes consist of paid actions and of nothing else: the chance that an action pays 1. Every episode then
   * lasts for the whole horizon; the reward is 1 where `noise` is below the chance, else 0; fields of the observation
   * are the instance's, the same at every step, the last action as a one among zeros, and the last reward, both zero
   * at the start. Who plays many episodes can do so without asking step by step; rules made of others by changing what
   * happens or is shown must therefore leave it out.
   */
  readonly pays?: ((instance: I, action: number) => number) | undefined;
}

/** A distribution over finitely many totals; `values` ascending, `probabilities` sum to one. */
export interface DiscreteDistribution {
  readonly values: Float64Array;
  readonly probabilities: Float64Array;
}

/** A policy that plays from what is observed (and from the instance itself, if it says so). */
export interface Solver<I, S> {
  readonly id: string;
  readonly title: string;
  /** `observations`: plays fairly; `instance`: an oracle that is shown the answer. */
  readonly knows: "observations" | "instance";
  /** One sentence with the source of the rule. */
  readonly description: string;
  /** A player for one episode: called once a step with the state as observed; `noise` is uniform on [0, 1). */
  begin(instance: I): (observed: S, noise: number) => number;
}

/** What a reader must know of a family, in the manner of an environment card. */
export interface TaskCard {
  readonly title: string;
  readonly summary: string;
  readonly observed: string;
  readonly actions: string;
  readonly reward: string;
  readonly end: string;
  /** How the number of distinct instances N is varied. */
  readonly diversity: string;
  readonly source: string;
}

/**
 * What every family of tasks has, episodic or supervised. Implementations are pure: the same parameters and
 * randomness give the same instance. `P`: parameters, `I`: instance.
 */
export interface InstanceFamily<P = unknown, I = unknown> {
  readonly id: string;
  readonly card: TaskCard;
  readonly parameters: z.ZodType<P>;
  /** Named parameter sets that studies may refer to, e.g. `noisy`. */
  readonly forms: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** One instance, drawn from a stream that many instances share: a new stream for each would cost more. */
  sample(parameters: P, random: Random): I;
  /** Canonical form of an instance, as 32-bit words; its hash is the content hash. */
  words(parameters: P, instance: I): readonly number[];
  /** The part of the canonical form that names the instance: training and held-out parts never share it. */
  identity(parameters: P, instance: I): readonly number[];
  /** Number of distinct identities: exact up to 2^20, beyond that at least a bound; at most 2^1023. */
  count(parameters: P): number;
  /** All identities once each, one instance each; called only where `count` is at most 2^20. */
  enumerate(parameters: P, key: Key): Iterable<I>;
}

/** A family in which a policy acts. `S`: state within an episode. */
export interface EpisodicFamily<P = unknown, I = unknown, S = unknown>
  extends InstanceFamily<P, I> {
  readonly kind: "episodic";
  rules(parameters: P): EpisodicRules<I, S>;
  /** Total reward of the uniformly random policy on an instance, exactly. */
  chance(parameters: P, instance: I): DiscreteDistribution;
  /** The largest expected total reward of a policy that knows the instance, over instances as they are drawn. */
  optimum(parameters: P): number;
  /** Reference solvers; `reference` names the one that is best on a new instance. */
  solvers(parameters: P): readonly Solver<I, S>[];
  reference(parameters: P): {
    readonly solver: string;
    readonly expected: number;
    readonly exact: boolean;
  };
  /** The parts that a run of steps falls into, where it consists of several episodes on one instance. */
  episodes?(parameters: P): RepeatedEpisodes<I>;
}

/** Episodes of equal length that are played one after another on the same instance. */
export interface RepeatedEpisodes<I> {
  readonly count: number;
  /** Total reward of the uniformly random policy in one of them, exactly. */
  chance(instance: I): DiscreteDistribution;
}

/** A family in which outputs are compared with targets. */
export interface SupervisedFamily<P = unknown, I = unknown> extends InstanceFamily<P, I> {
  readonly kind: "supervised";
  rules(parameters: P): SupervisedRules<I>;
  /** Predictors with known answers; some are made from the training instances. */
  predictors(parameters: P): readonly ReferencePredictor<I>[];
  references(parameters: P): PredictorReferences;
}

/** Ids of predictors that are meant when a measurement compares with them. */
export interface PredictorReferences {
  /** Knows nothing: the best blind predictor. */
  readonly chance: string;
  /** Is best on new instances, of those that play fairly. */
  readonly best: string;
  /** Posterior mean over the training instances. */
  readonly memorizer?: string;
  /** Posterior mean over the distribution that instances are drawn from. */
  readonly generalizer?: string;
  /** Gradient descent on what an example shows, by number of steps, ascending. */
  readonly descents?: readonly { readonly steps: number; readonly id: string }[];
}

export type TaskFamily<P = unknown, I = unknown, S = unknown> =
  | EpisodicFamily<P, I, S>
  | SupervisedFamily<P, I>;

/** How outputs are compared with targets; every form is a mean over weighted steps. */
export type SupervisedLoss =
  /** Squared error, summed over outputs. */
  | "squared-error"
  /** Cross-entropy in nats of softmax(outputs) against target probabilities. */
  | "cross-entropy"
  /** Cross-entropy in nats of each logistic output against its target in [0, 1], averaged over outputs. */
  | "binary-cross-entropy";

/** Examples of a supervised task; sequences have steps, pictures have one. */
export interface ExampleBatch {
  readonly steps: number;
  readonly batch: number;
  /** `[steps, batch, observationSize]` */
  readonly inputs: Float32Array;
  /** `[steps, batch, outputs]` */
  readonly targets: Float32Array;
  /** `[steps, batch]`: 1 where the output counts, 0 where it does not. */
  readonly weights: Float32Array;
  /** Size of the pictures, where inputs are pictures: it may be other than in training. */
  readonly grid?: PictureSize;
}

/** The rules of a supervised family. */
export interface SupervisedRules<I> extends TaskInterface {
  readonly loss: SupervisedLoss;
  /** Writes example `index` of the batch, drawn from the instance with randomness of `random`. */
  example(instance: I, random: Random, batch: ExampleBatch, index: number): void;
  /** What outputs `[steps, batch, outputs]` are worth by the base objective, one score an example. */
  score(outputs: Float32Array, batch: ExampleBatch): Float64Array;
  /** Unit of scores; more is better. */
  readonly scoreUnit: string;
}

/** A predictor that is known exactly, to compare subjects with. */
export interface ReferencePredictor<I> {
  readonly id: string;
  readonly title: string;
  /** `inputs`: plays fairly; `training`: made from the training instances; `instance`: an oracle. */
  readonly knows: "inputs" | "training" | "instance";
  /** One sentence with the source of the rule. */
  readonly description: string;
  /**
   * Outputs `[steps, batch, outputs]` in the form that the loss takes (log probabilities where it takes logits).
   * @param known training instances for `training`, the instance of each example for `instance`
   */
  predict(batch: ExampleBatch, known: readonly I[]): Float32Array;
}

/** Where instances come from: a finite list, or an endless stream of new ones. */
export interface InstanceSource<I = unknown> {
  /** Number of distinct instances, or `fresh`: a new one every time. */
  readonly diversity: Diversity;
  /** The distinct instances, when they are finitely many. */
  readonly all: readonly I[] | undefined;
  draw(key: Key, count: number): I[];
}

export type Diversity = number | "fresh";

/** What every task has as it reaches a base optimizer or a signature. */
export interface TaskSources<I = unknown> {
  readonly family: string;
  /** Of the family, as it parsed them. */
  readonly parameters: unknown;
  readonly training: InstanceSource<I>;
  /** Instances whose identity never occurs in training; thresholds are chosen on these. */
  readonly validation: InstanceSource<I>;
  /** Instances whose identity occurs neither in training nor in validation. */
  readonly heldOut: InstanceSource<I>;
}

/** A task in which a policy acts: rules, instances, and chance. */
export interface EpisodicTask<I = unknown, S = unknown> extends TaskSources<I> {
  readonly kind: "episodic";
  readonly rules: EpisodicRules<I, S>;
  chance(instance: I): DiscreteDistribution;
  readonly optimum: number;
  readonly reference: {
    readonly solver: string;
    readonly expected: number;
    readonly exact: boolean;
  };
  readonly solvers: readonly Solver<I, S>[];
  /** Where several episodes are played on one instance. */
  readonly episodes?: RepeatedEpisodes<I>;
}

/** A task in which outputs are compared with targets. */
export interface SupervisedTask<I = unknown> extends TaskSources<I> {
  readonly kind: "supervised";
  readonly rules: SupervisedRules<I>;
  readonly predictors: readonly ReferencePredictor<I>[];
  readonly references: PredictorReferences;
}

export type Task<I = unknown, S = unknown> = EpisodicTask<I, S> | SupervisedTask<I>;
