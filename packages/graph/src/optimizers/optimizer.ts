/** What an optimizer is: rules over one vector that holds all gradients end to end. */
import type { Tensor } from "../core/graph.ts";
import type { Shape } from "../core/shape.ts";

/** A fixed rate, a function of the number of the update (from 1), or a scalar input of the graph. */
export type LearningRate = number | ((update: number) => number) | Tensor;

/** Decoupled weight decay (Loshchilov and Hutter 2019): each update scales parameters by 1 - learning rate * rate. */
export interface Decay {
  readonly rate: number;
  /** Which parameters decay; all when omitted. */
  readonly applies?: (name: string, shape: Shape) => boolean;
}

export interface Optimizer {
  readonly kind: string;
  readonly learningRate: LearningRate;
  /** Names of the vectors that it keeps from update to update; they start at zero. */
  readonly slots: readonly string[];
  readonly decay?: Decay;
  /** Numbers for update number `update`, counted from 1, computed in double precision outside the graph. */
  scalars(update: number): readonly number[];
  /**
   * Adds one update to the graph.
   * @param gradient `[n]`
   * @param slots each `[n]`
   * @param rate the learning rate, `[1]`
   * @param scalars the numbers of {@link scalars}, each `[1]`
   * @returns what is subtracted from the parameters, `[n]`, and the new slots.
   */
  step(
    gradient: Tensor,
    slots: readonly Tensor[],
    rate: Tensor,
    scalars: readonly Tensor[],
  ): { readonly change: Tensor; readonly slots: readonly Tensor[] };
}
