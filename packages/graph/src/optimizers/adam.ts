import { add, div, mul, sqrt } from "../ops/elementwise.ts";
import type { Decay, LearningRate, Optimizer } from "./optimizer.ts";

export interface AdamOptions {
  readonly learningRate: LearningRate;
  /** 0.9 when omitted. */
  readonly beta1?: number;
  /** 0.999 when omitted. */
  readonly beta2?: number;
  /** 1e-8 when omitted. */
  readonly epsilon?: number;
}

export interface AdamWOptions extends AdamOptions {
  /** 0.01 when omitted, as in PyTorch. */
  readonly weightDecay?: number;
  /** Which parameters decay; all when omitted. */
  readonly decays?: NonNullable<Decay["applies"]>;
}

/** Adam (Kingma and Ba 2015, algorithm 1), with PyTorch's defaults. */
export function adam(options: AdamOptions): Optimizer {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  return {
    kind: "adam",
    learningRate,
    slots: ["moment1", "moment2"],
    // m / c1 / (sqrt(v / c2) + e) = m (sqrt(c2) / c1) / (sqrt(v) + e sqrt(c2)), with c the bias corrections.
    scalars(update) {
      const root = Math.sqrt(1 - beta2 ** update);
      return [root / (1 - beta1 ** update), epsilon * root];
    },
    step(gradient, [m, v], rate, [correction, softening]) {
      const first = add(mul(m!, beta1), mul(gradient, 1 - beta1));
      const second = add(mul(v!, beta2), mul(mul(gradient, 1 - beta2), gradient));
      const direction = div(first, add(sqrt(second), softening!));
      return { change: mul(direction, mul(rate, correction!)), slots: [first, second] };
    },
  };
}

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019). */
export function adamW(options: AdamWOptions): Optimizer {
  const { weightDecay = 0.01, decays } = options;
  const decay = { rate: weightDecay, ...(decays === undefined ? {} : { applies: decays }) };
  return { ...adam(options), kind: "adamw", decay };
}
