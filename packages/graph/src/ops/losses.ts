/** Losses: means over all elements unless `reduction` says otherwise, as PyTorch's. */
import { check } from "../core/errors.ts";
import { describe, type Tensor } from "../core/graph.ts";
import { sameShape } from "../core/shape.ts";
import { abs, add, exp, less, log, maximum, mul, neg, sub, where } from "./elementwise.ts";
import { gatherElements } from "./indexing.ts";
import { squeeze, unsqueeze } from "./layout.ts";
import { checkDtype } from "./operand.ts";
import { logSoftmax, mean, sum } from "./reduce.ts";

export type Reduction = "mean" | "sum" | "none";

function reduceLoss(x: Tensor, reduction: Reduction): Tensor {
  if (reduction === "none") return x;
  return reduction === "sum" ? sum(x) : mean(x);
}

function checkSame(operation: string, a: Tensor, b: Tensor): void {
  check(
    sameShape(a.shape, b.shape) && a.dtype === b.dtype,
    () =>
      `${operation}: prediction ${describe(a)} and target ${describe(b)} differ in shape or element type.`,
  );
}

/** log of the probability that `softmax(logits)` gives to `index`: logits `[..., classes]`, index int64 `[...]`. */
export function logProbability(logits: Tensor, index: Tensor): Tensor {
  checkDtype("logProbability", index, "int64");
  check(
    sameShape(logits.shape.slice(0, -1), index.shape),
    () => `logProbability: index ${describe(index)} does not fit logits ${describe(logits)}.`,
  );
  return squeeze(gatherElements(logSoftmax(logits), unsqueeze(index, -1), -1), -1);
}

/** -log softmax(logits)[target]: logits `[..., classes]`, target int64 `[...]`. */
export function crossEntropy(
  logits: Tensor,
  target: Tensor,
  reduction: Reduction = "mean",
): Tensor {
  checkDtype("crossEntropy", target, "int64");
  check(
    sameShape(logits.shape.slice(0, -1), target.shape),
    () => `crossEntropy: target ${describe(target)} does not fit logits ${describe(logits)}.`,
  );
  return neg(reduceLoss(logProbability(logits, target), reduction));
}

/** Entropy in nats of `softmax(logits)` over the last axis: shape `logits.shape` without its last. */
export function entropy(logits: Tensor): Tensor {
  const logs = logSoftmax(logits);
  return neg(sum(mul(exp(logs), logs), { axes: [-1] }));
}

/** -(target log p + (1 - target) log(1 - p)) with p = sigmoid(logits), without overflow. */
export function binaryCrossEntropyWithLogits(
  logits: Tensor,
  target: Tensor,
  reduction: Reduction = "mean",
): Tensor {
  checkSame("binaryCrossEntropyWithLogits", logits, target);
  const softened = log(add(exp(neg(abs(logits))), 1));
  return reduceLoss(add(sub(maximum(logits, 0), mul(logits, target)), softened), reduction);
}

/** (prediction - target)^2. */
export function mse(prediction: Tensor, target: Tensor, reduction: Reduction = "mean"): Tensor {
  checkSame("mse", prediction, target);
  const difference = sub(prediction, target);
  return reduceLoss(mul(difference, difference), reduction);
}

/** d^2 / 2 where |d| < delta, delta (|d| - delta / 2) elsewhere, with d = prediction - target (Huber 1964). */
export function huber(
  prediction: Tensor,
  target: Tensor,
  delta = 1,
  reduction: Reduction = "mean",
): Tensor {
  checkSame("huber", prediction, target);
  const difference = sub(prediction, target);
  const distance = abs(difference);
  const inner = mul(mul(difference, difference), 0.5);
  const outer = mul(sub(distance, delta / 2), delta);
  return reduceLoss(where(less(distance, delta), inner, outer), reduction);
}
