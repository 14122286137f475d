/** Long short-term memory (Hochreiter and Schmidhuber 1997), with PyTorch's gates i, f, g, o. */
import { check } from "../core/errors.ts";
import { describe, type Graph, type Tensor } from "../core/graph.ts";
import { add, mul, sigmoid, tanh } from "../ops/elementwise.ts";
import { reshape, slice, split, stack } from "../ops/layout.ts";
import { gemm } from "../ops/matrix.ts";
import { fanInInit, namedSource, type Uniform } from "./init.ts";

/** Parameters of an LSTM with `H` units and `F` input features, gates in the order i, f, g, o. */
export interface LstmWeights {
  /** `[4 * H, F]` */
  readonly wi: Tensor;
  /** `[4 * H, H]` */
  readonly wh: Tensor;
  /** `[4 * H]`, the sum of PyTorch's two biases. */
  readonly b: Tensor;
}

export interface LstmOptions {
  readonly inputs: number;
  readonly width: number;
  /** Parameters are `<name>.wi`, `.wh`, `.b`; "lstm" when omitted. */
  readonly name?: string;
  readonly random?: Uniform;
}

/** What an LSTM carries from step to step, each `[batch, H]`. */
export interface LstmState {
  readonly h: Tensor;
  readonly c: Tensor;
}

/** Declares the parameters of an LSTM, drawn uniformly within 1 / sqrt(width) as PyTorch does. */
export function lstmWeights(g: Graph, options: LstmOptions): LstmWeights {
  const { inputs, width, name = "lstm", random } = options;
  const declare = (part: string, shape: readonly number[]) => {
    const full = `${name}.${part}`;
    return g.parameter(full, shape, fanInInit(random ?? namedSource(full), width));
  };
  return {
    wi: declare("wi", [4 * width, inputs]),
    wh: declare("wh", [4 * width, width]),
    b: declare("b", [4 * width]),
  };
}

function checkOperands(operation: string, x: Tensor, { h, c }: LstmState, w: LstmWeights): void {
  const width = w.wh.shape[1]!;
  const fits =
    x.shape.at(-1) === w.wi.shape[1] &&
    [h, c].every(
      (s) => s.shape.length === 2 && s.shape[1] === width && s.shape[0] === x.shape.at(-2),
    ) &&
    [w.wi, w.wh, w.b].every((tensor) => tensor.shape[0] === 4 * width);
  check(
    fits,
    () =>
      `${operation}: input ${describe(x)}, state ${describe(h)} and ${describe(c)} and weights ${describe(w.wi)}, ${describe(w.wh)}, ${describe(w.b)} do not fit.`,
  );
}

/** One step from the input's share of the gates, `[batch, 4 H]`. */
function step(fromInput: Tensor, { h, c }: LstmState, wh: Tensor): LstmState {
  const gates = split(gemm(h, wh, fromInput, { transposeB: true }), 4, 1);
  const [i, f, g, o] = gates as [Tensor, Tensor, Tensor, Tensor];
  const next = add(mul(sigmoid(f), c), mul(sigmoid(i), tanh(g)));
  return { h: mul(sigmoid(o), tanh(next)), c: next };
}

/**
 * One step: c' = sigmoid(f) c + sigmoid(i) tanh(g), h' = sigmoid(o) tanh(c'), with i, f, g, o the parts of
 * x wi + h wh + b.
 * @param x `[batch, F]`
 */
export function lstmCell(x: Tensor, state: LstmState, weights: LstmWeights): LstmState {
  checkOperands("lstmCell", x, state, weights);
  return step(gemm(x, weights.wi, weights.b, { transposeB: true }), state, weights.wh);
}

/**
 * All steps of a sequence, unrolled; the input's share of all steps is one product.
 * @param x `[steps, batch, F]`
 * @param options.keep `[steps, batch]`: the state before each step is multiplied by it; 0 starts a new episode.
 * @returns h after each step, `[steps, batch, H]`, and the last state.
 */
export function lstm(
  x: Tensor,
  initial: LstmState,
  weights: LstmWeights,
  options: { readonly keep?: Tensor } = {},
): { readonly output: Tensor; readonly last: LstmState } {
  checkOperands("lstm", x, initial, weights);
  check(x.shape.length === 3, () => `lstm: input ${describe(x)} is not [steps, batch, features].`);
  const [steps, batch, inputs] = x.shape as [number, number, number];
  const flat = reshape(x, [steps * batch, inputs]);
  const shares = split(gemm(flat, weights.wi, weights.b, { transposeB: true }), steps, 0);
  const keep = options.keep && reshape(options.keep, [steps, batch, 1]);
  const outputs: Tensor[] = [];
  let state = initial;
  for (let t = 0; t < steps; t++) {
    if (keep !== undefined) {
      const kept = reshape(slice(keep, [t], [t + 1]), [batch, 1]);
      state = { h: mul(state.h, kept), c: mul(state.c, kept) };
    }
    state = step(shares[t]!, state, weights.wh);
    outputs.push(state.h);
  }
  return { output: stack(outputs, 0), last: state };
}
