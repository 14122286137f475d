/** Adds to a graph what one update of its parameters computes. */
import { GraphError } from "../core/errors.ts";
import { describe, type Graph, producer, type Tensor } from "../core/graph.ts";
import { size } from "../core/shape.ts";
import { gradients } from "../gradient/differentiate.ts";
import { add, div, minimum, mul, sqrt, sub } from "../ops/elementwise.ts";
import { concat, flatten, reshape, split } from "../ops/layout.ts";
import { sumSquare } from "../ops/reduce.ts";
import type { Optimizer } from "../optimizers/index.ts";

export interface UpdatePlan {
  /** Parameters that the update changes, in the order of the vectors below. */
  readonly trainable: readonly Tensor[];
  readonly updated: readonly Tensor[];
  /** One vector for each slot of the optimizer, with all parameters end to end: as input and as output. */
  readonly slots: readonly { readonly before: Tensor; readonly after: Tensor }[];
  /** Input `[k]`: the learning rate unless it is a tensor, then the optimizer's scalars. */
  readonly scalars: Tensor;
  /** Root of the sum of squares of all gradients before clipping, `[1]`; with clipping only. */
  readonly norm: Tensor | undefined;
}

export interface PlanOptions {
  readonly optimizer: Optimizer;
  readonly clipNorm?: number;
  readonly trainable?: (name: string) => boolean;
}

/** Everything from the loss's gradients to the new parameters. */
export function planUpdate(loss: Tensor, options: PlanOptions): UpdatePlan {
  const { raw, trainable } = planGradient(loss, options);
  return planApply(raw, trainable, options);
}

/** The gradients of a loss with respect to all that is trained, end to end in one vector. */
export function planGradient(loss: Tensor, options: PlanOptions) {
  const trainable = chooseTrainable(loss, options.trainable);
  return { raw: concat(gradients(loss, trainable).map(flatten), 0), trainable };
}

/** From the gradients of `trainable`, end to end in one vector, to the new parameters. */
export function planApply(
  raw: Tensor,
  trainable: readonly Tensor[],
  options: PlanOptions,
): UpdatePlan {
  const { optimizer, clipNorm } = options;
  const { graph } = raw;
  const norm = clipNorm === undefined ? undefined : sqrt(reshape(sumSquare(raw), [1]));
  const gradient = norm === undefined ? raw : clip(raw, norm, clipNorm!);
  const before = optimizer.slots.map(() => graph.hidden(raw.shape));
  const { scalars, rate, rest } = scalarInputs(graph, optimizer);
  const step = optimizer.step(gradient, before, rate, rest);
  const parts = split(
    step.change,
    trainable.map((parameter) => size(parameter.shape)),
    0,
  );
  const decay = optimizer.decay;
  const kept = decay === undefined ? undefined : sub(1, mul(rate, decay.rate));
  const updated = trainable.map((parameter, i) => {
    const decays = decay?.applies?.(parameter.name!, parameter.shape) ?? true;
    const start = kept !== undefined && decays ? scale(parameter, kept) : parameter;
    return sub(start, reshape(parts[i]!, parameter.shape));
  });
  const slots = before.map((slot, i) => ({ before: slot, after: step.slots[i]! }));
  return { trainable, updated, slots, scalars, norm };
}

/** Parameters times `[1]`, without adding an axis to a scalar parameter. */
const scale = (parameter: Tensor, factor: Tensor): Tensor =>
  mul(parameter, parameter.shape.length === 0 ? reshape(factor, []) : factor);

/** gradient * min(1, limit / (norm + 1e-6)), as PyTorch's clip_grad_norm_. */
const clip = (gradient: Tensor, norm: Tensor, limit: number): Tensor =>
  mul(gradient, minimum(div(limit, add(norm, 1e-6)), 1));

function scalarInputs(graph: Graph, optimizer: Optimizer) {
  const given = typeof optimizer.learningRate === "object" ? optimizer.learningRate : undefined;
  if (given !== undefined && (given.graph !== graph || size(given.shape) !== 1)) {
    throw new GraphError(`learning rate ${describe(given)} is not a scalar of the loss's graph.`);
  }
  const own = given === undefined ? 1 : 0;
  // A vector of at least one element, so that every optimizer takes the same inputs.
  const count = Math.max(1, own + optimizer.scalars(1).length);
  const scalars = graph.hidden([count]);
  const parts = split(scalars, count, 0);
  const rate = given === undefined ? parts[0]! : reshape(given, [1]);
  return { scalars, rate, rest: parts.slice(own) };
}

/** The parameters on which the loss depends and that are not held fixed. */
function chooseTrainable(loss: Tensor, allowed: (name: string) => boolean = () => true): Tensor[] {
  if (size(loss.shape) !== 1) {
    throw new GraphError(`compileTraining: loss ${describe(loss)} is not a scalar.`);
  }
  const seen = new Set<Tensor>();
  const stack = [loss];
  while (stack.length > 0) {
    const tensor = stack.pop()!;
    if (seen.has(tensor)) continue;
    seen.add(tensor);
    for (const input of producer(tensor)?.inputs ?? []) if (input) stack.push(input);
  }
  const chosen = [...loss.graph.parameters.values()].filter(
    (parameter) => seen.has(parameter) && allowed(parameter.name!),
  );
  if (chosen.length === 0) {
    throw new GraphError(
      `compileTraining: loss ${describe(loss)} depends on no trainable parameter.`,
    );
  }
  return chosen;
}
