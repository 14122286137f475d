/** Gated recurrent unit (Cho et al. 2014), in PyTorch's form: gates r, z, n; reset applied after the hidden product. */
import { check } from "../core/errors.ts";
import { describe, type Graph, type Tensor } from "../core/graph.ts";
import { customGradient } from "../ops/custom.ts";
import { add, mul, sigmoid, sub, tanh } from "../ops/elementwise.ts";
import { concat, reshape, slice, split } from "../ops/layout.ts";
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

/** The weights of each gate alone; the state's bias joins the input's where the two only add up. */
function parts(weights: GruWeights) {
  const cut = (tensor: Tensor) => split(tensor, 3, 0) as [Tensor, Tensor, Tensor];
  const [wiR, wiZ, wiN] = cut(weights.wi);
  const [whR, whZ, whN] = cut(weights.wh);
  const [biR, biZ, biN] = cut(weights.bi);
  const [bhR, bhZ, bhN] = cut(weights.bh);
  return {
    input: [wiR, wiZ, wiN],
    state: [whR, whZ, whN],
    bias: [add(biR, bhR), add(biZ, bhZ), biN],
    bhN,
  } as const;
}

type Parts = ReturnType<typeof parts>;

/** The input's share of each gate, for as many rows as `x` `[rows, F]` has. */
const shares = (x: Tensor, p: Parts): Tensor[] =>
  p.input.map((weight, gate) => gemm(x, weight, p.bias[gate], { transposeB: true }));

/** One step from the input's shares, each `[batch, H]`, with all that its gradient needs. */
function step([xr, xz, xn]: readonly Tensor[], h: Tensor, p: Parts): GruStep {
  const [whR, whZ, whN] = p.state;
  const r = sigmoid(gemm(h, whR, xr, { transposeB: true }));
  const z = sigmoid(gemm(h, whZ, xz, { transposeB: true }));
  const hidden = gemm(h, whN, p.bhN, { transposeB: true });
  const n = tanh(add(xn!, mul(r, hidden)));
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
  return step(shares(x, p), h, p).after;
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
  const keep = options.keep && split(reshape(options.keep, [steps * batch, 1]), steps, 0);
  const [xr, xz, xn] = shares(flat, p).map((share) => split(share, steps, 0));
  const made: GruStep[] = [];
  for (let t = 0; t < steps; t++) {
    const h = made.at(-1)?.after ?? h0;
    const before = keep === undefined ? h : mul(h, keep[t]!);
    made.push(step([xr![t]!, xz![t]!, xn![t]!], before, p));
  }
  const states = made.map(({ after }) => after);
  const { wi, wh, bi, bh } = weights;
  const joined = concat(states, 0);
  const output = customGradient(joined, [flat, h0, wi, wh, bi, bh], (dy, needs) =>
    gruGradient(dy, { x: flat, steps: made, after: joined, wi, wh, keep }, needs[0]!),
  );
  const last = slice(output, [(steps - 1) * batch], [steps * batch]);
  return { output: reshape(output, [steps, batch, wh.shape[1]!]), last, states };
}
