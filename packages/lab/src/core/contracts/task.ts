/** The contract of a task: training distribution and base objective (the paper, section 1.1). */
import type { z } from "zod";
import type { Key, Random } from "../random.ts";

/** A named stretch of the observation vector and what kind of thing it tells the learner. */
export interface ObservationField {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  /** `instance`: names the instance; `action`: what the learner did last; `feedback`: what the episode reveals. */
  readonly role: "instance" | "action" | "feedback" | "state";
}

/** What an architecture must know of a task to fit its inputs and outputs. */
export interface TaskInterface {
  readonly observation: readonly ObservationField[];
  /** Floats in one observation. */
  readonly observationSize: number;
  /** Number of discrete actions. */
  readonly actions: number;
  /** Largest number of environment steps in an episode. */
  readonly horizon: number;
}

/** The rules of an episodic family as pure functions: planners and probes call them directly. */
export interface EpisodicRules<I, S> extends TaskInterface {
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
 * A family of tasks. Implementations are pure: the same parameters and randomness give the same instance.
 * `P`: parameters, `I`: instance, `S`: state within an episode.
 */
export interface TaskFamily<P = unknown, I = unknown, S = unknown> {
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

/** A task as it reaches a base optimizer or a signature: rules, instances, and chance. */
export interface Task<I = unknown, S = unknown> {
  readonly family: string;
  readonly rules: EpisodicRules<I, S>;
  readonly training: InstanceSource<I>;
  /** Instances whose identity never occurs in training; thresholds are chosen on these. */
  readonly validation: InstanceSource<I>;
  /** Instances whose identity occurs neither in training nor in validation. */
  readonly heldOut: InstanceSource<I>;
  chance(instance: I): DiscreteDistribution;
  readonly optimum: number;
  readonly reference: {
    readonly solver: string;
    readonly expected: number;
    readonly exact: boolean;
  };
  readonly solvers: readonly Solver<I, S>[];
}
