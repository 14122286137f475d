/** Learned halting: PonderNet (Banino, Balaguer and Blundell 2021, arXiv 2107.05407). */
import { check } from "../core/errors.ts";
import { describe, type Tensor } from "../core/graph.ts";
import { add, log, mul, neg, sigmoid, sub } from "../ops/elementwise.ts";
import { addAll, concat, reshape, slice } from "../ops/layout.ts";
import { mean, sum } from "../ops/reduce.ts";

export interface Halting {
  /** Probability of halting after each tick, `[batch, ticks]`; rows sum to one, the last tick takes what is left. */
  readonly probabilities: Tensor;
  /** Expected number of ticks, `[batch]`. */
  readonly expectedTicks: Tensor;
}

/**
 * The distribution of the tick at which each example halts: p_n = l_n (1 - l_1) ... (1 - l_{n-1}) with l = sigmoid(logit)
 * (section 2.2 of the paper); at the last tick everything halts that has not.
 * @param logits one `[batch]` or `[batch, 1]` tensor for each tick; that of the last tick is not used.
 */
export function halting(logits: readonly Tensor[]): Halting {
  const batch = logits[0]?.shape[0] ?? 0;
  for (const logit of logits) {
    check(
      logit.shape[0] === batch && logit.shape.slice(1).every((length) => length === 1),
      () => `halting: logit ${describe(logit)} is not one number for each of ${batch} examples.`,
    );
  }
  check(logits.length > 0, () => "halting: at least one tick is needed.");
  const { graph } = logits[0]!;
  let left: Tensor | undefined;
  const parts: Tensor[] = [];
  logits.forEach((logit, n) => {
    const stop = sigmoid(reshape(logit, [batch, 1]));
    const isLast = n === logits.length - 1;
    const whole = left ?? graph.constant(new Float32Array(batch).fill(1), [batch, 1]);
    parts.push(isLast ? whole : mul(whole, stop));
    left = isLast ? left : mul(whole, sub(1, stop));
  });
  const probabilities = concat(parts, 1);
  const numbers = graph.constant(Float32Array.from(logits, (_, n) => n + 1));
  return { probabilities, expectedTicks: sum(mul(probabilities, numbers), { axes: [1] }) };
}

/**
 * The expectation over the halting tick of a loss given for each tick, averaged over the batch.
 * @param losses one `[batch]` tensor for each tick.
 */
export function expectedLoss({ probabilities }: Halting, losses: readonly Tensor[]): Tensor {
  const terms = losses.map((loss, n) => {
    const weight = reshape(slice(probabilities, [n], [n + 1], [1]), loss.shape);
    return mul(weight, loss);
  });
  return mean(addAll(terms));
}

/**
 * Divergence of the halting distribution from a geometric one with the given rate, cut at the last tick and
 * normalized; in nats, averaged over the batch (equation 2 of the paper).
 */
export function haltingDivergence({ probabilities }: Halting, rate: number): Tensor {
  const ticks = probabilities.shape[1]!;
  const weights = Float32Array.from({ length: ticks }, (_, n) => rate * (1 - rate) ** n);
  const total = weights.reduce((a, b) => a + b, 0);
  const prior = probabilities.graph.constant(weights.map((w) => Math.log(w / total)));
  // The smallest normal number keeps log finite where a probability has vanished.
  const logs = log(add(probabilities, 1.2e-38));
  return mean(sum(mul(probabilities, add(logs, neg(prior))), { axes: [1] }));
}

/** Values of each tick weighted by the halting probabilities: values `[batch, features]`, result the same. */
export function expectedValue({ probabilities }: Halting, values: readonly Tensor[]): Tensor {
  return addAll(values.map((value, n) => mul(slice(probabilities, [n], [n + 1], [1]), value)));
}
