import { add, div, mul, sqrt } from "../ops/elementwise.ts";
import type { LearningRate, Optimizer } from "./optimizer.ts";

export interface SgdOptions {
  readonly learningRate: LearningRate;
  /** 0 when omitted. */
  readonly momentum?: number;
  /** Nesterov's momentum, as PyTorch has it. False when omitted. */
  readonly nesterov?: boolean;
}

/** Gradient descent, with PyTorch's momentum (the velocity is not scaled by the learning rate). */
export function sgd(options: SgdOptions): Optimizer {
  const { learningRate, momentum = 0, nesterov = false } = options;
  return {
    kind: "sgd",
    learningRate,
    slots: momentum === 0 ? [] : ["velocity"],
    scalars: () => [],
    step(gradient, [velocity], rate) {
      if (velocity === undefined) return { change: mul(gradient, rate), slots: [] };
      const next = add(mul(velocity, momentum), gradient);
      const direction = nesterov ? add(gradient, mul(next, momentum)) : next;
      return { change: mul(direction, rate), slots: [next] };
    },
  };
}

export interface RmsPropOptions {
  readonly learningRate: LearningRate;
  /** Weight of the past in the mean square; 0.99 when omitted. */
  readonly decay?: number;
  /** 1e-8 when omitted. */
  readonly epsilon?: number;
}

/** RMSProp (Hinton's lecture 6e, 2012), as PyTorch has it: not centred, epsilon outside the root. */
export function rmsProp(options: RmsPropOptions): Optimizer {
  const { learningRate, decay = 0.99, epsilon = 1e-8 } = options;
  return {
    kind: "rmsprop",
    learningRate,
    slots: ["meanSquare"],
    scalars: () => [],
    step(gradient, [meanSquare], rate) {
      const next = add(mul(meanSquare!, decay), mul(mul(gradient, 1 - decay), gradient));
      return { change: mul(div(gradient, add(sqrt(next), epsilon)), rate), slots: [next] };
    },
  };
}
