/** Gated recurrent unit (Cho et al. 2014), in PyTorch's form: gates r, z, n; reset applied after the hidden product. */
import { check } from "../core/errors.ts";
import { describe, type Graph, type Tensor } from "../core/graph.ts";
import { customGradient } from "../ops/custom.ts";
import { add, mul, sigmoid, sub, tanh } from "../ops/elementwise.ts";
import { reshape, slice, split, stack } from "../ops/layout.ts";
import { gemm } from "../ops/matrix.ts";
import { type GruStep, gruGradient } from "./gru_gradient.ts";
import { fanInInit, namedSource, type Uniform } from "./init.ts";

/** Parameters of a GRU with `H` units and `F` input features, gates in the order r, z, n. */
export interface GruWeights {
  /** `[3 * H, F]` */
  readonly wi: Tensor;
  /** `[3 * H, H]` */
  readonly wh: Tensor;
  /** `[3 * H]` */
  readonly bi: Tensor;
  /** `[3 * H]` */
  readonly bh: Tensor;
}

export interface GruOptions {
  readonly inputs: number;
  readonly width: number;
  /** Parameters are `<name>.wi`, `.wh`, `.bi`, `.bh`; "gru" when omitted. */
  readonly name?: string;
  readonly random?: Uniform;
}

/** Declares the parameters of a GRU, drawn uniformly within 1 / sqrt(width) as PyTorch does. */
export function gruWeights(g: Graph, options: GruOptions): GruWeights {
  const { inputs, width, name = "gru", random } = options;
  const declare = (part: string, shape: readonly number[]) => {
    const full = `${name}.${part}`;
    return g.parameter(full, shape, fanInInit(random ?? namedSource(full), width));
  };
  return {
    wi: declare("wi", [3 * width, inputs]),
    wh: declare("wh", [3 * width, width]),
    bi: declare("bi", [3 * width]),
    bh: declare("bh", [3 * width]),
  };
}

/** The weights of the gates r and z together, and of n alone: the parts that enter the step differently. */
function parts(weights: GruWeights) {
  const width = weights.wh.shape[1]!;
  const cut = (tensor: Tensor) => split(tensor, [2 * width, width], 0) as [Tensor, Tensor];
  const [wiGates, wiNew] = cut(weights.wi);
  const [whGates, whNew] = cut(weights.wh);
  const [biGates, biNew] = cut(weights.bi);
  const [bhGates, bhNew] = cut(weights.bh);
  return { width, wiGates, wiNew, whGates, whNew, biGates: add(biGates, bhGates), biNew, bhNew };
}

type Parts = ReturnType<typeof parts>;

/** One step from the input's share of the gates, `[batch, 2 H]` and `[batch, H]`, with all that its gradient needs. */
function step(fromGates: Tensor, fromNew: Tensor, h: Tensor, p: Parts): GruStep {
  const gates = sigmoid(gemm(h, p.whGates, fromGates, { transposeB: true }));
  const [r, z] = split(gates, 2, 1) as [Tensor, Tensor];
  const hidden = gemm(h, p.whNew, p.bhNew, { transposeB: true });
  const n = tanh(add(fromNew, mul(r, hidden)));
  return { before: h, r, z, n, hidden, after: add(n, mul(z, sub(h, n))) };
}

function checkOperands(operation: string, x: Tensor, h: Tensor, weights: GruWeights): void {
  const { wi, wh, bi, bh } = weights;
  const width = wh.shape[1]!;
  const fits =
    x.shape.at(-1) === wi.shape[1] &&
    h.shape.length === 2 &&
    h.shape[1] === width &&
    h.shape[0] === x.shape.at(-2) &&
    [wi, wh, bi, bh].every((tensor) => tensor.shape[0] === 3 * width);
  check(
    fits,
    () =>
      `${operation}: input ${describe(x)}, state ${describe(h)} and weights ${describe(wi)}, ${describe(wh)}, ${describe(bi)}, ${describe(bh)} do not fit.`,
  );
}

/**
 * One step: h' = (1 - z) n + z h with r = sigmoid(x wi_r + bi_r + h wh_r + bh_r), z likewise, and
 * n = tanh(x wi_n + bi_n + r (h wh_n + bh_n)).
 * @param x `[batch, F]`
 * @param h `[batch, H]`
 * @returns `[batch, H]`
 */
export function gruCell(x: Tensor, h: Tensor, weights: GruWeights): Tensor {
  checkOperands("gruCell", x, h, weights);
  const p = parts(weights);
  const fromGates = gemm(x, p.wiGates, p.biGates, { transposeB: true });
  const fromNew = gemm(x, p.wiNew, p.biNew, { transposeB: true });
  return step(fromGates, fromNew, h, p).after;
}

export interface GruSequenceOptions {
  /**
   * `[steps, batch]`: the state before each step is multiplied by it; 0 starts a new episode. Omitted, every state is
   * kept. No gradient passes to it.
   */
  readonly keep?: Tensor;
}

/**
 * All steps of a sequence, unrolled; the input's share of all steps is one product, and the gradient of `output` is
 * computed for all steps together wherever the recurrence allows.
 * @param x `[steps, batch, F]`
 * @param h0 `[batch, H]`, the state before the first step.
 * @returns the states after each step as one tensor `[steps, batch, H]` and one by one, and the last of them.
 */
export function gru(
  x: Tensor,
  h0: Tensor,
  weights: GruWeights,
  options: GruSequenceOptions = {},
): { readonly output: Tensor; readonly last: Tensor; readonly states: readonly Tensor[] } {
  checkOperands("gru", x, h0, weights);
  check(x.shape.length === 3, () => `gru: input ${describe(x)} is not [steps, batch, features].`);
  const [steps, batch, inputs] = x.shape as [number, number, number];
  const p = parts(weights);
  const flat = reshape(x, [steps * batch, inputs]);
  const gates = gemm(flat, p.wiGates, p.biGates, { transposeB: true });
  const fresh = gemm(flat, p.wiNew, p.biNew, { transposeB: true });
  const keep = options.keep && split(reshape(options.keep, [steps * batch, 1]), steps, 0);
  const fromGates = split(gates, steps, 0);
  const fromNew = split(fresh, steps, 0);
  const made: GruStep[] = [];
  for (let t = 0; t < steps; t++) {
    const h = made.at(-1)?.after ?? h0;
    const before = keep === undefined ? h : mul(h, keep[t]!);
    made.push(step(fromGates[t]!, fromNew[t]!, before, p));
  }
  const states = made.map(({ after }) => after);
  const output = customGradient(stack(states, 0), [gates, fresh, h0, weights.wh, p.bhNew], (dy) =>
    gruGradient(dy, made, weights.wh, keep),
  );
  const last = reshape(slice(output, [steps - 1], [steps]), h0.shape);
  return { output, last, states };
}
