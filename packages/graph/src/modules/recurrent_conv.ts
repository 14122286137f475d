/** A convolutional block applied again and again, with the input recalled at each tick (Bansal et al. 2022, "deep thinking"). */
import { check } from "../core/errors.ts";
import { describe, type Graph, type Tensor } from "../core/graph.ts";
import { conv2d } from "../ops/conv.ts";
import { add, relu } from "../ops/elementwise.ts";
import { split } from "../ops/layout.ts";
import { kaimingInit, namedSource, type Uniform } from "./init.ts";

/** Kernels of one tick, all 3 x 3 with padding 1 and no bias; `W` channels inside, `I` in. */
export interface RecurrentConvBlock {
  /** `[W, W + I, 3, 3]`: state and recalled input. */
  readonly r: Tensor;
  /** `[W, W, 3, 3]`, as is b: the residual branch. */
  readonly a: Tensor;
  readonly b: Tensor;
}

/** The block with kernels of the same kind before and after it; `O` channels out. */
export interface RecurrentConvWeights extends RecurrentConvBlock {
  /** `[W, I, 3, 3]`: the first state. */
  readonly p: Tensor;
  /** `[O, W, 3, 3]`: the head. */
  readonly h: Tensor;
}

export interface RecurrentConvBlockOptions {
  readonly inputs: number;
  readonly width: number;
  /** Parameters are `<name>.r` and so on; "conv" when omitted. */
  readonly name?: string;
  readonly random?: Uniform;
}

export interface RecurrentConvOptions extends RecurrentConvBlockOptions {
  readonly outputs: number;
}

/** Declares a kernel, drawn by Kaiming's rule for ReLU. */
function kernel(g: Graph, full: string, from: number, to: number, random?: Uniform): Tensor {
  return g.parameter(full, [to, from, 3, 3], kaimingInit(random ?? namedSource(full), 9 * from));
}

/** Declares the kernels of one tick. */
export function recurrentConvBlock(
  g: Graph,
  { inputs, width, name = "conv", random }: RecurrentConvBlockOptions,
): RecurrentConvBlock {
  return {
    r: kernel(g, `${name}.r`, width + inputs, width, random),
    a: kernel(g, `${name}.a`, width, width, random),
    b: kernel(g, `${name}.b`, width, width, random),
  };
}

/** Declares all kernels. */
export function recurrentConvWeights(
  g: Graph,
  options: RecurrentConvOptions,
): RecurrentConvWeights {
  const { inputs, width, outputs, name = "conv", random } = options;
  return {
    p: kernel(g, `${name}.p`, inputs, width, random),
    ...recurrentConvBlock(g, options),
    h: kernel(g, `${name}.h`, width, outputs, random),
  };
}

const near = { padding: 1 } as const;

/** The first state, relu(p * x), `[batch, W, height, width]`. */
export const recurrentConvStart = (x: Tensor, weights: RecurrentConvWeights): Tensor =>
  relu(conv2d(x, weights.p, near));

/**
 * The step from tick to tick: z = r * concat(y, x), y' = relu(b * relu(a * z) + z). The input's share of z is the same
 * at each tick and computed once.
 */
export function recurrentConvTick(x: Tensor, weights: RecurrentConvBlock): (y: Tensor) => Tensor {
  const width = weights.b.shape[0]!;
  check(
    weights.r.shape[1] === width + x.shape[1]!,
    () =>
      `recurrentConv: kernel ${describe(weights.r)} does not take ${width} channels of state and input ${describe(x)}.`,
  );
  const [fromState, fromInput] = split(weights.r, [width, x.shape[1]!], 1) as [Tensor, Tensor];
  const recalled = conv2d(x, fromInput, near);
  return (y) => {
    const z = add(conv2d(y, fromState, near), recalled);
    return relu(add(conv2d(relu(conv2d(z, weights.a, near)), weights.b, near), z));
  };
}

/** h * y, `[batch, O, height, width]`. */
export const recurrentConvHead = (y: Tensor, weights: RecurrentConvWeights): Tensor =>
  conv2d(y, weights.h, near);

/**
 * The block from its start through `ticks` steps.
 * @param x `[batch, I, height, width]`
 * @returns the head's result after the last tick, and the state before the first and after each tick.
 */
export function recurrentConv(
  x: Tensor,
  weights: RecurrentConvWeights,
  ticks: number,
): { readonly logits: Tensor; readonly states: readonly Tensor[] } {
  const tick = recurrentConvTick(x, weights);
  const states = [recurrentConvStart(x, weights)];
  for (let t = 0; t < ticks; t++) states.push(tick(states.at(-1)!));
  return { logits: recurrentConvHead(states.at(-1)!, weights), states };
}
